import Regularization
import RegularizationLaws
import Testing

@Suite("The law of derivatives sees what is narrower than its steps, and no derivative at a kink")
struct DerivativeEstimateTests {
    static let seeds = 0..<20 as Range<UInt64>
    static let shapes: [Shape] = [[7], [3, 5]]

    /// SCAD is flat from 0.63 on, MCP from 0.02, and Huber bends within 1e-4; weights reach 1e15.
    static let narrow: [any Regularizer] = [
        SCAD(threshold: 0.3, concavity: 2.1), MCP(threshold: 0.1, concavity: 0.2), Huber(delta: 1e-4),
        GroupSCAD(.rows, threshold: 0.3, concavity: 2.1), LogSum(epsilon: 1e-3),
    ]

    @Test("Right gradients pass", arguments: narrow.indices, seeds)
    func narrowPasses(index: Int, seed: UInt64) {
        expectNoViolation(of: Self.narrow[index], shapes: Self.shapes, seeds: seed..<seed + 1)
    }

    @Test(
        "Where coarse steps agree on a derivative of 0",
        arguments: [[-122.375, 0.625], [30.5, -0.625, 127]])
    func atTheEdgeOfTheFlatPart(weights: [Float]) {
        expectNoViolation(
            of: SCAD(threshold: 0.3, concavity: 2.1), at: weights, shape: [weights.count])
    }

    @Test("Gradients one in a hundred too large do not pass", arguments: seeds)
    func slightlyWrongFails(seed: UInt64) {
        for regularizer in [slightlyWrongGradient, SlightlyWrongBend()] as [any Regularizer] {
            expectViolations(
                of: regularizer, shapes: Self.shapes, seed: seed, are: [.gradientIsDerivative])
        }
    }

    @Test("At a kink any subgradient passes", arguments: seeds)
    func kinkPasses(seed: UInt64) {
        expectNoViolation(of: KinkOnTheGrid(), shapes: Self.shapes, seeds: seed..<seed + 1)
    }
}

/// SCAD(0.3, 2.1) whose gradient is one in a hundred too large.
private struct SlightlyWrongBend: DifferentiableElementwiseRegularizer {
    let right = SCAD(threshold: 0.3, concavity: 2.1)
    func value(at weight: Float) -> Double { right.value(at: weight) }
    func derivative(at weight: Float) -> Float { 1.01 * right.derivative(at: weight) }
}

/// max(|w| − 0.375, 0), whose kinks are at numbers that are tried.
private struct KinkOnTheGrid: DifferentiableElementwiseRegularizer {
    func value(at weight: Float) -> Double { weight.isNaN ? .nan : Double(max(abs(weight) - 0.375, 0)) }
    func derivative(at weight: Float) -> Float { abs(weight) < 0.375 ? 0 : L1().derivative(at: weight) }
}
