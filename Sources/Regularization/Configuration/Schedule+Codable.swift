extension Schedule: Codable {
    private enum Kind: String, CaseIterable {
        case linear, cosine, exponential, piecewise
    }

    private struct Line: Codable {
        let from: Double
        let to: Double
        let over: Int

        init(from: Double, to: Double, over: Int) {
            (self.from, self.to, self.over) = (from, to, over)
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            self.init(
                from: try values.decode(Double.self, forKey: .from),
                to: try values.decode(Double.self, forKey: .to),
                over: try values.decode(.over) {
                    $0 >= 0 ? nil : "A number of steps is 0 or more, not \($0)."
                })
        }
    }

    private struct Piece: Codable {
        let start: Int
        let value: Double
    }

    /// Reads a number, which is a constant, `{"linear": {"from": 0, "over": 1000, "to": 0.01}}`, the same with
    /// `cosine` or `exponential`, or `{"piecewise": [{"start": 0, "value": 0}, {"start": 500, "value": 0.01}]}`.
    public init(from decoder: any Decoder) throws {
        if let value = try? decoder.singleValueContainer().decode(Double.self) {
            self = .constant(value)
            return
        }
        guard let choice = try? Choice(from: decoder) else {
            throw decoder.corrupted(
                "A number is expected here, or one of \(Kind.allCases.map(\.rawValue)) with its details.")
        }
        switch Kind(rawValue: choice.name) {
        case .linear:
            let line: Line = try choice.read()
            self = .linear(from: line.from, to: line.to, over: line.over)
        case .cosine:
            let line: Line = try choice.read()
            self = .cosine(from: line.from, to: line.to, over: line.over)
        case .exponential:
            let line: Line = try choice.read()
            if let flaw = Self.flaw(exponentialFrom: line.from, to: line.to) {
                throw choice.details.corrupted(flaw)
            }
            self = .exponential(from: line.from, to: line.to, over: line.over)
        case .piecewise:
            let pieces = try choice.read([Piece].self).map { (start: $0.start, value: $0.value) }
            if let flaw = Self.flaw(pieces: pieces) { throw choice.details.corrupted(flaw) }
            self = .piecewise(pieces)
        case nil: throw choice.unknown(among: Kind.allCases.map(\.rawValue) + ["a number"])
        }
    }

    /// Writes what `init(from:)` reads.
    ///
    /// - Throws: `EncodingError` for a closure, which is code.
    public func encode(to encoder: any Encoder) throws {
        switch shape {
        case .constant(let value):
            var container = encoder.singleValueContainer()
            try container.encode(value)
        case .linear(let from, let to, let over):
            try Choice.write(Kind.linear.rawValue, Line(from: from, to: to, over: over), to: encoder)
        case .cosine(let from, let to, let over):
            try Choice.write(Kind.cosine.rawValue, Line(from: from, to: to, over: over), to: encoder)
        case .exponential(let from, let to, let over):
            try Choice.write(Kind.exponential.rawValue, Line(from: from, to: to, over: over), to: encoder)
        case .piecewise(let pieces):
            let pieces = pieces.map { Piece(start: $0.start, value: $0.value) }
            try Choice.write(Kind.piecewise.rawValue, pieces, to: encoder)
        case .closure:
            throw EncodingError.invalidValue(
                self,
                EncodingError.Context(
                    codingPath: encoder.codingPath,
                    debugDescription:
                        "A schedule given as a closure cannot be written; give its shape, such as .linear."))
        }
    }
}
