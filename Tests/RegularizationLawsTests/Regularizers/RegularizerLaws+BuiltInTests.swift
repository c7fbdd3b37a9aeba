import Regularization
import RegularizationLaws
import Testing

@Suite("Built-in regularizers break no law")
struct RegularizerLawsBuiltInTests {
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

    static let elementwise: [any Regularizer] = [
        Huber(delta: 0.3), Huber(delta: 1e-3), 10 * Huber(delta: 0.1), L0(), 0.3 * L0(),
        MCP(threshold: 0.5, concavity: 3), MCP(threshold: 1, concavity: 0.3), MCP(threshold: 0, concavity: 1),
        SCAD(threshold: 0.5, concavity: 3.7), SCAD(threshold: 1, concavity: 2.1), LogSum(epsilon: 0.5),
        LogSum(epsilon: 0.05), LogSum(epsilon: 10), LHalf(), 0.2 * LHalf(), LogCosh(), Nonnegative(),
        Box(-0.5...0.75), Box(-1...1), Box(0.25...2), Box(0 ... .infinity), Box(0...0),
        Huber(delta: 0.3) + 0.5 * SquaredL2(), L0() + SquaredL2(),
    ]

    static let groupwise: [any Regularizer] = groups.flatMap { groups in
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

    static let constrained: [any Regularizer] =
        groups.flatMap { groups -> [any Regularizer] in
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

    static let matrices: [any Regularizer] = [
        NuclearNorm(), SpectralNorm(), Orthogonality(), SRIP(), MutualCoherence(), Stiefel(),
        0.5 * NuclearNorm() + 0.25 * SquaredL2(), 0.01 * SRIP() + MutualCoherence(),
    ]

    @Test(arguments: alone.indices)
    func aloneBreakNone(index: Int) { expectNoViolation(of: Self.alone[index]) }

    @Test(arguments: groupLassos.indices)
    func groupLassoBreaksNone(index: Int) { expectNoViolation(of: Self.groupLassos[index]) }

    @Test(arguments: composed.indices)
    func compositionsBreakNone(index: Int) { expectNoViolation(of: Self.composed[index]) }

    @Test(arguments: elementwise.indices)
    func elementwiseBreakNone(index: Int) { expectNoViolation(of: Self.elementwise[index], seeds: 0..<2) }

    @Test(arguments: groupwise.indices)
    func groupwiseBreakNone(index: Int) { expectNoViolation(of: Self.groupwise[index]) }

    @Test(arguments: sized.indices)
    func sizedBreakNone(index: Int) { expectNoViolation(of: Self.sized[index], seeds: 0..<2) }

    @Test(arguments: constrained.indices)
    func functionsOfGroupsBreakNone(index: Int) {
        expectNoViolation(of: Self.constrained[index], seeds: 0..<2)
    }

    @Test(arguments: matrices.indices)
    func matricesBreakNone(index: Int) { expectNoViolation(of: Self.matrices[index], seeds: 1..<2) }

    @Test("Functions of matrices on larger shapes", arguments: 0..<6)
    func largerShapes(index: Int) {
        expectNoViolation(of: Self.matrices[index], shapes: [[9, 5], [5, 2, 4]])
    }

    @Test("A rank", arguments: 1...2)
    func rank(rank: Int) { expectNoViolation(of: RankBall(rank: rank), seeds: 0..<3) }

    @Test("A projection onto a rank that is one in a hundred too short is caught")
    func wrongRank() {
        let violations = RegularizerLaws.violations(of: ShrinksTheRank())
        #expect(violations.contains { $0.law == .proximalPointIsMinimal }, "\(violations)")
    }

    @Test("A function whose plateau ends at a norm that is rotated")
    func plateau() { expectNoViolation(of: GroupDeadZone()) }

    @Test("A sum that is refused is not applied, and its value and gradient are checked")
    func refusedSum() {
        let sum = GroupLasso(.rows) + GroupLasso(.columns)
        #expect(sum.refusal != nil)
        expectNoViolation(of: sum)
    }

    @Test("Another seed, other weights, the same verdict", arguments: [1, 2, 3] as [UInt64])
    func otherSeeds(seed: UInt64) {
        expectNoViolation(of: 0.3 * L1() + GroupLasso(.columns) + SquaredL2(), seeds: seed..<seed + 1)
    }

    @Test(
        "Float32 cannot hold the minimizer of the square of a sum of large weights",
        arguments: [0, 1, 2] as [UInt64])
    func cancellation(seed: UInt64) { expectNoViolation(of: SquaredSum(), seeds: seed..<seed + 1) }
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

/// max(‖w_g‖ − 1, 0), which is 0 up to a norm that is tried.
private struct GroupDeadZone: ProximalGroupwiseRegularizer {
    let groups = Groups.rows
    var properties: CompositionProperties { .convex }
    func value(atNorm norm: Double, of group: Group) -> Double { norm <= 1 ? 0 : norm - 1 }
    func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double {
        norm <= 1 ? norm : norm <= 1 + scale ? 1 : norm - scale
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
