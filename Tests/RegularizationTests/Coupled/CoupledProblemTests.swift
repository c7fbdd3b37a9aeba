import Regularization
import Testing

/// Σᵢ √(Aᵢ² + Bᵢ² + Cᵢ²) over three tensors of as many elements: a group lasso across tensors, written without any
/// help of the framework.
struct Trio: DifferentiableCoupledRegularizer, MetricProximalCoupledRegularizer {
    var properties: CompositionProperties { [.convex, .positivelyHomogeneous] }

    func check(_ shapes: [Shape]) throws {
        guard shapes.count == 3, shapes.allSatisfy({ $0.count == shapes[0].count }) else {
            throw ShapeError("three tensors of as many elements each, not \(shapes)")
        }
    }

    private func norm(_ w: CoupledWeights, _ i: Int) -> Double {
        (0..<3).reduce(0) { $0 + Double(w[$1, i]) * Double(w[$1, i]) }.squareRoot()
    }

    func value(at weights: CoupledWeights) -> Double {
        var sum = 0.0
        for i in 0..<weights.shape(of: 0).count { sum += norm(weights, i) }
        return sum
    }

    func addGradient(at weights: CoupledWeights, scale: Float, to gradient: inout MutableCoupledWeights) {
        for i in 0..<weights.shape(of: 0).count {
            let n = norm(weights, i)
            if n == 0 { continue }
            for t in 0..<3 { gradient[t, i] += scale * Float(Double(weights[t, i]) / n) }
        }
    }

    func applyProx(to weights: inout MutableCoupledWeights, scale: Float) {
        for i in 0..<weights.shape(of: 0).count {
            let n = norm(weights.weights, i)
            for t in 0..<3 {
                weights[t, i] =
                    n <= Double(scale) ? 0 : Float(Double(weights[t, i]) * (n - Double(scale)) / n)
            }
        }
    }

    func applyProx(to weights: inout MutableCoupledWeights, scales: CoupledScales) {
        for i in 0..<weights.shape(of: 0).count {
            let z = (0..<3).map { Double(weights[$0, i]) }
            let s = (0..<3).map { Double(scales[$0, i]) }
            let dual = zip(z, s).reduce(0) { $0 + ($1.0 / $1.1) * ($1.0 / $1.1) }.squareRoot()
            if dual <= 1 {
                for t in 0..<3 { weights[t, i] = 0 }
                continue
            }
            // θ solves Σ (zᵢ/(θ + tᵢ))² = 1.
            var (low, high) = (0.0, z.reduce(0) { $0 + abs($1) })
            for _ in 0..<200 {
                let mid = (low + high) / 2
                let sum = zip(z, s).reduce(0) { $0 + ($1.0 / (mid + $1.1)) * ($1.0 / (mid + $1.1)) }
                if sum > 1 { low = mid } else { high = mid }
            }
            let theta = (low + high) / 2
            for t in 0..<3 { weights[t, i] = Float(z[t] * theta / (theta + s[t])) }
        }
    }
}

/// An optimizer of one's own with a step size for each weight.
struct Uneven: Optimizer {
    var learningRate: Float
    var metric: Metric { .diagonal }
    static func size(_ index: Int) -> Float { 0.25 + Float(index % 7) / 4 }
    let order: [Int]

    mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        var weights = parameters.mutableElements
        for index in weights.indices {
            weights[index] -= learningRate * Self.size(order[index]) * gradients.elements[index]
        }
    }

    func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        for index in 0..<range.count {
            sizes[index] = learningRate * Self.size(order[range.lowerBound + index])
        }
    }
}

@Suite("A third party's coupled regularizer acts as its equivalent on one tensor, under every optimizer")
struct CoupledProblemTests {
    static let n = 12
    /// Where the elements of the flat tensor [3, n] are among the parameters, between which other tensors lie.
    static let places: [Int] = Array(5..<17) + Array(20..<32) + Array(32..<44)
    static let filters: [ParameterFilter] = [.named("b.weight"), .named("d.weight"), .named("e.weight")]

