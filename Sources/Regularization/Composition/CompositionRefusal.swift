/// Regularizers on one tensor whose proximal points have no known composition.
struct CompositionRefusal: Error, CustomStringConvertible {
    let regularizers: [String]
    let sources: [Int]
    let reason: String

    var description: String { reason }
}

extension CompositionRefusal {
    /// Two steps that may follow each other in neither order.
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

    /// A part that no iteration is known to converge with.
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
