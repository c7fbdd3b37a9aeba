/// The plan of all proximal steps on one view, which together are one exact proximal point.
///
/// It is an object, since each piece in each step refers to it, and copies of a value would count references to all of
/// its arrays.
final class ViewPlan: Sendable {
    let view: ResolvedView
    /// The indices of the penalties whose steps these are.
    let penalties: [Int]
    let proximalPlan: ProximalPlan
    let metric: ProximalMetric
    /// Whether every weight's proximal point is a function of that weight alone, so that any range of the tensor can be
    /// moved without the rest.
    let isElementwise: Bool
    /// Whether finite weights are known to stay finite, so that nobody has to look at them again.
    let keepsFinite: Bool
    /// Whether some rows can be moved without the others.
    let movesRowsAlone: Bool

    /// Plans the proximal steps of penalties on a view, in a metric that all of them ask for.
    ///
    /// Throws if they do not compose, or if one has no proximal point in a diagonal metric that it asks for.
    init(
        _ view: ResolvedView, _ sources: [Attachment], in metric: ProximalMetric, _ planMetric: PlanMetric
    ) throws(PenaltyError) {
        self.view = view
        self.metric = metric
        penalties = sources.map(\.penalty)
        proximalPlan = try ProximalPlan.combining(
            sources, on: view, in: metric == .euclidean ? .euclidean : planMetric)
        isElementwise = proximalPlan.isElementwise && view.isTensor
        movesRowsAlone = proximalPlan.movesRowsAlone
        keepsFinite = proximalPlan.steps.allSatisfy { $0.regularizer is any ShrinkingRegularizer }
        if metric == .optimizer, planMetric == .diagonal, let part = proximalPlan.euclideanOnly.first {
            let source =
                sources.first { $0.summands.contains { $0.regularizer.name == part.name } } ?? sources[0]
            throw .euclideanOnly(penalty: source.label, regularizer: part.name, parameter: view.name)
        }
    }

    /// The metric of proximal steps on views that meet; throws if they ask for different ones, or for one that does not
    /// exist.
    ///
    /// Where the optimizer's metric is the learning rate, both are the same, so it does not matter which a penalty asks
    /// for.
    static func metric(of sources: [Attachment], _ planMetric: PlanMetric) throws(PenaltyError)
        -> ProximalMetric
    {
        let isEuclidean = { (source: Attachment) in source.metric == .euclidean }
        if planMetric == .euclidean || sources.allSatisfy(isEuclidean) { return .euclidean }
        if let other = sources.first(where: isEuclidean), let one = sources.first(where: { !isEuclidean($0) })
        {
            throw .mixedMetrics(penalty: one.label, other: other.label, parameter: one.view.name)
        }
        if planMetric == .undefined {
            throw .undefinedMetric(penalty: sources[0].label, parameter: sources[0].view.name)
        }
        return .optimizer
    }

    /// Whether the steps need the step sizes of the optimizer's metric.
    func needsStepSizes(in metric: Metric) -> Bool { self.metric == .optimizer && metric == .diagonal }

    /// Moves weights to the proximal points in the metric of an update.
    ///
    /// `stepSizes` may be empty where they are not needed. Returns the result of an iteration, if there was one.
    @discardableResult
    func apply(
        to weights: inout MutableWeights, learningRate: Float, metric: Metric, stepSizes: Span<Float>,
        strengths: [Double]
    ) -> Iteration? {
        let scales =
            switch (self.metric, metric) {
            case (.euclidean, _): Scales(uniform: learningRate, count: weights.count)
            case (.optimizer, .scalar(let size)): Scales(uniform: size, count: weights.count)
            case (.optimizer, .diagonal): Scales(stepSizes, factor: 1)
            case (.optimizer, .undefined): fatalError("An undefined metric has no proximal step.")
            }
        return proximalPlan.apply(to: &weights, scales: scales, strengths: strengths)
    }

    /// Moves the whole view to its proximal points; the step sizes are in the order of the layout.
    ///
    /// Of several tensors' iterations it returns the one with the largest residual.
    func apply(
        to parameters: inout Parameters, learningRate: Float, metric: Metric, stepSizes: Span<Float>,
        strengths: [Double], _ scratch: inout ViewScratch
    ) -> Iteration? {
        var last: Iteration?
        var elements = parameters.mutableElements
        let sizes = stepSizes.extracting(first: needsStepSizes(in: metric) ? stepSizes.count : 0)
        view.change(&elements, beside: sizes, byRows: movesRowsAlone, &scratch) { weights, sizes in
            let iteration = apply(
                to: &weights, learningRate: learningRate, metric: metric, stepSizes: sizes,
                strengths: strengths)
            if let iteration, iteration.residual >= last?.residual ?? 0 { last = iteration }
        }
        return last
    }
}

/// A regularizer of this module that moves each weight toward 0 and not beyond, so that a finite one stays finite.
protocol ShrinkingRegularizer: ProximalRegularizer {}

extension L1: ShrinkingRegularizer {}
extension GroupLasso: ShrinkingRegularizer {}

extension ProximalPlan {
    /// Combines the proximal points of penalties on a view; throws with the labels of those that have no composition
    /// there.
    static func combining(
        _ sources: [Attachment], on view: ResolvedView, in metric: PlanMetric
    ) throws(PenaltyError) -> ProximalPlan {
        let candidates = sources.flatMap { source in
            source.summands.map { Candidate(summand: $0, source: source.penalty) }
        }
        switch combining(candidates, in: metric) {
        case .success(let plan):
            return plan
        case .failure(let refusal):
            let labels = sources.filter { refusal.sources.contains($0.penalty) }.map(\.label)
            throw .composition(penalties: labels, parameter: view.name, reason: refusal.reason)
        }
    }
}
