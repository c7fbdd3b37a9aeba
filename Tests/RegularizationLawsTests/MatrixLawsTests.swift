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
        expectNone(Laws.violations(of: Self.regularizers[index], seed: 1))
    }

    @Test("Larger shapes", arguments: 0..<6)
    func largerShapes(index: Int) {
        expectNone(Laws.violations(of: Self.regularizers[index], shapes: [[9, 5], [5, 2, 4]]))
    }

    @Test("A rank", arguments: 1...2)
    func rank(rank: Int) {
        for seed in 0..<3 as Range<UInt64> {
            expectNone(Laws.violations(of: RankBall(rank: rank), seed: seed))
        }
    }

    private func expectNone(_ violations: [Violation]) {
        #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
    }
}
