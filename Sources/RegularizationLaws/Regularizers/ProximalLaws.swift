import Regularization

extension RegularizerExamination {
    /// Checks that no point which is tried has a lower objective than the Euclidean proximal point.
    mutating func checkMinimality() {
        guard let proximal = subject.proximal else { return }
        for scale in [0x1p-6, Inputs.threshold, 4] where holdsSoFar {
            let scale = scale * magnitude
            let point = subject.proximalPoint(by: proximal, of: weights, scale: scale)
            requireMinimal(
                point,
                ProximalProblem(subject: subject, weights: weights, scales: weights.map { _ in scale }))
        }
    }

    /// Checks that the proximal point at scale 0 is the point itself, where the value is finite.
    mutating func checkZeroScale() {
        guard let proximal = subject.proximal, subject.value(at: weights).isFinite else { return }
        let weights = weights
        let point = subject.proximalPoint(by: proximal, of: weights, scale: 0)
        require(point == weights, expected: "\(weights)", found: "\(point)")
    }

    /// Checks that no point which is tried has a lower objective than the proximal point in a diagonal metric.
    mutating func checkMinimalityInMetric() {
        guard let proximal = subject.metricProximal else { return }
        for metric in metrics() where holdsSoFar {
            let point = subject.proximalPoint(by: proximal, of: weights, in: metric)
            requireMinimal(
                point, ProximalProblem(subject: subject, weights: weights, scales: metric.scales))
        }
    }

    /// Checks that elements with scale 0 keep their values, where the value of the regularizer is finite.
    mutating func checkZeroScales() {
        guard let proximal = subject.metricProximal, subject.value(at: weights).isFinite else { return }
        let weights = weights
        for metric in metrics() {
            let point = subject.proximalPoint(by: proximal, of: weights, in: metric)
            for index in weights.indices where metric.stepSizes[index] == 0 {
                require(
                    point[index] == weights[index],
                    expected:
                        "\(weights[index]) for element \(index), with the step sizes \(metric.stepSizes)",
                    found: "\(point[index])")
            }
        }
    }

    /// Checks that equal scales give the Euclidean proximal point, whether they are uniform or one for each element.
    mutating func checkEqualScales() {
        guard let proximal = subject.metricProximal else { return }
        for scale in [0.125 * magnitude, 0.5 * magnitude] {
            let sizes = [Float](repeating: 2 * scale, count: weights.count)
            let expected = subject.proximalPoint(by: proximal, of: weights, scale: scale)
            requireSame(
                subject.proximalPoint(by: proximal, of: weights, stepSizes: sizes, factor: 0.5), expected,
                scale, "scales")
            requireSame(
                subject.proximalPoint(by: proximal, of: weights, uniformScale: scale), expected, scale,
                "a uniform scale")
        }
    }

    /// Requires two proximal points to be equal or, for a regularizer that is not convex, to have equal objectives.
    private mutating func requireSame(_ found: [Float], _ expected: [Float], _ scale: Float, _ form: String) {
        let distance = zip(found, expected).reduce(0) { max($0, abs(Double($1.0) - Double($1.1))) }
        if distance <= 1e-5 * weights.largestMagnitude { return }
        let problem = ProximalProblem(
            subject: subject, weights: weights, scales: Array(repeating: scale, count: weights.count))
        let excess = abs(problem.objective(at: found) - problem.objective(at: expected))
        let isTie =
            !subject.regularizer.properties.contains(.convex) && excess <= problem.slack(at: expected)
        require(isTie, expected: "\(expected) at scale \(scale)", found: "\(found) from \(form)")
    }

    /// Two diagonal metrics with step sizes of many magnitudes; in the second a third of them is 0, and a ridge is
    /// folded in.
    mutating func metrics() -> [StepSizeMetric] {
        let stepSizes = weights.map { _ in
            magnitude * Float(1 + generator.next() % 7) / Float(1 << (generator.next() % 8))
        }
        let someZero = stepSizes.map { generator.next() % 3 == 0 ? 0 : $0 }
        return [
            StepSizeMetric(stepSizes: stepSizes, factor: 0.5, ridge: 0),
            StepSizeMetric(stepSizes: someZero, factor: 0.25, ridge: 0.5 / magnitude),
        ]
    }

    /// Requires the objective at a point to be as low, within rounding, as at every point that `best(near:_:)` tries.
    ///
    /// The allowances for rounding are computed only as far as they are needed, since each takes a value for every
    /// element.
    private mutating func requireMinimal(_ point: [Float], _ problem: ProximalProblem) {
        let objective = problem.objective(at: point)
        let (probe, lowest) = problem.best(near: point, &generator)
        let excess = objective - lowest
        let isMinimal =
            excess <= problem.slack(at: point)
            || excess <= problem.slack(at: point) + problem.roundingAllowance(at: point)
            || excess <= problem.slack(at: point) + problem.constraintAllowance(at: point)
        require(
            objective < .infinity ? isMinimal : lowest == .infinity,
            expected: "at most \(lowest), as at \(probe), at the scales \(problem.scales)",
            found: "\(objective) at \(point)\(objective == .infinity ? Self.toleranceHint : "")")
    }

    /// Advice, as the end of a sentence, for a constraint whose value is infinite at its own projection.
    private static let toleranceHint = """
        ; if this is rounding, let the value be 0 within a tolerance of the set, 1e-5 relative as a rule
        """
}

/// A diagonal metric: the step sizes, factor and ridge that `Scales` is made of.
struct StepSizeMetric {
    let stepSizes: [Float]
    let factor: Float
    let ridge: Float

    /// The scale of each element.
    var scales: [Float] {
        let scales = Scales(stepSizes.span, factor: factor, ridge: ridge)
        return stepSizes.indices.map { scales[$0] }
    }
}

extension Subject {
    func proximalPoint(
        by proximal: any MetricProximalRegularizer, of weights: [Float], in metric: StepSizeMetric
    ) -> [Float] {
        proximalPoint(
            by: proximal, of: weights, stepSizes: metric.stepSizes, factor: metric.factor, ridge: metric.ridge
        )
    }
}
