/// A parameter that makes no sense, and what would.
///
/// A type checks its parameters in one initializer, which throws this. Code that gives a wrong one stops with the
/// sentence, and a configuration is refused with the sentence and the place:
///
///     private init(checking slope: Double) throws(ParameterError) {
///         self.slope = try ParameterError.positive(slope, "slope", of: Self.self)
///     }
///
///     public init(slope: Double) { self = trapping(try Self(checking: slope)) }
///
///     public init(from decoder: any Decoder) throws {
///         let values = try decoder.container(keyedBy: CodingKeys.self)
///         self = try values.checked(Self(checking: values.decode(Double.self, forKey: .slope)))
///     }
public struct ParameterError: Error, Hashable, CustomStringConvertible {
    /// The parameter, as configurations call it; nil if it is none alone.
    public let parameter: String?
    /// What is wrong, as a sentence.
    public let description: String

    /// An error with a sentence, at a parameter by its name in configurations, or of several together.
    public init(_ sentence: String, at parameter: String? = nil) {
        (self.parameter, description) = (parameter, sentence)
    }

    /// The number, which has to be positive and finite.
    public static func positive<Number: BinaryFloatingPoint>(
        _ number: Number, _ parameter: String, of type: Any.Type
    ) throws(Self) -> Number {
        if number > 0 && number < .infinity { return number }
        throw Self("The \(parameter) of \(type) is positive and finite, not \(number).", at: parameter)
    }

    /// The number, which has to be 0 or more and finite.
    public static func nonnegative<Number: BinaryFloatingPoint>(
        _ number: Number, _ parameter: String, of type: Any.Type
    ) throws(Self) -> Number {
        if number >= 0 && number < .infinity { return number }
        throw Self("The \(parameter) of \(type) is 0 or more and finite, not \(number).", at: parameter)
    }
}

/// A value whose parameters make sense; stops with the sentence of the error if they do not.
public func trapping<Value>(
    _ value: @autoclosure () throws(ParameterError) -> Value, file: StaticString = #fileID, line: UInt = #line
) -> Value {
    do {
        return try value()
    } catch {
        fatalError(error.description, file: file, line: line)
    }
}

extension KeyedDecodingContainer {
    /// A value made of what is here; an error of its parameters becomes a `DecodingError` at the parameter's place.
    public func checked<Value>(_ value: @autoclosure () throws -> Value) throws -> Value {
        try atPlace(codingPath, value)
    }
}

extension Decoder {
    /// A value made of what is here; an error of its parameters becomes a `DecodingError` at the parameter's place.
    func checked<Value>(_ value: @autoclosure () throws -> Value) throws -> Value {
        try atPlace(codingPath, value)
    }
}

private func atPlace<Value>(_ path: [any CodingKey], _ value: () throws -> Value) throws -> Value {
    do {
        return try value()
    } catch let error as ParameterError {
        let place = path + (error.parameter.map { [NameKey($0)] } ?? [])
        throw DecodingError.dataCorrupted(
            DecodingError.Context(codingPath: place, debugDescription: error.description))
    }
}
