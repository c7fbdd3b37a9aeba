import Regularization
import Testing

/// ½‖A − B‖²: two tensors that are to stay alike.
struct Tied: DifferentiableCoupledRegularizer, MetricProximalCoupledRegularizer {
    var properties: CompositionProperties { .convex }

    func check(_ shapes: [Shape]) throws {
        guard shapes.count == 2, shapes[0] == shapes[1] else { throw ShapeError("two equal shapes are tied") }
    }

    func value(at weights: CoupledWeights) -> Double {
        (0..<weights[0].count).reduce(0) { sum, index in
            let distance = Double(weights[0, index]) - Double(weights[1, index])
            return sum + distance * distance / 2
        }
    }

    func addGradient(at weights: CoupledWeights, scale: Float, to gradient: inout MutableCoupledWeights) {
        for index in 0..<weights[0].count {
            let slope = scale * (weights[0, index] - weights[1, index])
            gradient[0, index] += slope
            gradient[1, index] -= slope
        }
    }

    func applyProx(to weights: inout MutableCoupledWeights, scale: Float) {
        for index in 0..<weights.shape(of: 0).count { move(&weights, index, scale, scale) }
    }

    func applyProx(to weights: inout MutableCoupledWeights, scales: CoupledScales) {
        for index in 0..<weights.shape(of: 0).count {
            move(&weights, index, scales[0, index], scales[1, index])
        }
    }

    private func move(_ weights: inout MutableCoupledWeights, _ index: Int, _ s: Float, _ t: Float) {
        let (a, b) = (weights[0, index], weights[1, index])
        let shift = (a - b) / (1 + s + t)
        weights[0, index] = a - s * shift
        weights[1, index] = b + t * shift
    }
}

/// A coupled penalty in a plan and in an optimizer.
@Suite("Coupled penalties")
struct CoupledPenaltyTests {
    static let units: [ParameterFilter] = [
        .named("fully.0.weight"), .named("fully.0.bias"), .named("fully.1.weight"),
    ]

    static func parameters() -> Parameters {
        Parameters([
            ("fully.0.weight", [3, 2], [1, -2, 0.5, 0.25, 0.0625, 0.125]),
            ("fully.0.bias", [3], [3, -0.125, 0.25]),
            ("fully.1.weight", [2, 3], [0.75, 1.5, 0.25, -1, 2, 0.125]), ("fully.1.bias", [2], [1, 1]),
        ])
    }

    static func unitStep(_ strength: Double = 0.25, metric: ProximalMetric = .optimizer) -> Penalty {
        .proximalStep(
            UnitGroupLasso(), strength: strength, on: units[0], units[1], units[2], metric: metric)
    }

    @Test("A proximal step moves the tensors as the regularizer does, at step size × strength")
    func proximalStep() throws {
        var parameters = Self.parameters()
        var plan = try PenaltyPlan([Self.unitStep()], over: parameters)
        plan.applyProximalSteps(to: &parameters, stepSize: 2)
        var expected = Array(Self.elements(Self.parameters())[..<15])
        var view = MutableCoupledWeights(shapes: [[3, 2], [3], [2, 3]], expected.mutableSpan)
        UnitGroupLasso().applyProx(to: &view, scale: 0.5)
        #expect(Self.elements(parameters) == expected + [1, 1])
        // The last unit is small, and dead in all three tensors.
        #expect(expected.indices.filter { expected[$0] == 0 } == [4, 5, 8, 11, 14])
    }

    @Test("A loss term adds its gradient, and its value to the loss")
    func lossTerm() throws {
        let parameters = Self.parameters()
        let plan = try PenaltyPlan(
            [.lossTerm(UnitGroupLasso(), strength: 2, on: Self.units[0], Self.units[1], Self.units[2])],
            over: parameters)
        var gradients = Gradients(like: parameters)
        plan.addGradients(at: parameters, to: &gradients)
        for index in [0, 7, 12] {
            var value: [Double] = []
            for step in [-0.001, 0.001] as [Float] {
                var moved = parameters
                var elements = moved.mutableElements
                elements[index] += step
                value.append(plan.value(at: moved))
            }
            #expect(abs(Double(gradients.elements[index]) - (value[1] - value[0]) / 0.002) < 1e-3)
        }
        #expect(gradients["fully.1.bias"] == [0, 0])
    }

