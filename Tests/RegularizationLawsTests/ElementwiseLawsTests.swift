import Regularization
import RegularizationLaws
import Testing

@Suite("Elementwise regularizers, and MCP and SCAD of groups, break no law")
struct ElementwiseLawsTests {
    static let elementwise: [any Regularizer] = [
        Huber(delta: 0.3), Huber(delta: 1e-3), 10 * Huber(delta: 0.1), L0(), 0.3 * L0(),
        MCP(threshold: 0.5, concavity: 3), MCP(threshold: 1, concavity: 0.3), MCP(threshold: 0, concavity: 1),
        SCAD(threshold: 0.5, concavity: 3.7), SCAD(threshold: 1, concavity: 2.1), LogSum(epsilon: 0.5),
        LogSum(epsilon: 0.05), LogSum(epsilon: 10), LHalf(), 0.2 * LHalf(), LogCosh(), Nonnegative(),
        Box(-0.5...0.75), Box(-1...1), Box(0.25...2), Box(0 ... .infinity), Box(0...0),
        Huber(delta: 0.3) + 0.5 * SquaredL2(), L0() + SquaredL2(),
    ]

    static let groupwise: [any Regularizer] = BuiltInLawsTests.groups.flatMap { groups in
        [
            GroupMCP(groups, threshold: 0.5, concavity: 3), GroupMCP(groups, threshold: 1, concavity: 0.3),
            GroupSCAD(groups, threshold: 0.5, concavity: 3.7),
            GroupSCAD(groups, threshold: 1, concavity: 2.1),
        ] as [any Regularizer]
    }

    /// Each accepts the shapes with that many elements.
    static let sized: [any Regularizer] = [0, 1, 6, 7, 12, 15, 24].flatMap { count in
        let numbers = (0..<count).map { Float($0 * 5 % 7) / 4 }
        return [WeightedL1(numbers), SquaredDistance(to: numbers.map { 1 - $0 })] as [any Regularizer]
    }

    @Test(arguments: elementwise.indices)
    func elementwiseBreakNone(index: Int) { expectNone(Self.elementwise[index]) }

    @Test(arguments: groupwise.indices)
    func groupwiseBreakNone(index: Int) { expectNone(Self.groupwise[index], seeds: 1) }

    @Test(arguments: sized.indices)
    func sizedBreakNone(index: Int) { expectNone(Self.sized[index]) }

    private func expectNone(_ regularizer: any Regularizer, seeds: UInt64 = 2) {
        for seed in 0..<seeds {
            let violations = RegularizerLaws.violations(of: regularizer, seed: seed)
            #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
        }
    }
}
