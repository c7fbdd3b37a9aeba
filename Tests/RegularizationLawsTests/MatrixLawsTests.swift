import Regularization
import RegularizationLaws
import Testing

@Suite("Regularizers of matrices break no law")
struct MatrixLawsTests {
    static let regularizers: [any Regularizer] = [
        NuclearNorm(), SpectralNorm(), Orthogonality(), SRIP(), MutualCoherence(), Stiefel(),
        0.5 * NuclearNorm() + 0.25 * SquaredL2(), 0.01 * SRIP() + MutualCoherence(),
    ]

    @Test(arguments: regularizers.indices)
    func breakNone(index: Int) {
        expectNone(RegularizerLaws.violations(of: Self.regularizers[index], seed: 1))
    }

    @Test("Larger shapes", arguments: 0..<6)
    func largerShapes(index: Int) {
        expectNone(RegularizerLaws.violations(of: Self.regularizers[index], shapes: [[9, 5], [5, 2, 4]]))
    }

    @Test("A rank", arguments: 1...2)
    func rank(rank: Int) {
        for seed in 0..<3 as Range<UInt64> {
            expectNone(RegularizerLaws.violations(of: RankBall(rank: rank), seed: seed))
        }
    }

    /// Keeps the largest singular value, one in a hundred too small.
    private struct ShrinksTheRank: ProximalRegularizer {
        func check(_ shape: Shape) throws { try RankBall(rank: 1).check(shape) }
        func value(at weights: Weights) -> Double { RankBall(rank: 1).value(at: weights) }
        func applyProx(to weights: inout MutableWeights, scale: Float) {
            RankBall(rank: 1).applyProx(to: &weights, scale: scale)
            if scale != 0 { for index in 0..<weights.count { weights[index] *= 0.99 } }
        }
    }

    @Test("A projection onto a rank that is one in a hundred too short is caught")
    func wrongRank() {
        #expect(
            RegularizerLaws.violations(of: ShrinksTheRank()).contains { $0.law == .proximalPointIsMinimal })
    }

    private func expectNone(_ violations: [RegularizerViolation]) {
        #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
    }
}
