public import Regularization

/// A law that a regularizer breaks, with weights that show it.
public struct RegularizerViolation: Sendable, Hashable, CustomStringConvertible {
    /// The law that is broken.
    public let law: RegularizerLaw
    /// The name of the regularizer, which states its parameters.
    public let regularizer: String
    /// The shape of the weights.
    public let shape: Shape
    /// The weights at which the law is broken, row-major.
    public let input: [Float]
    /// The seed of the other numbers in the check; pass it to `RegularizerLaws.violations` with weights and shape to
    /// repeat it.
    public let seed: UInt64
    /// The result that the law requires, in words.
    public let expected: String
    /// The result that the regularizer gave, in words.
    public let found: String

    /// The regularizer's name, the law, shape, weights and seed, and the results expected and found, on six lines.
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
