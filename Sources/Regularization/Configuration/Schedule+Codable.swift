extension Schedule: Codable {
    private enum Kind: String, CaseIterable {
        case linear, cosine, exponential, piecewise
    }

    /// The details of a schedule that goes from one strength to another over some steps.
    private struct Line: Codable {
        let from: Double
        let to: Double
        let over: Int
    }

    /// The strength from a step on, in a piecewise schedule.
    private struct Segment: Codable {
        let start: Int
        let value: Double
    }

    /// Reads a schedule; a number is a constant.
    ///
    /// The other forms are `{"linear": {"from": 0, "over": 1000, "to": 0.01}}`, the same with `cosine` or
    /// `exponential`, and `{"piecewise": [{"start": 0, "value": 0}, {"start": 500, "value": 0.01}]}`.
    ///
    /// - Throws: `DecodingError`, with the place, for anything else, and for numbers of which `Schedule` makes no
    ///   schedule.
    public init(from decoder: any Decoder) throws {
        if let value = try? decoder.singleValueContainer().decode(Double.self) {
            self = try decoder.checked(Schedule(checking: .constant(value)))
            return
        }
        guard let tagged = try? TaggedValue(from: decoder) else {
            throw decoder.corrupted(
                "A number is expected here, or one of \(Kind.allCases.map(\.rawValue)) with its details.")
        }
        let form: Schedule.Form
        switch Kind(rawValue: tagged.name) {
        case .linear:
            let line: Line = try tagged.read()
            form = .linear(from: line.from, to: line.to, over: line.over)
        case .cosine:
            let line: Line = try tagged.read()
            form = .cosine(from: line.from, to: line.to, over: line.over)
        case .exponential:
            let line: Line = try tagged.read()
            form = .exponential(from: line.from, to: line.to, over: line.over)
        case .piecewise:
            form = .piecewise(try tagged.read([Segment].self).map { (start: $0.start, value: $0.value) })
        case nil: throw tagged.unknown(among: Kind.allCases.map(\.rawValue) + ["a number"])
        }
        self = try tagged.details.checked(Schedule(checking: form))
    }

    /// Writes what `init(from:)` reads.
    ///
    /// - Throws: `EncodingError` for a closure, since code cannot be written to a file.
    public func encode(to encoder: any Encoder) throws {
        switch form {
        case .constant(let value):
            var container = encoder.singleValueContainer()
            try container.encode(value)
        case .linear(let from, let to, let over):
            try TaggedValue.write(Kind.linear.rawValue, Line(from: from, to: to, over: over), to: encoder)
        case .cosine(let from, let to, let over):
            try TaggedValue.write(Kind.cosine.rawValue, Line(from: from, to: to, over: over), to: encoder)
        case .exponential(let from, let to, let over):
            try TaggedValue.write(
                Kind.exponential.rawValue, Line(from: from, to: to, over: over), to: encoder)
        case .piecewise(let values):
            let segments = values.map { Segment(start: $0.start, value: $0.value) }
            try TaggedValue.write(Kind.piecewise.rawValue, segments, to: encoder)
        case .closure:
            throw encoder.invalid(
                self, "A schedule given as a closure cannot be written; give its shape, such as .linear.")
        }
    }
}
