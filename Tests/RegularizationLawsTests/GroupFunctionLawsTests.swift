import Regularization
import RegularizationLaws
import Testing

@Suite("Functions of groups and constraints by group break no law")
struct GroupFunctionLawsTests {
    static let all: [any Regularizer] =
        BuiltInLawsTests.groups.flatMap { groups -> [any Regularizer] in
            [
                GroupLInfinity(groups), GroupLInfinity(groups, weighting: .squareRootOfSize),
                L1Ball(groups, radius: 0.02), L1Ball(groups, radius: 3), Simplex(groups, total: 0.02),
                Simplex(groups), L2Ball(groups, radius: 0.001), L2Ball(groups, radius: 1),
                L2Sphere(groups, radius: 0.001), L2Sphere(groups, radius: 0.75),
                L0Ball(groups, count: 0), L0Ball(groups, count: 2), GroupL0Ball(groups, count: 0),
                GroupL0Ball(groups, count: 1), GroupL0Ball(groups, count: 2),
            ]
        } + [
            GroupLInfinity(.columns, weighting: .custom([0, 0.5, 3])),
            TotalVariation(along: .rows), TotalVariation(along: .columns),
            SortedL1(factors: [2, 1.5, 1, 0.5, 0.25, 0, 0]), SortedL1(factors: [0.5]),
            SortedL1(factors: [3, 2, 1, 0.5, 0.25, 0.125]), SortedL1(factors: []),
        ]

    @Test(arguments: all.indices)
    func breakNone(index: Int) {
        for seed in 0..<2 as Range<UInt64> {
            let violations = RegularizerLaws.violations(of: Self.all[index], seed: seed)
            #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
        }
    }

    /// max(‖w_g‖ − 1, 0), which is 0 up to a norm that is tried.
    private struct GroupDeadZone: ProximalGroupwiseRegularizer {
        let groups = Groups.rows
        var properties: CompositionProperties { .convex }
        func value(atNorm norm: Double, of group: Group) -> Double { norm <= 1 ? 0 : norm - 1 }
        func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double {
            norm <= 1 ? norm : norm <= 1 + scale ? 1 : norm - scale
        }
    }

    @Test("A function whose plateau ends at a norm that is rotated")
    func plateau() {
        let violations = RegularizerLaws.violations(of: GroupDeadZone())
        #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
    }
}
