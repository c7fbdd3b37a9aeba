/// A factor for a penalty's strength on each view, as `penalty.multiplyingStrength(by: .squareRootOfFanIn)`.
///
///     .proximalStep(GroupLasso(.columns, weighting: .none), strength: 1e-3)
///         .multiplyingStrength(by: .squareRootOfFanIn)
///
/// Sizes are those of the tensor that the regularizer is given. Fan-in is its number of columns, read as a matrix: the
/// inputs of a unit; see `Shape`.
public enum StrengthFactor: Sendable, Hashable {
    /// 1 on every view.
    case one
    /// √fan-in, the square root of the number of columns.
    case squareRootOfFanIn
    /// √n for n elements.
    case squareRootOfCount
    /// 1/n for n elements, so that a sum over elements becomes a mean; 1 for an empty tensor.
    case reciprocalOfCount
    /// A factor for each of some parameters by their names, 1 for the others.
    ///
    /// Each name must be a parameter that is a view of the penalty by itself, and each factor 0 or more; attaching
    /// throws if not.
    case byName([String: Double])

    /// The factor for a view with that name and shape.
    func factor(name: String, shape: Shape) -> Double {
        switch self {
        case .one: 1
        case .squareRootOfFanIn: Double(shape.columns).squareRoot()
        case .squareRootOfCount: Double(shape.count).squareRoot()
        case .reciprocalOfCount: 1 / Double(max(1, shape.count))
        case .byName(let factors): factors[name] ?? 1
        }
    }

    /// The reason, as a clause, why the factor does not fit a penalty on these views; nil if it fits.
    func mismatch(with views: [ResolvedView]) -> String? {
        guard case .byName(let factors) = self else { return nil }
        if let view = views.first(where: { $0.tensors.count > 1 }) {
            return """
                its strength has factors by the names of parameters, but it acts on several at once, \(view.name); \
                take a factor by size, or give each a penalty of its own
                """
        }
        let names = views.map(\.name)
        for (name, factor) in factors.sorted(by: { $0.key < $1.key }) {
            if !names.contains(name) {
                return
                    "its strength has a factor for \"\(name)\", which it does not apply to; it applies to \(names)"
            }
            if !isStrength(factor) { return "its factor for \"\(name)\" is \(factor), not \(strengthRule)" }
        }
        return nil
    }
}

extension StrengthFactor: CustomStringConvertible {
    /// The factor in a word or a formula, as `√fan-in`.
    public var description: String {
        switch self {
        case .one: "1"
        case .squareRootOfFanIn: "√fan-in"
        case .squareRootOfCount: "√n"
        case .reciprocalOfCount: "1/n"
        case .byName: "by name"
        }
    }
}
