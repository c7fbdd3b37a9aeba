/// The reason why the proximal points of some regularizers on one tensor have no known composition.
struct CompositionRefusal: Error, CustomStringConvertible {
    /// The names of the regularizers.
    let regularizers: [String]
    /// The indices of the penalties that the regularizers came from; 0 for the summands of a sum by itself.
    let sources: [Int]
    /// The reason and ways out of it, as a sentence without a capital letter and a full stop.
    let reason: String

    var description: String { reason }
}

extension CompositionRefusal {
    /// Refuses two steps neither of which may follow the other, and lists what a user may do instead.
    init(_ first: ProximalPlan.Step, _ second: ProximalPlan.Step, isExactInEuclideanMetric: Bool) {
        let pair = [first, second].map(\.regularizer)
        var ways: [String] = []
        if isExactInEuclideanMetric { ways.append("ask for metric: .euclidean on both") }
        if pair.contains(where: { $0 is any DifferentiableRegularizer }) {
            ways.append("make one of them a loss term")
        }
        ways.append("filter them to different parameters")
        if pair.allSatisfy({ $0.properties.contains(.convex) }) {
            ways.append("ask for .iterative(tolerance:)")
        }
        let last = ways.removeLast()
        regularizers = pair.map(\.name)
        sources = [first.terms[0].source, second.terms[0].source]
        reason = """
            the proximal points of \(regularizers[0]) and \(regularizers[1]) have no proven composition on one tensor\
            \(isExactInEuclideanMetric ? " in this optimizer's diagonal metric, only in the Euclidean one" : ""); \
            \(ways.isEmpty ? "" : ways.joined(separator: ", ") + ", or ")\(last)
            """
    }

    /// Refuses an iteration with a step that is not stated to be convex, since it is not known to converge.
    init(notConvex step: ProximalPlan.Step) {
        let name = step.regularizer.name
        regularizers = [name]
        sources = [step.terms[0].source]
        reason = """
            \(name) is not stated to be convex, so that an iteration with it is not known to converge; make it a \
            loss term, or filter it to other parameters
            """
    }
}
