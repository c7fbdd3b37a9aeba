/// A view written out as filters, units and combinations: what a penalty stores, and what configuration files contain.
///
/// It is made by filters, `.units(…)`, `.stacked(…)`, `.joined(…)`, `.transposed` and `.eachUnit`. No parameter is
/// looked up before a penalty on it is attached.
///
/// The order of a view's elements is part of its meaning for regularizers that treat elements by their index, such as
/// `WeightedL1`; the functions that make a view state the order.
public struct ParameterView: WeightsView, Hashable {
    let form: Form
    /// The number of views that are inside each other, itself included.
    private let levels: Int

    /// Makes a view; if it is nested too deep it is `.tooDeep`, so that whatever walks through a view ends.
    init(form: Form) {
        let levels =
            switch form {
            case .each, .units, .axes, .tooDeep: 1
            case .stacked(let parts), .joined(let parts): 1 + (parts.map(\.levels).max() ?? 0)
            case .transposed(let part), .eachUnit(let part): 1 + part.levels
            }
        (self.form, self.levels) = levels > deepestLevel ? (.tooDeep, deepestLevel) : (form, levels)
    }

    indirect enum Form: Sendable, Hashable {
        /// Each selected tensor by itself, in its own shape.
        case each(ParameterFilter)
        case units(UnitFilters)
        /// The units along axes that are named one by one, as a `UnitLayer` names them.
        case axes([UnitAxis])
        case stacked([ParameterView])
        case joined([ParameterView])
        case transposed(ParameterView)
        case eachUnit(ParameterView)
        /// A view nested in more than `deepestLevel` others, which nothing can be done with.
        case tooDeep
    }

    /// What is wrong with a view that is nested too deep.
    static let depthError = "a view is nested in at most \(deepestLevel) others"

    /// Itself.
    public var view: ParameterView { self }
}

extension ParameterFilter: WeightsView {
    /// Each selected tensor by itself, in its own shape.
    public var view: ParameterView { ParameterView(form: .each(self)) }
}

extension ParameterView: CustomStringConvertible {
    /// The view nearly as it is written in code; units that are given by axes are described by these.
    public var description: String {
        switch form {
        case .each(let filter): "\(filter)"
        case .units(let filters): ".units(\(filters.text))"
        case .axes(let axes): ".units(\(axes.map(\.description).joined(separator: ", ")))"
        case .stacked(let parts): ".stacked(\(parts.map(\.description).joined(separator: ", ")))"
        case .joined(let parts): ".joined(\(parts.map(\.description).joined(separator: ", ")))"
        case .transposed(let part): "\(part.operand).transposed"
        case .eachUnit(let part): "\(part.operand).eachUnit"
        case .tooDeep: "(\(Self.depthError))"
        }
    }
}

extension ParameterView {
    private var operand: String {
        let text = "\(self)"
        return text.hasPrefix("!") ? "(\(text))" : text
    }
}
