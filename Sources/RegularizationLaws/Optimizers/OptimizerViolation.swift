/// A law that an optimizer breaks, with an example.
public struct OptimizerViolation: Sendable, Hashable, CustomStringConvertible {
    /// The law that is broken.
    public let law: OptimizerLaw
    /// The name of the optimizer's type.
    public let optimizer: String
    /// The seed from which the weights and gradients of the example follow; pass it to `OptimizerLaws.violations` to
    /// repeat it.
    public let seed: UInt64
    /// The result that the law requires, in words.
    public let expected: String
    /// The result that the optimizer gave, in words.
    public let found: String

    /// The optimizer's type, the law, the seed, and the results expected and found, on four lines.
    public var description: String {
        """
        \(optimizer) breaks "\(law.rawValue)"
          seed      \(seed)
          expected  \(expected)
          found     \(found)
        """
    }
}
