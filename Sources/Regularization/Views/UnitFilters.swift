/// The filters of `.units(incoming:bias:outgoing:)`; nil for one that is not given.
struct UnitFilters: Sendable, Hashable, Codable {
    var incoming: ParameterFilter?
    var bias: ParameterFilter?
    var outgoing: ParameterFilter?
}

extension UnitFilters {
    var text: String {
        [("incoming", incoming), ("bias", bias), ("outgoing", outgoing)]
            .compactMap { name, filter in filter.map { "\(name): \($0)" } }.joined(separator: ", ")
    }
}
