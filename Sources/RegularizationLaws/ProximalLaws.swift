import Regularization

extension Examination {
    /// The scales at which proximal points are tried, relative to the weights' magnitude.
    private static let relativeScales: [Float] = [0x1p-6, 0.375, 4]

    /// The proximal point is minimal, and is the point itself at scale 0.
    mutating func checkProximalPoint(by proximal: any ProximalRegularizer) {
        for input in inputs {
            for scale in Self.relativeScales {
                let scales = input.weights.map { _ in scale * input.magnitude }
                let point = subject.proximalPoint(
                    by: proximal, of: input.weights, scale: scale * input.magnitude)
                requireMinimal(
                    point, .proximalPointIsMinimal,
                    ProximalProblem(subject: subject, weights: input.weights, scales: scales))
            }
            if subject.value(at: input.weights).isFinite {
                let point = subject.proximalPoint(by: proximal, of: input.weights, scale: 0)
                require(
                    point == input.weights, .zeroScaleIsIdentity, at: input.weights,
                    expected: "\(input.weights)", found: "\(point)")
            }
        }
    }

    /// The proximal point in a diagonal metric is minimal, leaves elements with scale 0 where they are, and is
    /// the Euclidean one at equal scales.
    mutating func checkProximalPointInMetric(by proximal: any MetricProximalRegularizer) {
        for input in inputs {
            let stepSizes = input.weights.map { _ in
                input.magnitude * Float(1 + generator.next() % 7) / Float(1 << (generator.next() % 8))
            }
            let someZero = stepSizes.map { generator.next() % 3 == 0 ? 0 : $0 }
            checkMinimality(by: proximal, of: input.weights, stepSizes, factor: 0.5, ridge: 0)
            checkMinimality(
                by: proximal, of: input.weights, someZero, factor: 0.25, ridge: 0.5 / input.magnitude)
            for scale in [0.125, 0.5] as [Float] {
                checkEqualScales(by: proximal, of: input.weights, scale: scale * input.magnitude)
            }
        }
    }

    private mutating func checkMinimality(
        by proximal: any MetricProximalRegularizer, of weights: [Float], _ stepSizes: [Float], factor: Float,
        ridge: Float
    ) {
        let point = subject.proximalPoint(
            by: proximal, of: weights, stepSizes: stepSizes, factor: factor, ridge: ridge)
        let scales = Scales(stepSizes.span, factor: factor, ridge: ridge)
        let problem = ProximalProblem(
            subject: subject, weights: weights, scales: weights.indices.map { scales[$0] })
        for index in weights.indices where stepSizes[index] == 0 && subject.value(at: weights).isFinite {
            require(
                point[index] == weights[index], .zeroScalesStay, at: weights,
                expected: "\(weights[index]) for element \(index)", found: "\(point[index])")
        }
        requireMinimal(point, .metricProximalPointIsMinimal, problem)
    }

    private mutating func checkEqualScales(
        by proximal: any MetricProximalRegularizer, of weights: [Float], scale: Float
    ) {
        let sizes = [Float](repeating: 2 * scale, count: weights.count)
        let found = subject.proximalPoint(by: proximal, of: weights, stepSizes: sizes, factor: 0.5)
        let expected = subject.proximalPoint(by: proximal, of: weights, scale: scale)
        let distance = zip(found, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
        let slack = 1e-5 * weights.reduce(0) { max($0, abs($1)) }
        if distance <= slack { return }
        // Without convexity there may be two minimisers.
        let problem = ProximalProblem(
            subject: subject, weights: weights, scales: Array(repeating: scale, count: weights.count))
        let excess = abs(problem.objective(at: found) - problem.objective(at: expected))
        let isTie =
            !subject.regularizer.properties.contains(.convex) && excess <= problem.slack(at: expected)
        require(isTie, .equalScalesAreOneScale, at: weights, expected: "\(expected)", found: "\(found)")
    }

    private mutating func requireMinimal(_ point: [Float], _ law: Law, _ problem: ProximalProblem) {
        if !holdsSoFar(law) { return }
        let objective = problem.objective(at: point)
        let probe = problem.bestProbe(from: point, &generator)
        let lowest = problem.objective(at: probe)
        require(
            objective < .infinity ? objective <= lowest + problem.slack(at: point) : lowest == .infinity, law,
            at: problem.weights,
            expected: "at most \(lowest), as at \(probe), at the scales \(problem.scales)",
            found: "\(objective) at \(point)")
    }
}
