import Regularization
import Testing

@Suite("GroupL0Ball")
struct GroupL0BallTests {
    private static let groupings: [Groups] = [
        .rows, .columns, .blocks(rows: 1, columns: 2), .whole, .indexSets([[0, 7], [], [2, 1, 6], [4]]),
    ]

    private static func tensor(seed: UInt64) -> Tensor {
        var generator = SeededGenerator(seed: seed)
        return Tensor([4, 4], (0..<16).map { _ in 2 * generator.nextUnitFloat() - 1 })
    }

    private static func elements(of groups: Groups, in shape: Shape) -> [[Int]] {
        (0..<groups.count(in: shape)).map { Array(groups.group($0, in: shape)) }
    }

    @Test("No choice of groups is better, in both metrics", arguments: groupings)
    func projections(groups: Groups) {
        for seed in 0..<20 as Range<UInt64> {
            let tensor = Self.tensor(seed: seed)
            let sizes = Self.tensor(seed: seed + 100).values.map { 1.5 + $0 }
            let elements = Self.elements(of: groups, in: tensor.shape)
            for count in 0...elements.count {
                let ball = GroupL0Ball(groups, count: count)
                for scales in [tensor.values.map { _ in 1 }, sizes] {
                    let found = tensor.proximalPoint(ball, stepSizes: scales)
                    let problem = ProximalProblem(tensor.values, scales: scales)
                    let lowest = problem.lowestObjective(at: problem.points(keeping: count, of: elements))
                    problem.expect(
                        found, isAsLowAs: lowest, relative: 1e-12, of: "\(ball.name), seed \(seed)")
                    #expect(Tensor(tensor.shape, found).value(ball) == 0, "\(ball.name), seed \(seed)")
                }
                #expect(
                    tensor.proximalPoint(ball, scale: 3)
                        == tensor.proximalPoint(ball, stepSizes: tensor.values.map { _ in 1 }),
                    "\(ball.name), seed \(seed)")
            }
        }
    }

    /// With the group lasso first, against its point on every choice of groups.
    @Test(
        "A group lasso before it is exact, with any weights of the groups",
        arguments: [GroupWeighting.none, .squareRootOfSize, .custom([0.1, 1.2, 0, 0.7])])
    func afterGroupLasso(weighting: GroupWeighting) {
        for groups in [Groups.rows, .columns, .indexSets([[0, 7], [5], [2, 1, 6], [4]])] {
            let lasso = GroupLasso(groups, weighting: weighting)
            let elements = Self.elements(of: groups, in: [4, 4])
            for seed in 0..<20 as Range<UInt64> {
                let tensor = Self.tensor(seed: seed)
                let scale = Float(seed % 4 + 1) * 0.2
                let sizes = Self.tensor(seed: seed + 100).values.map { scale * (1.1 + $0) }
                for (count, isDiagonal) in (0...4).flatMap({ [($0, false), ($0, true)] }) {
                    let sum = 1.5 * lasso + GroupL0Ball(groups, count: count)
                    let scales = isDiagonal ? sizes : sizes.map { _ in scale }
                    let found =
                        isDiagonal
                        ? tensor.proximalPoint(sum, stepSizes: scales)
                        : tensor.proximalPoint(sum, scale: scale)
                    let problem = ProximalProblem(tensor.values, scales: scales) {
                        1.5 * Tensor([4, 4], $0.map { Float($0) }).value(lasso)
                    }
                    // Each kept group by itself at its best.
                    let choices = problem.points(keeping: count, of: elements).map { kept in
                        Tensor([4, 4], kept.map { Float($0) }).proximalPoint(1.5 * lasso, stepSizes: scales)
                            .map { Double($0) }
                    }
                    problem.expect(
                        found, isAsLowAs: problem.lowestObjective(at: choices), relative: 1e-5,
                        absolute: 1e-7, of: "\(sum.name), seed \(seed)")
                }
            }
        }
    }

    @Test("L0Ball of each group may come before it, and it before the norm of all")
    func neighbors() {
        let rows = L0Ball(.rows, count: 2) + GroupL0Ball(.rows, count: 1)
        #expect(rows.refusal == nil && rows.metricRefusal == nil)
        let tensor = Tensor([2, 3], [3, 3, 3, 4, 0, 4])
        #expect(tensor.proximalPoint(rows, scale: 1) == [0, 0, 0, 4, 0, 4])
        #expect(tensor.proximalPoint(rows, stepSizes: [1, 1, 1, 2, 1, 2]) == [3, 3, 0, 0, 0, 0])
        #expect((L0Ball(count: 3) + GroupL0Ball(.rows, count: 1)).refusal != nil)
        let whole = GroupL0Ball(.rows, count: 1) + GroupLasso(.whole, weighting: .none)
        #expect(whole.refusal == nil && whole.metricRefusal != nil)
        #expect(Tensor([2, 2], [3, 4, 1, 0]).proximalPoint(whole, scale: 2.5) == [1.5, 2, 0, 0])
        for refused in [GroupLasso(.columns), GroupLasso(.blocks(rows: 2, columns: 1))] {
            #expect((refused + GroupL0Ball(.rows, count: 1)).refusal != nil, "refused \(refused)")
        }
    }

    @Test("Of equal groups the first stay, and groups of zeros come last")
    func ties() {
        let tensor = Tensor([4, 2], [0, 0, 3, 4, -5, 0, 0, 5])
        #expect(tensor.proximalPoint(GroupL0Ball(.rows, count: 1), scale: 1) == [0, 0, 3, 4, 0, 0, 0, 0])
        #expect(tensor.proximalPoint(GroupL0Ball(.rows, count: 2), scale: 1) == [0, 0, 3, 4, -5, 0, 0, 0])
        #expect(tensor.proximalPoint(GroupL0Ball(.rows, count: 3), scale: 1) == tensor.values)
        #expect(tensor.value(GroupL0Ball(.rows, count: 3)) == 0)
        #expect(tensor.value(GroupL0Ball(.rows, count: 2)) == .infinity)
        #expect(Tensor([0, 3], []).value(GroupL0Ball(.rows, count: 0)) == 0)
        #expect(Tensor([0, 3], []).proximalPoint(GroupL0Ball(.rows, count: 0), scale: 1) == [])
        #expect(Tensor([3, 0], []).value(GroupL0Ball(.rows, count: 0)) == 0)
    }

    @Test("Groups that cannot move come first, by their squares that cannot")
    func zeroScales() {
        let tensor = Tensor([3, 2], [0.1, 9, -0.3, 1, 5, 5])
        let sizes: [Float] = [0, 1, 0, 1, 1, 1]
        func point(_ count: Int) -> [Float] {
            tensor.proximalPoint(GroupL0Ball(.rows, count: count), stepSizes: sizes)
        }
        #expect(point(1) == [0, 0, -0.3, 1, 0, 0])
        #expect(point(2) == [0.1, 9, -0.3, 1, 0, 0])
        #expect(point(3) == tensor.values)
        #expect(
            Tensor([2, 2], [0, 1, 2, 2]).proximalPoint(
                GroupL0Ball(.rows, count: 1), stepSizes: [0, 1, 1, 1]) == [0, 0, 2, 2])
    }

    @Test("NaN stays and counts as the largest; infinity is larger than numbers")
    func notFinite() {
        let ball = GroupL0Ball(.rows, count: 1)
        for sizes in [[1, 1, 1, 1, 1, 1], [0, 1, 1, 0, 1, 1]] as [[Float]] {
            let found = Tensor([3, 2], [.nan, 1, 2, .nan, 3e38, 3e38]).proximalPoint(ball, stepSizes: sizes)
            #expect(found.map(\.isNaN) == [true, false, false, true, false, false], "sizes \(sizes)")
            #expect(found[1] == 1 && found[2] == 2 && found[4] == 0 && found[5] == 0, "sizes \(sizes)")
        }
        #expect(
            Tensor([3, 2], [3e38, 3e38, -.infinity, 0, 1, 1]).proximalPoint(ball, scale: 1)
                == [0, 0, -.infinity, 0, 0, 0])
        #expect(Tensor([2, 1], [1, .nan]).value(GroupL0Ball(.rows, count: 2)).isNaN)
        let tiny = Float.leastNonzeroMagnitude
        #expect(Tensor([2, 1], [tiny, 2 * tiny]).proximalPoint(ball, scale: 1) == [0, 2 * tiny])
    }

    @Test("A negative count traps")
    func trap() async {
        await #expect(processExitsWith: .failure) { _ = GroupL0Ball(.rows, count: -1) }
    }
}
