/// The distance of given weights from a stationary point of data loss + penalties, in the units of the gradient.
///
///     r = d ⊙ (w − p),  p = argmin ½(p − z)ᵀdiag(d)(p − z) + Σ strength · R(p),  z = w − g ⊘ d
///
/// with the gradient g of the data loss and of the loss terms, and a metric d > 0: 1 for every weight, or the metric
/// of an optimizer with its learning rate taken out, √v̂ + ε for Adam. With the learning rate left in, w − p would
/// drown in Float32's rounding. Without proximal steps r is the gradient. Its size depends on d, so that only
/// residuals in one metric compare.
///
/// A residual of 0 means that the point is stationary, up to rounding: |r| below about 1e-7·(d|w| + |g|) says
/// nothing. Where all penalties are convex the converse holds too. A loss term with a kink counts with the
/// subgradient along which it steps; make it a proximal step, so that exact zeros are seen as stationary.
public struct StationarityResidual: Sendable, Hashable {
    /// ‖r‖₂ of each tensor, in the order of the layout.
    public let norms: [Double]
    /// ‖r‖₂ over all tensors together.
    public var total: Double { norms.reduce(0) { $0 + $1 * $1 }.squareRoot() }
}

extension StationarityResidual {
    /// The residual without penalties: the norms of the data loss's gradient.
    init(_ gradients: Gradients) {
        norms = gradients.layout.tensors.indices.map {
            gradients.weights($0).elements.sumOfSquares.squareRoot()
        }
    }
}

extension PenaltyPlan {
    /// The residual in the Euclidean metric, for a plan that was made for one step size.
    ///
    /// The gradients are those of the data loss alone, over all samples. Traps if the parameters or gradients are not
    /// those that the penalties were attached to, or if the plan was made under an optimizer with another metric.
    public func stationarityResidual(
        at parameters: Parameters, gradients: Gradients, step: Int = 0
    ) -> StationarityResidual {
        stationarityResidual(
            at: parameters, gradients: gradients, after: PlainUpdate(learningRate: 1), step: step)
    }

    /// The residual in the metric of an optimizer's last update, with the learning rate taken out.
    ///
    /// The gradients are those of the data loss alone, over all samples. A decay counts with the gradient λ·d·w,
    /// since it pulls each weight by λw at each step of learning rate 1 and the update, at rest, undoes that. Tensors
    /// whose proximal steps ask for the Euclidean metric have their residual in that metric.
    ///
    /// Traps before the first update of an optimizer with a step size for each weight, which has no metric yet, and
    /// where the parameters, the gradients or the optimizer's metric are not those that the plan was made for.
    ///
    /// - Complexity: one proximal step; allocates copies of weights and gradients.
    public func stationarityResidual(
        at parameters: Parameters, gradients: Gradients, after optimizer: some Optimizer, step: Int = 0
    ) -> StationarityResidual {
        requireLayout(gradients.layout)
        requireMetric(optimizer.planMetric)
        var optimizer = optimizer
        optimizer.learningRate = 1
        var gradients = gradients
        addGradients(at: parameters, to: &gradients, step: step)
        let strengths = strengths(at: step)
        addDecayGradients(of: optimizer, at: parameters, to: &gradients, strengths)
        let plans = piecePenalties.viewPlans.compactMap { $0 } + proximalSteps.whole
        var scratch = ViewScratch(for: plans.map(\.view))
        var points = parameters
        var sizes = Array(repeating: Float(1), count: parameters.count)
        let moved = Set(plans.filter(\.hasSteps).flatMap(\.view.tensors))
        for tensor in moved {
            let range = layout.tensors[tensor].range
            if plans.contains(where: {
                $0.view.tensors.contains(tensor) && $0.needsStepSizes(in: optimizer.metric.value)
            }) {
                var span = sizes.mutableSpan.slice(range)
                optimizer.writeStepSizes(of: range, to: &span)
            }
            let gradient = gradients.weights(tensor)
            var point = points.mutableWeights(tensor)
            for index in 0..<point.count { point[index] -= sizes[range.lowerBound + index] * gradient[index] }
        }
        // Squared L2 on a part of a view changes the step sizes of the steps that follow, not those of the residual.
        var kept = sizes
        for plan in plans where plan.hasSteps {
            plan.move(&points, &kept, in: optimizer.metric.value, strengths, &scratch)
        }
        let norms = layout.tensors.indices.map { tensor in
            moved.contains(tensor)
                ? residual(of: tensor, at: parameters, points, gradients, sizes)
                : gradients.weights(tensor).elements.sumOfSquares.squareRoot()
        }
        return StationarityResidual(norms: norms)
    }

    /// Adds the gradient λ·w ⊘ s of each decay, with the step sizes s at the learning rate 1, or 1 if the optimizer
    /// has no metric.
    private func addDecayGradients(
        of optimizer: some Optimizer, at parameters: Parameters, to gradients: inout Gradients,
        _ strengths: [Double]
    ) {
        for (tensor, decays) in piecePenalties.decays.enumerated() where !decays.isEmpty {
            let rate = Float(decays.reduce(0) { $0 + $1.decayRate(strengths) })
            let weights = parameters.weights(tensor)
            var sizes = Array(repeating: Float(1), count: weights.count)
            if optimizer.metric.value != .undefined {
                var span = sizes.mutableSpan
                optimizer.writeStepSizes(of: layout.tensors[tensor].range, to: &span)
            }
            var gradient = gradients.mutableWeights(tensor)
            for index in 0..<weights.count {
                // Where the step size is 0, no update undoes the decay.
                gradient[index] += rate * weights[index] / (sizes[index] == 0 ? 1 : sizes[index])
            }
        }
    }

    private func residual(
        of tensor: Int, at parameters: Parameters, _ points: Parameters, _ gradients: Gradients,
        _ sizes: [Float]
    ) -> Double {
        let (weights, point) = (parameters.weights(tensor), points.weights(tensor))
        let gradient = gradients.weights(tensor)
        let start = layout.tensors[tensor].range.lowerBound
        var sum = 0.0
        for index in 0..<weights.count {
            let moved = Double(weights[index]) - Double(point[index])
            let size = sizes[start + index]
            // A weight whose step size is 0 does not move; its residual is its gradient.
            let residual = size == 0 ? Double(gradient[index]) : moved / Double(size)
            sum += residual * residual
        }
        return sum.squareRoot()
    }
}

extension ViewPlan {
    /// Whether the plan has any proximal steps.
    fileprivate var hasSteps: Bool { !proximalPlan.ridges.isEmpty || !proximalPlan.chains.isEmpty }

    /// Moves the points to the proximal points, and folds squared L2 into the step sizes of the steps that follow.
    fileprivate func move(
        _ points: inout Parameters, _ sizes: inout [Float], in metric: Metric, _ strengths: [Double],
        _ scratch: inout ViewScratch
    ) {
        var elements = points.mutableElements
        view.change(&elements, beside: sizes.span, &scratch) { point, sizes in
            let scales =
                needsStepSizes(in: metric) ? Scales(sizes, factor: 1) : Scales(uniform: 1, count: point.count)
            proximalPlan.apply(to: &point, scales: scales, strengths: strengths)
        }
        if isElementwise, needsStepSizes(in: metric), let range = view.range {
            var kept = sizes.mutableSpan.slice(range)
            fold(&kept, strengths)
        }
    }
}
