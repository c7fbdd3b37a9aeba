import Regularization
import Testing

/// What is the same for all constraints by group, and for functions of groups.
@Suite("Edge cases of constraints and functions of groups")
struct ConstraintEdgesTests {
    static let constraints: [any MetricProximalRegularizer] = [.rows, .columns, .whole].flatMap {
        (groups: Groups) -> [any MetricProximalRegularizer] in
        [0.02, 1, 1e20].flatMap { (size: Double) -> [any MetricProximalRegularizer] in
            [
                L1Ball(groups, radius: size), Simplex(groups, total: size), L2Ball(groups, radius: size),
                L2Sphere(groups, radius: size), L0Ball(groups, count: 2), GroupL0Ball(groups, count: 2),
            ]
        }
    }
    static let functions: [any MetricProximalRegularizer] = [
        GroupLInfinity(.rows), GroupLInfinity(.columns), TotalVariation(along: .rows),
        TotalVariation(along: .columns),
    ]

    private static func counts(_ constraint: any Regularizer) -> Bool {
        constraint is L0Ball || constraint is GroupL0Ball
    }

    static let shapes: [Shape] = [[3, 4], [4, 2], [1, 5], [5, 1], [1, 1], [0, 3], [3, 0]]

    /// Tensors of every magnitude, with zeros and equal elements.
    private func tensors(_ shape: Shape) -> [Tensor] {
        var tensors: [Tensor] = []
        for size in [.leastNonzeroMagnitude, 1e-38, 1e-30, 1e-3, 1, 1e10, 1e30, .greatestFiniteMagnitude]
            as [Float]
        {
            for pattern in [[1, -0.5, 0.25, 1, -1, 0.125, 0], [1, 1e-20, -1], [0, 0, 0, -1]] as [[Float]] {
                tensors.append(
                    Tensor(shape, (0..<shape.count).map { size * pattern[$0 % pattern.count] }))
            }
        }
        tensors.append(Tensor(shape, [Float](repeating: 0, count: shape.count)))
        return tensors
    }

    private func points(_ regularizer: any MetricProximalRegularizer, of tensor: Tensor) -> [[Float]] {
        let sizes: [[Float]] = [
            [1, 2, 3], [0], [0, 1, 0.5], [1e30, 1e-30, 1e-3, 0], [.leastNonzeroMagnitude, 1e-40, 0],
            [.infinity, 1, 0],
        ]
        return [0, 1e-30, 1, 1e30, .infinity].map { tensor.proximalPoint(regularizer, scale: $0) }
            + sizes.map { sizes in
                let cycled = tensor.values.indices.map { sizes[$0 % sizes.count] }
                return tensor.proximalPoint(regularizer, stepSizes: cycled)
            }
    }

    @Test(
        "A projection satisfies the constraint, and stays when it is projected",
        arguments: constraints.indices)
    func feasible(index: Int) {
        let constraint = Self.constraints[index]
        for shape in Self.shapes {
            for tensor in tensors(shape) {
                for point in points(constraint, of: tensor) {
                    let projected = Tensor(shape, point)
                    let comment: Comment = "\(constraint.name), \(tensor.values): \(point)"
                    #expect(projected.value(constraint) == 0, comment)
                    #expect(zerosArePositive(point, madeFrom: tensor.values), comment)
                    #expect(projected.proximalPoint(constraint, scale: 1) == point, comment)
                    let sizes = point.indices.map { Float($0 % 4) }
                    #expect(projected.proximalPoint(constraint, stepSizes: sizes) == point, comment)
                }
            }
        }
    }

    @Test("A point stays finite and no larger in magnitude than the largest", arguments: functions.indices)
    func bounded(index: Int) {
        for shape in Self.shapes {
            for tensor in tensors(shape) {
                let largest = tensor.values.reduce(0) { max($0, abs($1)) }
                for point in points(Self.functions[index], of: tensor) {
                    let comment: Comment = "\(Self.functions[index].name), \(tensor.values): \(point)"
                    #expect(point.allSatisfy { abs($0) <= largest }, comment)
                    #expect(zerosArePositive(point, madeFrom: tensor.values), comment)
                    let (before, after) = (
                        tensor.value(Self.functions[index]),
                        Tensor(shape, point).value(Self.functions[index])
                    )
                    #expect(before.isFinite && after <= before, comment)
                }
            }
        }
    }

