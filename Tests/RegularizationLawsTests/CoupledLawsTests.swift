import Regularization
import RegularizationLaws
import Testing

/// The product of two vectors' norms, whose gradient forgets the second vector.
private struct ForgetsATensor: DifferentiableCoupledRegularizer {
    func check(_ shapes: [Shape]) throws {
        if shapes.count != 2 { throw ShapeError("two tensors, not \(shapes.count)") }
    }
    func value(at weights: CoupledWeights) -> Double {
        SquaredL2().value(at: weights[0]) + SquaredL2().value(at: weights[1])
    }
    func addGradient(at weights: CoupledWeights, scale: Float, to gradient: inout MutableCoupledWeights) {
        gradient.withTensor(0) { SquaredL2().addGradient(at: weights[0], scale: scale, to: &$0) }
    }
}

/// ½‖A − B‖² whose proximal point in a metric takes the scales of A for B too.
private struct MistakesTheScales: MetricProximalCoupledRegularizer {
    func check(_ shapes: [Shape]) throws {
        guard shapes.count == 2, shapes[0] == shapes[1] else { throw ShapeError("two equal shapes") }
    }
    func value(at weights: CoupledWeights) -> Double {
        (0..<weights[0].count).reduce(0) { sum, index in
            let distance = Double(weights[0, index]) - Double(weights[1, index])
            return sum + distance * distance / 2
        }
    }
    func applyProx(to weights: inout MutableCoupledWeights, scale: Float) {
        for index in 0..<weights.shape(of: 0).count { move(&weights, index, scale) }
    }
    func applyProx(to weights: inout MutableCoupledWeights, scales: CoupledScales) {
        for index in 0..<weights.shape(of: 0).count { move(&weights, index, scales[0, index]) }
    }
    private func move(_ weights: inout MutableCoupledWeights, _ index: Int, _ scale: Float) {
        let pull = scale * (weights[0, index] - weights[1, index]) / (1 + 2 * scale)
        weights[0, index] -= pull
        weights[1, index] += pull
    }
}

/// The inner product of two tensors, which is not convex and may be negative.
private struct ClaimsJointConvexity: CoupledRegularizer {
    var properties: CompositionProperties { .convex }
    func check(_ shapes: [Shape]) throws {
        guard shapes.count == 2, shapes[0] == shapes[1] else { throw ShapeError("two equal shapes") }
    }
    func value(at weights: CoupledWeights) -> Double {
        (0..<weights[0].count).reduce(0) { $0 + Double(weights[0, $1]) * Double(weights[1, $1]) }
    }
}

/// A regularizer that no shapes suit.
private struct AcceptsNoShapes: CoupledRegularizer {
    func check(_ shapes: [Shape]) throws { throw ShapeError("never") }
    func value(at weights: CoupledWeights) -> Double { 0 }
}

@Suite("Laws of regularizers of several tensors")
struct CoupledLawsTests {
    static let units: [any CoupledRegularizer] = [
        UnitGroupLasso(), UnitGroupLasso(weighting: .none, of: [.incoming, .bias]),
        Unitwise(GroupMCP(.whole, threshold: 0.5, concavity: 3)), Unitwise(L1() + GroupLasso(.whole)),
        Unitwise(SquaredL2(), of: [.bias, .outgoing]),
        Unitwise(L2Ball(.whole, radius: 0.001), of: [.incoming]),
        Unitwise(L1() + 0.5 * SquaredL2(), of: [.bias]),
    ]

    @Test("Units break none", arguments: units.indices)
    func unitsBreakNone(index: Int) {
        let shapes = Laws.coupledShapes + [[[2, 3]], [[3]], [[2], [3, 2]], [[3, 2], [2]]]
        let violations = Laws.violations(of: Self.units[index], shapes: shapes)
        #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
    }

    @Test("A broken one is caught by the law that it breaks")
    func broken() {
        #expect(laws(brokenBy: ForgetsATensor()).contains(.gradientIsSlope))
        #expect(laws(brokenBy: MistakesTheScales()) == [.metricProximalPointIsMinimal, .zeroScalesStay])
        #expect(laws(brokenBy: ClaimsJointConvexity()) == [.isConvex])
        #expect(laws(brokenBy: AcceptsNoShapes()) == [.acceptsSomeShape])
    }

    @Test("A violation names the shapes")
    func description() throws {
        let violation = try #require(
            Laws.violations(of: ForgetsATensor(), shapes: [[[2], [3]]]).first)
        #expect(violation.regularizer == "ForgetsATensor of [2], [3]")
        #expect(violation.input.count == 5)
        let again = Laws.violations(
            of: ForgetsATensor(), at: violation.input, shapes: [[2], [3]], seed: violation.seed)
        #expect(again.contains(violation))
    }

    private func laws(brokenBy regularizer: some CoupledRegularizer) -> Set<Law> {
        Set(Laws.violations(of: regularizer).map(\.law))
    }
}
