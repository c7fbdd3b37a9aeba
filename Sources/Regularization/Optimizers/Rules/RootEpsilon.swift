internal import CKernels

/// The term to which a small number ε is added that keeps the root of a mean square v from 0, since libraries differ
/// in it.
public enum RootEpsilon: String, Sendable, Hashable, CaseIterable, Codable {
    /// √v + ε: PyTorch, and optax for Adam.
    case outside
    /// √(v + ε): Keras and optax for RMSprop and Adagrad, optax' `eps_root` for Adam.
    case inside
    /// √v + ε/√(1 − β₂ᵗ) for a bias-corrected v: ε is added before the correction, as in Keras' Adam. For an average
    /// without a correction it is the same as `outside`.
    case uncorrected
}

extension CKRoot {
    /// Makes the root for an ε, with the factor 1/(1 − β₂ᵗ) by which a mean square is corrected.
    init(_ epsilon: Float, _ position: RootEpsilon, correction: Double = 1) {
        switch position {
        case .outside: self.init(inside: 0, outside: epsilon)
        case .inside: self.init(inside: epsilon, outside: 0)
        case .uncorrected: self.init(inside: 0, outside: Float(Double(epsilon) * correction.squareRoot()))
        }
    }
}
