/// A law that an optimizer breaks, and where it shows.
public struct OptimizerViolation: Sendable, Hashable, CustomStringConvertible {
    /// The law.
    public let law: OptimizerLaw
    /// The optimizer's type.
    public let optimizer: String
    /// What weights and gradients follow from.
    public let seed: UInt64
    /// What the law asks for.
    public let expected: String
    /// What the optimizer gave.
    public let found: String

    /// The law, what it asks for and what was found.
    public var description: String {
        """
        \(optimizer) breaks "\(law.rawValue)"
          seed      \(seed)
          expected  \(expected)
          found     \(found)
        """
    }
}
