import Regularization

extension Benchmark {
    /// The proximal points that `proximalPoints` does not time: functions of single weights, of groups, of lines and
    /// orders, and of singular values.
    static let catalog: [Benchmark] = [
        prox("mcp", MCP(threshold: 1, concavity: 3)),
        prox("scad", SCAD(threshold: 1, concavity: 3.7)),
        prox("l0", L0()),
        prox("lHalf", LHalf()),
        prox("logSum", LogSum(epsilon: 0.1)),
        prox("huber", Huber(delta: 0.1)),
        prox(
            "logCosh", LogCosh(),
            countingSteps: { weights in
                weights.map { LogCosh.root(of: Double(abs($0)), scale: 0.1).steps }
            }),
        prox("box", Box(-0.5...0.5)),
        metricProx("groupLassoMetricShrinking", GroupLasso(.rows)),
        prox("lInfinity", GroupLInfinity(.rows)),
        metricProx("lInfinityMetric", GroupLInfinity(.rows)),
        metricProx("l2BallMetric", L2Ball(.rows, radius: 1)),
        metricProx("l2SphereMetric", L2Sphere(.rows, radius: 1)),
        prox("l1Ball", L1Ball(.rows, radius: 1)),
        metricProx("l1BallMetric", L1Ball(.rows, radius: 1)),
        metricProx("l1BallMetricColumns", L1Ball(.columns, radius: 1)),
        prox("simplex", Simplex(.rows)),
        metricProx("simplexMetric", Simplex(.rows)),
        prox("l0BallWhole", L0Ball(count: 100_000)),
        metricProx("groupMCPMetric", GroupMCP(.rows, threshold: 1, concavity: 3)),
        prox("totalVariation", TotalVariation(along: .rows)),
        prox("totalVariationColumns", TotalVariation(along: .columns)),
        metricProx("totalVariationMetric", TotalVariation(along: .rows)),
        prox("sortedL1", SortedL1(factors: (0..<65_536).map { 1 - Double($0) / 65_536 }), [256, 256]),
        prox("nuclearNorm", NuclearNorm(), [128, 128]),
        prox("orthogonality", Orthogonality(), [128, 128]),
        prox("stiefel", Stiefel(), [128, 128]),
        prox("l1+nuclearNorm", (L1() + NuclearNorm()).iterative(tolerance: 1e-4), [64, 64]),
        srip,
    ]

    /// A proximal point in the Euclidean metric, at the scale 0.1.
    ///
    /// Each call begins with the same weights, because the proximal point of a result may take less work; the time of
    /// `floor/copy` is part of it.
    private static func prox(
        _ name: String, _ regularizer: some ProximalRegularizer, _ shape: Shape = [1024, 1024],
        countingSteps count: (@Sendable ([Float]) -> [Int])? = nil
    ) -> Benchmark {
        var steps: (@Sendable () -> [Int])?
        if let count { steps = { count(uniform(shape.count, seed: 1)) } }
        return Benchmark(
            name: "prox/\(name)/\(shape.rows)x\(shape.columns)", amount: .bytes(16 * Double(shape.count)),
            steps: steps
        ) {
            let start = uniform(shape.count, seed: 1)
            var values = start
            return {
                copy(start, to: &values)
                var weights = MutableWeights(shape: shape, values.mutableSpan)
                regularizer.applyProx(to: &weights, scale: 0.1)
            }
        }
    }

    /// A proximal point in a diagonal metric, with scales from 0.05 to 0.25.
    private static func metricProx(
        _ name: String, _ regularizer: some MetricProximalRegularizer, _ shape: Shape = [1024, 1024]
    ) -> Benchmark {
        let stepSizes = { @Sendable in uniform(shape.count, seed: 2).map { 0.1 * (1.5 + $0) } }
        var steps: (@Sendable () -> [Int])?
        if let regularizer = regularizer as? any NewtonRegularizer {
            steps = { countSteps(of: regularizer, shape, uniform(shape.count, seed: 1), stepSizes()) }
        }
        return Benchmark(
            name: "prox/\(name)/\(shape.rows)x\(shape.columns)", amount: .bytes(20 * Double(shape.count)),
            steps: steps
        ) {
            let (start, stepSizes) = (uniform(shape.count, seed: 1), stepSizes())
            var values = start
            return {
                copy(start, to: &values)
                var weights = MutableWeights(shape: shape, values.mutableSpan)
                regularizer.applyProx(to: &weights, scales: Scales(stepSizes.span, factor: 1))
            }
        }
    }

    /// The number of Newton steps for each group of a regularizer.
    private static func countSteps(
        of regularizer: some NewtonRegularizer, _ shape: Shape, _ values: [Float], _ stepSizes: [Float]
    ) -> [Int] {
        var values = values
        var weights = MutableWeights(shape: shape, values.mutableSpan)
        let scales = Scales(stepSizes.span, factor: 1)
        return (0..<regularizer.groups.count(in: shape)).map { index in
            regularizer.move(regularizer.groups.group(index, in: shape), of: &weights, scales: scales)
        }
    }

    private static func copy(_ source: [Float], to target: inout [Float]) {
        let from = source.span
        var to = target.mutableSpan
        for index in 0..<from.count { to[unchecked: index] = from[unchecked: index] }
    }

    /// The value and the gradient of `SRIP`, from one eigenpair.
    private static let srip = Benchmark(name: "penalty/srip/256x256") {
        let shape: Shape = [256, 256]
        let values = uniform(shape.count, seed: 1)
        var gradient = [Float](repeating: 0, count: shape.count)
        return {
            var view = MutableWeights(shape: shape, gradient.mutableSpan)
            let weights = Weights(shape: shape, values.span)
            sink += SRIP().valueAddingGradient(at: weights, scale: 1e-6, to: &view)
        }
    }
}
