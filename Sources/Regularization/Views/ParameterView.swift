/// A view that is written out: what `on:` of a penalty holds, and what files write.
///
/// It is made by filters, `.units(…)`, `.stacked(…)`, `.joined(…)`, `.transposed` and `.eachUnit`. Nothing is looked up
/// before it is attached to parameters.
///
/// The order of a view's elements is part of its meaning, for what treats elements by their position, such as weights given
/// one by one: see the functions that make it.
public struct ParameterView: WeightsView, Hashable {
    let form: Form

    indirect enum Form: Sendable, Hashable {
        /// Each selected tensor by itself.
        case each(ParameterFilter)
        case units(UnitFilters)
        /// The units of tensors that are named one by one.
        case axes([UnitAxis])
        case stacked([ParameterView])
        case joined([ParameterView])
        case transposed(ParameterView)
        case eachUnit(ParameterView)
    }

    /// Itself.
    public var view: ParameterView { self }
}

extension ParameterFilter: WeightsView {
    /// Each selected tensor by itself.
    public var view: ParameterView { ParameterView(form: .each(self)) }
}

/// The filters of a view of units.
struct UnitFilters: Sendable, Hashable, Codable {
    var incoming: ParameterFilter?
    var bias: ParameterFilter?
    var outgoing: ParameterFilter?
}

extension ParameterView: CustomStringConvertible {
    /// The view nearly as it is written in code; units whose axes are named one by one, by these.
    public var description: String {
        switch form {
        case .each(let filter): "\(filter)"
        case .units(let filters): ".units(\(filters.text))"
        case .axes(let axes): ".units(\(axes.map(\.description).joined(separator: ", ")))"
        case .stacked(let parts): ".stacked(\(parts.map(\.description).joined(separator: ", ")))"
        case .joined(let parts): ".joined(\(parts.map(\.description).joined(separator: ", ")))"
        case .transposed(let part): "\(part.operand).transposed"
        case .eachUnit(let part): "\(part.operand).eachUnit"
        }
    }
}

extension ParameterView {
    private var operand: String {
        let text = "\(self)"
        return text.hasPrefix("!") ? "(\(text))" : text
    }
}

extension UnitFilters {
    fileprivate var text: String {
        [("incoming", incoming), ("bias", bias), ("outgoing", outgoing)]
            .compactMap { name, filter in filter.map { "\(name): \($0)" } }.joined(separator: ", ")
    }
}

/// A view that cannot be found among some parameters.
public enum ViewError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A filter that selects nothing, names what does not exist, or is malformed.
    case filter(FilterError)
    /// Tensors that do not fit together, with the reason as a clause.
    case mismatch(String)

    /// What is wrong and what would fit.
    public var description: String {
        switch self {
        case .filter(let error): "\(error)"
        case .mismatch(let reason): reason
        }
    }
}
