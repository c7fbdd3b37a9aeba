/// The error of a regularizer that does not accept a shape.
public struct ShapeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reason as a sentence: what does not fit, and what would.
    public let description: String

    /// Makes an error from a sentence that says what does not fit, and what would.
    public init(_ description: String) {
        self.description = description
    }
}
