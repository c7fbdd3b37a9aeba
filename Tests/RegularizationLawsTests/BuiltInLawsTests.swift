import Regularization
import RegularizationLaws
import Testing

@Suite("Built-in regularizers break no law")
struct BuiltInLawsTests {
    static let groups: [Groups] = [
        .rows, .columns, .whole, .blocks(rows: 3, columns: 2), .indexSets([[0, 4], [], [2, 1, 6]]),
    ]

    static let alone: [any Regularizer] = [L1(), SquaredL2(), Orthogonality()]

    static let groupLassos: [any Regularizer] =
        groups.flatMap { [GroupLasso($0), GroupLasso($0, weighting: .none)] }
        + [
            GroupLasso(.columns, weighting: .custom([0, 0.5, 3])),
            GroupLasso(.indexSets([[0, 4], [2, 1, 6]]), weighting: .custom([2, 0])),
        ]

    static let composed: [any Regularizer] = [
        L1() + SquaredL2(),
        L1() + GroupLasso(.columns),
        GroupLasso(.rows) + L1(),
        2.5 * L1(),
        0 * L1(),
        0.5 * SquaredL2() + 0.25 * SquaredL2(),
        0.5 * (0.25 * L1() + 3 * (GroupLasso(.rows) + 0.5 * SquaredL2())),
        0.01 * Orthogonality() + L1(),
    ]

    @Test(arguments: alone.indices)
    func aloneBreakNone(index: Int) {
        expectNone(RegularizerLaws.violations(of: Self.alone[index]))
    }

    @Test(arguments: groupLassos.indices)
    func groupLassoBreaksNone(index: Int) {
        expectNone(RegularizerLaws.violations(of: Self.groupLassos[index]))
    }

    @Test(arguments: composed.indices)
    func compositionsBreakNone(index: Int) {
        expectNone(RegularizerLaws.violations(of: Self.composed[index]))
    }

    @Test("A sum that is refused is not applied, and its value and gradient are checked")
    func refusedSum() {
        let sum = GroupLasso(.rows) + GroupLasso(.columns)
        #expect(sum.refusal != nil)
        expectNone(RegularizerLaws.violations(of: sum))
    }

    @Test("Another seed, other weights, the same verdict", arguments: [1, 2, 3] as [UInt64])
    func otherSeeds(seed: UInt64) {
        expectNone(
            RegularizerLaws.violations(of: 0.3 * L1() + GroupLasso(.columns) + SquaredL2(), seed: seed))
    }

    @Test(
        "Float32 cannot hold the minimizer of the square of a sum of large weights",
        arguments: [0, 1, 2] as [UInt64])
    func cancellation(seed: UInt64) {
        expectNone(RegularizerLaws.violations(of: SquaredSum(), seed: seed))
    }

    private func expectNone(_ violations: [RegularizerViolation]) {
        #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
    }
}

/// ½(Σw)².
private struct SquaredSum: DifferentiableRegularizer, ProximalRegularizer {
    var properties: CompositionProperties { .convex }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { 0.5 * sum(of: weights) * sum(of: weights) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        let sum = Float(sum(of: weights))
        for index in 0..<weights.count { gradient[index] += scale * sum }
    }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        let shift = Double(scale) * sum(of: weights.readOnly) / (1 + Double(scale) * Double(weights.count))
        for index in 0..<weights.count where scale != 0 {
            weights[index] = Float(Double(weights[index]) - shift)
        }
    }
    private func sum(of weights: Weights) -> Double {
        (0..<weights.count).reduce(0) { $0 + Double(weights[$1]) }
    }
}
