extension ParameterView: Codable {
    private enum Kind: String, CaseIterable {
        case units, eachUnit, stacked, joined, transposed
    }

    /// Reads a filter, which is a view, or a view made of filters and other views.
    ///
    /// The forms are `{"units": {"incoming": FILTER, "bias": FILTER, "outgoing": FILTER}}` with at least one of
    /// these, `{"units": [{"tensor": "fully.0.weight", "axis": 0}]}`, `{"stacked": [VIEW, VIEW]}`, `{"joined":
    /// [VIEW]}`, `{"transposed": VIEW}` and `{"eachUnit": VIEW}`.
    ///
    /// - Throws: `DecodingError`, with the place, for anything else, and for a list without an element.
    public init(from decoder: any Decoder) throws {
        if (try? decoder.unkeyedContainer()) != nil {
            throw decoder.corrupted(
                """
                A view is expected here, not a list. Several filters are part of a view: {"units": {"incoming": …, \
                "bias": …, "outgoing": …}}, {"stacked": […]} or {"joined": […]}.
                """)
        }
        let tagged = try TaggedValue(from: decoder)
        switch Kind(rawValue: tagged.name) {
        case .units:
            if (try? tagged.details.unkeyedContainer()) != nil {
                let axes: [UnitAxis] = try tagged.read()
                if axes.isEmpty { throw tagged.details.corrupted("Units are found by an axis or more.") }
                self.init(form: .axes(axes))
            } else {
                let filters: UnitFilters = try tagged.read()
                if filters == UnitFilters() {
                    throw tagged.details.corrupted("Units are found by a filter: incoming, bias or outgoing.")
                }
                self.init(form: .units(filters))
            }
        case .eachUnit: self.init(form: .eachUnit(try tagged.read()))
        case .stacked: self.init(form: .stacked(try tagged.parts()))
        case .joined: self.init(form: .joined(try tagged.parts()))
        case .transposed: self.init(form: .transposed(try tagged.read()))
        case nil:
            let names = ParameterFilter.names
            guard names.contains(tagged.name) else {
                throw tagged.unknown(among: names + Kind.allCases.map(\.rawValue))
            }
            self.init(form: .each(try ParameterFilter(from: decoder)))
        }
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        switch form {
        case .each(let filter): try filter.encode(to: encoder)
        case .units(let filters): try TaggedValue.write(Kind.units.rawValue, filters, to: encoder)
        case .axes(let axes): try TaggedValue.write(Kind.units.rawValue, axes, to: encoder)
        case .eachUnit(let part): try TaggedValue.write(Kind.eachUnit.rawValue, part, to: encoder)
        case .stacked(let parts): try TaggedValue.write(Kind.stacked.rawValue, parts, to: encoder)
        case .joined(let parts): try TaggedValue.write(Kind.joined.rawValue, parts, to: encoder)
        case .transposed(let part): try TaggedValue.write(Kind.transposed.rawValue, part, to: encoder)
        case .tooDeep: throw encoder.invalid(self, "A view is nested in at most \(deepestLevel) others.")
        }
    }
}

extension TaggedValue {
    /// The views in the details, of which there has to be at least one.
    fileprivate func parts() throws -> [ParameterView] {
        let parts: [ParameterView] = try read()
        if parts.isEmpty { throw details.corrupted("\"\(name)\" takes a part or more.") }
        return parts
    }
}
