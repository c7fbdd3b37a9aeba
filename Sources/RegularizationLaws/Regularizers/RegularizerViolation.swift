public import Regularization

/// A law that a regularizer breaks, with weights that show it.
public struct RegularizerViolation: Sendable, Hashable, CustomStringConvertible {
    /// The law.
    public let law: RegularizerLaw
    /// The regularizer's name.
    public let regularizer: String
    /// The shape of the weights.
    public let shape: Shape
    /// The weights, row-major.
    public let input: [Float]
    /// What everything else in the check follows from.
    public let seed: UInt64
    /// What the law asks for.
    public let expected: String
    /// What the regularizer gave.
    public let found: String

    /// The law, where it fails, what it asks for and what was found.
    public var description: String {
        """
        \(regularizer) breaks "\(law.rawValue)"
          shape     \(shape)
          weights   \(input)
          seed      \(seed)
          expected  \(expected)
          found     \(found)
        """
    }
}
