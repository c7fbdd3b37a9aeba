/// An argument that a value cannot be made with, such as a negative scale, and a sentence that says what is allowed.
///
/// A type checks its arguments in one initializer, which throws this error. In code a wrong argument traps with the
/// sentence; in a configuration it is refused with the sentence and its place:
///
///     private init(checking slope: Double) throws(ArgumentError) {
///         self.slope = try ArgumentError.positive(slope, "slope", of: Self.self)
///     }
///
///     public init(slope: Double) { self = trapping(try Self(checking: slope)) }
///
///     public init(from decoder: any Decoder) throws {
///         let values = try decoder.container(keyedBy: CodingKeys.self)
///         self = try values.checked(Self(checking: values.decode(Double.self, forKey: .slope)))
///     }
public struct ArgumentError: Error, Hashable, CustomStringConvertible {
    /// The key of the argument in configurations; nil if the error is about several arguments together.
    public let argument: String?
    /// The sentence that says what is wrong and what is allowed.
    public let description: String

    /// Makes an error from a sentence about the argument with a key in configurations, or about several arguments
    /// together.
    public init(_ sentence: String, at argument: String? = nil) {
        (self.argument, description) = (argument, sentence)
    }

    /// The given number, if it is positive and finite, also as a Float, in which weights and steps are.
    ///
    /// - Throws: `ArgumentError` with a sentence that names the argument and the type; for NaN too.
    public static func positive<Number: BinaryFloatingPoint>(
        _ number: Number, _ argument: String, of type: Any.Type
    ) throws(Self) -> Number {
        if Float(number) > 0 && Float(number) < .infinity { return number }
        throw Self(
            "The \(argument) of \(type) is positive and finite in Float, not \(number).", at: argument)
    }

    /// The given number, if it is 0 or more and finite, also as a Float.
    ///
    /// - Throws: `ArgumentError` with a sentence that names the argument and the type; for NaN too.
    public static func nonnegative<Number: BinaryFloatingPoint>(
        _ number: Number, _ argument: String, of type: Any.Type
    ) throws(Self) -> Number {
        if number >= 0 && Float(number) < .infinity { return number }
        throw Self(
            "The \(argument) of \(type) is 0 or more and finite in Float, not \(number).", at: argument)
    }

    /// The given number, if it is 0 or more and below 1, also as a Float: a momentum, a decay, a share.
    ///
    /// - Throws: `ArgumentError` with a sentence that names the argument and the type; for NaN too.
    public static func belowOne<Number: BinaryFloatingPoint>(
        _ number: Number, _ argument: String, of type: Any.Type
    ) throws(Self) -> Number {
        if number >= 0 && Float(number) < 1 { return number }
        throw Self("The \(argument) of \(type) is 0 or more and below 1, not \(number).", at: argument)
    }
}

/// The value of an expression that checks arguments; traps with the sentence of the error if it throws.
public func trapping<Value>(
    _ value: @autoclosure () throws(ArgumentError) -> Value, file: StaticString = #fileID, line: UInt = #line
) -> Value {
    do {
        return try value()
    } catch {
        fatalError(error.description, file: file, line: line)
    }
}