    static func random(_ seed: UInt64, _ count: Int) -> [Float] {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        return (0..<count).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Float(Int64(bitPattern: state) >> 40) / Float(1 << 22)
        }
    }

    static func parameters() -> (coupled: Parameters, flat: Parameters) {
        let all = random(3, 46)
        let coupled = Parameters([
            ("a.bias", [5], Array(all[0..<5])), ("b.weight", [3, 4], Array(all[5..<17])),
            ("c.bias", [3], Array(all[17..<20])), ("d.weight", [4, 3], Array(all[20..<32])),
            ("e.weight", [12], Array(all[32..<44])), ("f.bias", [2], Array(all[44..<46])),
        ])
        let flat = Parameters([("flat.weight", [3, 12], places.map { all[$0] })])
        return (coupled, flat)
    }

    static func elements(_ parameters: Parameters) -> [Float] {
        parameters.elements.indices.map { parameters.elements[$0] }
    }

    /// Trains both and compares after each step.
    private func compare<O: Optimizer>(
        _ make: (_ isFlat: Bool) -> O, _ stage: Penalty.Stage, metric: ProximalMetric = .optimizer,
        strength: Schedule = 1.2, also: [Penalty] = [], flatAlso: [Penalty] = [],
        rates: (Int) -> Float? = { _ in nil }
    ) throws {
        var (coupled, flat) = Self.parameters()
        let group = GroupLasso(.columns, weighting: .none)
        let f = Self.filters
        let penalties: [Penalty] =
            stage == .lossTerm
            ? [.lossTerm(Trio(), strength: strength, on: f[0], f[1], f[2])]
            : [.proximalStep(Trio(), strength: strength, on: f[0], f[1], f[2], metric: metric)]
        let flatPenalties: [Penalty] =
            stage == .lossTerm
            ? [.lossTerm(group, strength: strength)]
            : [.proximalStep(group, strength: strength, metric: metric)]
        var one = try make(false).regularized(by: penalties + also, over: coupled)
        var other = try make(true).regularized(by: flatPenalties + flatAlso, over: flat)
        let targets = Self.random(11, 46)
        func slopes(_ parameters: Parameters, _ places: [Int]) -> Gradients {
            var gradients = Gradients(like: parameters)
            var span = gradients.mutableElements
            for index in span.indices { span[index] = parameters.elements[index] - targets[places[index]] }
            return gradients
        }
        var worst: Float = 0
        for step in 0..<60 {
            if let rate = rates(step) { (one.learningRate, other.learningRate) = (rate, rate) }
            var (g, h) = (slopes(coupled, Array(0..<46)), slopes(flat, Self.places))
            one.update(&coupled, along: &g)
            other.update(&flat, along: &h)
            let gathered = Self.places.map { Self.elements(coupled)[$0] }
            for (a, b) in zip(gathered, Self.elements(flat)) { worst = max(worst, abs(a - b)) }
        }
        let zeros = Self.elements(flat).count { $0 == 0 }
        #expect(Self.places.count { Self.elements(coupled)[$0] == 0 } == zeros)
        #expect(worst < 2e-4, "\(O.self) \(stage)")
        let contributions = (one.contributions(at: coupled)[0], other.contributions(at: flat)[0])
        #expect(abs(contributions.0.value - contributions.1.value) < 1e-3)
        #expect(contributions.0.strength == contributions.1.strength)
        #expect(abs((contributions.0.gradientNorm ?? 0) - (contributions.1.gradientNorm ?? 0)) < 1e-3)
        let r = one.stationarityResidual(at: coupled, gradients: slopes(coupled, Array(0..<46)))
        let s = other.stationarityResidual(at: flat, gradients: slopes(flat, Self.places))
        let r3 = [1, 3, 4].reduce(0) { $0 + r.norms[$1] * r.norms[$1] }.squareRoot()
        #expect(
            abs(r3 - s.total) < 1e-3 * (1 + s.total),
            "residual \(r3), flat \(s.total), \(O.self) \(stage) \(metric)")
    }

    @Test(arguments: [Penalty.Stage.lossTerm, .proximalStep], [ProximalMetric.optimizer, .euclidean])
    func sgd(stage: Penalty.Stage, metric: ProximalMetric) throws {
        try compare({ _ in SGD(learningRate: 0.1) }, stage, metric: metric)
        try compare(
            { _ in SGD(learningRate: 0.1) }, stage, metric: metric,
            strength: .linear(from: 0, to: 0.5, over: 40), rates: { 0.1 / Float($0 + 1) })
        try compare({ _ in SGD(learningRate: 0.1) }, stage, metric: metric, strength: 0)
    }

    @Test(arguments: [Penalty.Stage.lossTerm, .proximalStep], [ProximalMetric.optimizer, .euclidean])
    func momentum(stage: Penalty.Stage, metric: ProximalMetric) throws {
        try compare({ _ in SGD(learningRate: 0.02, momentum: 0.9) }, stage, metric: metric)
        try compare(
            { _ in SGD(learningRate: 0.02, momentum: 0.8, nesterov: true) }, stage, metric: metric)
        try compare(
            { _ in SGD(learningRate: 0.02, momentum: 0.8, dampening: 0.5) }, stage, metric: metric,
            rates: { 0.02 / Float($0 + 1) })
    }

    @Test(arguments: [Penalty.Stage.lossTerm, .proximalStep], [ProximalMetric.optimizer, .euclidean])
    func adam(stage: Penalty.Stage, metric: ProximalMetric) throws {
        try compare({ _ in Adam(learningRate: 0.05) }, stage, metric: metric)
        try compare({ _ in RMSprop(learningRate: 0.02) }, stage, metric: metric)
        try compare(
            { _ in Adam(learningRate: 0.05) }, stage, metric: metric,
            strength: .piecewise([(0, 0), (20, 0.4)]), rates: { $0 == 30 ? 0 : 0.05 })
        try compare(
            { Uneven(learningRate: 0.1, order: $0 ? Self.places : Array(0..<46)) }, stage, metric: metric)
    }

    @Test func decay() throws {
        let decay = Penalty.proximalStep(SquaredL2(), strength: 0.2, on: .all, metric: .euclidean)
        try compare({ _ in Adam(learningRate: 0.05) }, .proximalStep, also: [decay], flatAlso: [decay])
        try compare(
            { _ in SGD(learningRate: 0.02, momentum: 0.9) }, .proximalStep, also: [decay], flatAlso: [decay])
        try compare(
            { Uneven(learningRate: 0.1, order: $0 ? Self.places : Array(0..<46)) }, .proximalStep,
            also: [decay], flatAlso: [decay])
        // Plain SGD: a squared L2 beside folds into the flat group lasso; coupled it is refused.
        #expect(throws: PenaltyError.self) {
            try compare({ _ in SGD(learningRate: 0.02) }, .proximalStep, also: [decay], flatAlso: [decay])
        }
    }

    @Test(arguments: [Penalty.Stage.lossTerm, .proximalStep])
    func proximalGradient(stage: Penalty.Stage) throws {
        var (coupled, flat) = Self.parameters()
        let f = Self.filters
        let group = GroupLasso(.columns, weighting: .none)
        let targets = Self.random(11, 46)
        func loss(_ p: inout Parameters, _ g: inout Gradients, _ places: [Int]) -> Double {
            var span = g.mutableElements
            var sum = 0.0
            for i in span.indices {
                let d = p.elements[i] - targets[places[i]]
                span[i] = d
                sum += Double(d * d) / 2
            }
            return sum
        }
        let solver = ProximalGradient(maximumIterations: 500)
        _ = try solver.minimize(
            &coupled,
            with: [
                stage == .lossTerm
                    ? .lossTerm(Trio(), strength: 0.3, on: f[0], f[1], f[2])
                    : .proximalStep(Trio(), strength: 0.3, on: f[0], f[1], f[2])
            ]
        ) { loss(&$0, &$1, Array(0..<46)) }
        _ = try solver.minimize(
            &flat,
            with: [
                stage == .lossTerm
                    ? .lossTerm(group, strength: 0.3) : .proximalStep(group, strength: 0.3)
            ]
        ) { loss(&$0, &$1, Self.places) }
        let gathered = Self.places.map { Self.elements(coupled)[$0] }
        for (x, y) in zip(gathered, Self.elements(flat)) { #expect(abs(x - y) < 1e-3) }
    }

    @Test("No probe beats the group lasso of units in a metric")
    func unitGroupLassoInAMetric() {
        let shapes: [Shape] = [[4, 3], [4], [2, 4]]
        for seed in 0..<50 {
            var z = Self.random(UInt64(seed + 1), 24)
            let original = z
            let sizes = Self.random(UInt64(seed + 99), 24).map { 0.01 + abs($0) }
            var view = MutableCoupledWeights(shapes: shapes, z.mutableSpan)
            UnitGroupLasso().applyProx(
                to: &view, scales: CoupledScales(shapes: shapes, sizes.span, factor: 0.4))
            func objective(_ p: [Float]) -> Double {
                let value = UnitGroupLasso().value(at: CoupledWeights(shapes: shapes, p.span))
                return p.indices.reduce(value) {
                    let d = Double(p[$1]) - Double(original[$1])
                    return $0 + d * d / (2 * 0.4 * Double(sizes[$1]))
                }
            }
            let best = objective(z)
            for probe in 0..<100 {
                let direction = Self.random(UInt64(1000 + probe), 24)
                for step in [1e-3, 1e-2, 0.1] as [Float] {
                    let other = zip(z, direction).map { $0 + step * $1 }
                    #expect(objective(other) >= best - 1e-6)
                }
            }
        }
    }
}
