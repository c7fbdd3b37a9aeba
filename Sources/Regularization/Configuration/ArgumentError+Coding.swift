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

extension Encoder {
    /// The value of an expression that checks what is written here, lest a file hold what is refused when it is read.
    ///
    /// An `ArgumentError` becomes an `EncodingError`.
    func checked<Value>(_ value: @autoclosure () throws(ArgumentError) -> Value) throws -> Value {
        do throws(ArgumentError) {
            return try value()
        } catch {
            throw EncodingError.invalidValue(
                error,
                EncodingError.Context(
                    codingPath: error.place(in: codingPath), debugDescription: error.description))
        }
    }
}

private func atPlace<Value>(_ path: [any CodingKey], _ value: () throws -> Value) throws -> Value {
    do {
        return try value()
    } catch let error as ArgumentError {
        throw DecodingError.dataCorrupted(
            DecodingError.Context(codingPath: error.place(in: path), debugDescription: error.description))
    }
}

extension ArgumentError {
    /// The place of the argument of a value at a place.
    fileprivate func place(in path: [any CodingKey]) -> [any CodingKey] {
        path + (argument.map { [NameKey($0)] } ?? [])
    }
}
