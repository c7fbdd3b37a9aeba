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

    /// A probe that has one rank too many by less than its tolerance counts as inside, and is nearer by more than the law
    /// allows for rounding where singular values differ by far.
    @Test("All but the minimality of a proximal point, up to the tolerance of a rank", arguments: 1...2)
    func rank(rank: Int) {
        for seed in 0..<3 as Range<UInt64> {
            let violations = Laws.violations(of: RankBall(rank: rank), seed: seed)
            expectNone(violations.filter { $0.law != .proximalPointIsMinimal })
        }
    }

    private func expectNone(_ violations: [Violation]) {
        #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
    }
}