    @Test("An infinite element stays infinite or becomes NaN, and no row or column beside it changes")
    func infinity() {
        for constraint in Self.constraints {
            for shape in [[3, 4], [1, 5], [5, 1]] as [Shape] {
                for values in [[.infinity, 1, -2, 0.5], [-.infinity, .infinity, 3]] as [[Float]] {
                    let tensor = Tensor(shape, (0..<shape.count).map { values[$0 % values.count] })
                    #expect(!tensor.value(constraint).isFinite, "\(constraint.name), \(tensor.values)")
                    for point in points(constraint, of: tensor) {
                        let areKept = zip(tensor.values, point).allSatisfy { $0.isFinite || !$1.isFinite }
                        #expect(areKept, "\(constraint.name), \(tensor.values): \(point)")
                    }
                }
            }
        }
    }

    @Test("NaN makes its row NaN and no other", arguments: constraints.indices)
    func notANumber(index: Int) {
        let constraint = Self.constraints[index]
        guard constraint.name.contains("rows"), !Self.counts(constraint) else { return }
        let tensor = Tensor([2, 3], [1, .nan, -.infinity, 4, 5, 6])
        #expect(tensor.value(constraint).isNaN)
        for point in points(constraint, of: tensor) {
            #expect(point.map { $0.isNaN } == [true, true, true, false, false, false], "\(point)")
        }
    }

    @Test("Radii, totals, counts and weights that make no sense trap")
    func traps() async {
        await #expect(processExitsWith: .failure) { _ = L1Ball(radius: -1) }
        await #expect(processExitsWith: .failure) { _ = L2Ball(.rows, radius: .nan) }
        await #expect(processExitsWith: .failure) { _ = L2Sphere(.rows, radius: 0) }
        await #expect(processExitsWith: .failure) { _ = Simplex(total: .infinity) }
        await #expect(processExitsWith: .failure) { _ = L0Ball(count: -1) }
        await #expect(processExitsWith: .failure) { _ = SortedL1(factors: [1, 2]) }
        await #expect(processExitsWith: .failure) { _ = SortedL1(factors: [1, -1]) }
        await #expect(processExitsWith: .success) {
            _ = (
                L1Ball(radius: 0), L2Ball(.rows, radius: 3.4e38), L0Ball(count: 0),
                SortedL1(factors: [1, 1, 0])
            )
        }
    }

    @Test("A large tensor, on several threads, is the same as its rows alone")
    func threads() {
        let shape: Shape = [260, 512]
        var generator = SeededGenerator(seed: 5)
        let tensor = Tensor(shape, (0..<shape.count).map { _ in generator.nextUnitFloat() - 0.25 })
        let sizes = (0..<shape.count).map { _ in 0.5 + generator.nextUnitFloat() }
        func expect(_ regularizer: any MetricProximalRegularizer) {
            let found = tensor.proximalPoint(regularizer, stepSizes: sizes)
            for row in [0, 130, 259] {
                let range = row * 512..<(row + 1) * 512
                let alone = Tensor([1, 512], Array(tensor.values[range]))
                    .proximalPoint(regularizer, stepSizes: Array(sizes[range]))
                #expect(Array(found[range]) == alone, "\(regularizer.name)")
                #expect(alone != Array(tensor.values[range]), "row \(row)")
            }
        }
        expect(L1Ball(.rows, radius: 3))
        expect(L0Ball(.rows, count: 100))
        expect(TotalVariation(along: .rows))
    }

    @Test("Elements in no index set stay")
    func partialSets() {
        let sets = Groups.indexSets([[0, 2], [], [4]])
        let tensor = Tensor(vector: 3, 7, -4, 8, 2)
        func expect(_ regularizer: any MetricProximalRegularizer, _ expected: [Float]) {
            #expect(tensor.proximalPoint(regularizer, scale: 1) == expected)
            #expect(tensor.proximalPoint(regularizer, stepSizes: [1, 1, 1, 1, 1]) == expected)
        }
        expect(GroupLInfinity(sets), [3, 7, -3, 8, 1])
        expect(L1Ball(sets, radius: 1), [0, 7, -1, 8, 1])
        expect(Simplex(sets), [1, 7, 0, 8, 1])
        expect(L2Ball(sets, radius: 2.5), [1.5, 7, -2, 8, 2])
        expect(L2Sphere(sets, radius: 2.5), [1.5, 7, -2, 8, 2.5])
        expect(L0Ball(sets, count: 1), [0, 7, -4, 8, 2])
        expect(GroupL0Ball(sets, count: 1), [3, 7, -4, 8, 0])
    }
}