    @Test("Under Adam the step is taken in Adam's metric")
    func metric() throws {
        var parameters = Self.parameters()
        var optimizer = try Adam(learningRate: 0.1).regularized(by: [Self.unitStep()], over: parameters)
        var gradients = Gradients(like: parameters)
        var slopes = gradients.mutableElements
        for index in slopes.indices { slopes[index] = Float(index % 5 + 1) / 8 }
        var plain = (optimizer: Adam(learningRate: 0.1), parameters: parameters, gradients: gradients)
        optimizer.update(&parameters, along: &gradients)

        plain.optimizer.update(&plain.parameters, along: &plain.gradients)
        var sizes = [Float](repeating: 0, count: 15)
        var sizeSpan = sizes.mutableSpan
        plain.optimizer.writeStepSizes(of: 0..<15, to: &sizeSpan)
        let shapes: [Shape] = [[3, 2], [3], [2, 3]]
        var expected = Array(Self.elements(plain.parameters)[..<15])
        var view = MutableCoupledWeights(shapes: shapes, expected.mutableSpan)
        UnitGroupLasso().applyProx(to: &view, scales: CoupledScales(shapes: shapes, sizes.span, factor: 0.25))
        #expect(Array(Self.elements(parameters)[..<15]) == expected)
    }

    @Test("A third party's optimizer, one stage after the other, makes the same step")
    func otherOptimizer() throws {
        var parameters = Self.parameters()
        var plan = try PenaltyPlan([Self.unitStep()], over: parameters, under: Adam())
        var (adam, gradients) = (Adam(learningRate: 0.1), Gradients(like: parameters))
        var slopes = gradients.mutableElements
        for index in slopes.indices { slopes[index] = Float(index % 3) - 1.5 }
        var ridden = (parameters: parameters, gradients: gradients)
        var optimizer = try Adam(learningRate: 0.1).regularized(by: [Self.unitStep()], over: parameters)
        optimizer.update(&ridden.parameters, along: &ridden.gradients)
        adam.update(&parameters, along: &gradients)
        plan.applyProximalSteps(to: &parameters, after: adam)
        #expect(Self.elements(parameters) == Self.elements(ridden.parameters))
    }

    @Test("Filters pair their parameters in the order of the model")
    func places() throws {
        let parameters = Parameters([
            ("a.weight", [1, 2], [1, 2]), ("b.weight", [1, 2], [3, 5]), ("c.weight", [1, 2], [0, 0]),
            ("d.weight", [1, 2], [1, 1]),
        ])
        let plan = try PenaltyPlan(
            [
                .lossTerm(
                    Tied(), strength: 0.5, on: .exactly("a.weight", "c.weight"),
                    .exactly("b.weight", "d.weight"))
            ], over: parameters)
        // ½(4 + 9) between a and b, ½(1 + 1) between c and d.
        #expect(plan.value(at: parameters) == 0.5 * 7.5)
    }

    @Test("A contribution counts weights, zeros and dead units")
    func contribution() throws {
        var parameters = Self.parameters()
        var plan = try PenaltyPlan([Self.unitStep()], over: parameters)
        plan.applyProximalSteps(to: &parameters, stepSize: 2)
        let contribution = try #require(plan.contributions(at: parameters).first)
        #expect(contribution.count == 15)
        #expect(contribution.exactZeros == 5)
        #expect(contribution.deadGroups == 1)
        #expect(contribution.label == "Unitwise(GroupLasso(whole))")
        #expect(try #require(contribution.gradientNorm) > 0)
        #expect(abs(contribution.weightedValue - plan.value(at: parameters)) < 1e-12)
    }

    @Test("The plan names the coupled tensors")
    func description() throws {
        let plan = try PenaltyPlan([Self.unitStep()], over: Self.parameters())
        #expect(
            plan.description.contains(
                "Unitwise(GroupLasso(whole))  proximal step  0.25      one proximal point, with fully.0.bias, fully.1.weight"
            ), "\(plan)")
    }

    @Test("The residual vanishes where data loss and penalty balance")
    func stationarity() throws {
        // ½‖w − a‖² + λR has its minimum at the proximal point of a at λ.
        let target = Self.parameters()
        var parameters = target
        var plan = try PenaltyPlan([Self.unitStep(0.5)], over: parameters)
        plan.applyProximalSteps(to: &parameters, stepSize: 1)
        func residual(at parameters: Parameters) -> Double {
            var gradients = Gradients(like: parameters)
            var slopes = gradients.mutableElements
            for index in slopes.indices {
                slopes[index] = parameters.elements[index] - target.elements[index]
            }
            return plan.stationarityResidual(at: parameters, gradients: gradients).total
        }
        #expect(residual(at: parameters) < 1e-6)
        #expect(residual(at: target) > 0.5)
    }

    static func elements(_ parameters: Parameters) -> [Float] {
        parameters.elements.indices.map { parameters.elements[$0] }
    }
}
