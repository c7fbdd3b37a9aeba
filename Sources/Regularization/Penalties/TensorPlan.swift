/// The proximal steps of one tensor: decoupled weight decay, if any, then one exact proximal point.
struct TensorPlan: Sendable {
    /// Euclidean squared L2 beside proximal steps in the optimizer's metric: a step of its own, before them.
    let decay: ProximalPlan?
    let main: ProximalPlan
    let metric: ProximalMetric
    /// Whether every weight's proximal point is a function of that weight alone, so that any part of the tensor
    /// can be moved alone.
    let isElementwise: Bool

    /// Plans the proximal steps of the penalties `sources` on a tensor.
    ///
    /// Where the optimizer's metric is the learning rate, it does not matter which of the two a penalty asks
    /// for.
    init(
        _ tensor: Layout.Tensor, sources: [Int], penalties: [Penalty], metricKind: MetricKind
    ) throws(PenaltyError) {
        let isEuclidean = { (source: Int) in penalties[source].metric == .euclidean }
        var main = sources
        var decay: [Int] = []
        if metricKind == .learningRate || sources.allSatisfy(isEuclidean) {
            metric = .euclidean
        } else {
            metric = .optimizer
            decay = sources.filter { penalties[$0].isDecay }
            main = sources.filter { !penalties[$0].isDecay }
            if let other = main.first(where: isEuclidean), let one = main.first(where: { !isEuclidean($0) }) {
                throw .mixedMetrics(
                    penalty: penalties[one].label, other: penalties[other].label, parameter: tensor.name)
            }
        }
        let kind = metric == .euclidean ? .learningRate : metricKind
        self.main = try Self.combining(main, of: penalties, on: tensor, in: kind)
        self.decay =
            decay.isEmpty ? nil : try Self.combining(decay, of: penalties, on: tensor, in: .learningRate)
        isElementwise = self.main.isElementwise && self.decay?.isElementwise ?? true
        if metric == .optimizer, metricKind == .diagonal, let part = self.main.euclideanOnly.first {
            let source = main.first { penalties[$0].contains(part) } ?? main[0]
            throw .euclideanOnly(penalty: penalties[source].label, part: part.name, parameter: tensor.name)
        }
    }

    /// Whether the step sizes of the optimizer's metric are needed.
    func needsStepSizes(in metric: Metric) -> Bool { self.metric == .optimizer && metric == .diagonal }

    /// Whether they are needed for the whole tensor at once.
    func needsSizesOfAll(in kind: MetricKind) -> Bool {
        kind == .diagonal && metric == .optimizer && !isElementwise
    }

    /// Moves the weights to the proximal points in the metric of an update.
    ///
    /// `stepSizes` may be empty where they are not needed. Returns how an iteration went, if there was one.
    @discardableResult
    func apply(
        to weights: inout MutableWeights, learningRate: Float, metric: Metric, stepSizes: Span<Float>,
        strengths: [Double]
    ) -> Iteration? {
        let euclidean = Scales(uniform: learningRate, count: weights.count)
        decay?.apply(to: &weights, scales: euclidean, strengths: strengths)
        let scales =
            switch (self.metric, metric) {
            case (.euclidean, _): euclidean
            case (.optimizer, .scalar(let size)): Scales(uniform: size, count: weights.count)
            case (.optimizer, .diagonal): Scales(stepSizes, factor: 1)
            }
        return main.apply(to: &weights, scales: scales, strengths: strengths)
    }

    private static func combining(
        _ sources: [Int], of penalties: [Penalty], on tensor: Layout.Tensor, in metric: MetricKind
    ) throws(PenaltyError) -> ProximalPlan {
        let candidates = sources.flatMap { source in
            penalties[source].parts(scaledBy: penalties[source].scaling.factor(for: tensor))
                .map { ProximalPlan.Candidate(part: $0, source: source) }
        }
        switch ProximalPlan.combining(candidates, in: metric) {
        case .success(let plan):
            return plan
        case .failure(let refusal):
            let labels = Set(refusal.sources).sorted().map { penalties[$0].label }
            throw .composition(penalties: labels, parameter: tensor.name, reason: refusal.reason)
        }
    }
}

extension Penalty {
    /// The parts of a regularizer of one tensor.
    fileprivate func parts(scaledBy factor: Double = 1) -> [Part] {
        regularizer?.parts(scaledBy: factor) ?? []
    }

    /// Whether it is squared L2 in the Euclidean metric: decoupled weight decay where that is not the optimizer's.
    var isDecay: Bool {
        metric == .euclidean && regularizer != nil
            && parts().allSatisfy { part in
                if case .ridge = part.regularizer.structure { true } else { false }
            }
    }

    fileprivate func contains(_ part: any Regularizer) -> Bool {
        parts().contains { $0.regularizer.name == part.name }
    }
}
