extension KeyedDecodingContainer {
    /// The value of an expression that checks what was decoded here.
    ///
    /// An `ArgumentError` becomes a `DecodingError` at the place of the argument.
    public func checked<Value>(_ value: @autoclosure () throws -> Value) throws -> Value {
        try atPlace(codingPath, value)
    }
}

extension Decoder {
    /// The value of an expression that checks what was decoded here.
    ///
    /// An `ArgumentError` becomes a `DecodingError` at the place of the argument.
    func checked<Value>(_ value: @autoclosure () throws -> Value) throws -> Value {
        try atPlace(codingPath, value)
    }
}

private func atPlace<Value>(_ path: [any CodingKey], _ value: () throws -> Value) throws -> Value {
    do {
        return try value()
    } catch let error as ArgumentError {
        let place = path + (error.argument.map { [NameKey($0)] } ?? [])
        throw DecodingError.dataCorrupted(
            DecodingError.Context(codingPath: place, debugDescription: error.description))
    }
}
