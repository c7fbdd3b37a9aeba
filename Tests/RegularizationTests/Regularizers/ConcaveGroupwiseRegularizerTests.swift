import Foundation
import Regularization
import Testing

/// GroupMCP by the default metric prox of `ProximalGroupwiseRegularizer`.
private struct MCPByDefault: ProximalGroupwiseRegularizer {
    let penalty: GroupMCP
    var groups: Groups { penalty.groups }

    func value(atNorm norm: Double, of group: Group) -> Double { penalty.value(atNorm: norm, of: group) }

    func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double {
        penalty.proximalNorm(of: norm, scale: scale, in: group)
    }
}

/// A face of groups that is not built in.
private struct GroupLogSum: ConcaveGroupwiseRegularizer {
    let groups: Groups
    let elementwise: LogSum
    init(_ groups: Groups, _ elementwise: LogSum) { (self.groups, self.elementwise) = (groups, elementwise) }
}

/// Proximal points in a metric of functions of the norm that are not convex.
struct ConcaveGroupwiseRegularizerTests {
    static let builtIn: [any ProximalGroupwiseRegularizer] = [
        GroupMCP(.rows, threshold: 1, concavity: 0.5), GroupMCP(.rows, threshold: 1, concavity: 3),
        GroupMCP(.rows, threshold: 0.3, concavity: 1), GroupSCAD(.rows, threshold: 1, concavity: 2.1),
        GroupSCAD(.rows, threshold: 0.4, concavity: 3.7),
    ]
    static let concave: [any ProximalGroupwiseRegularizer] =
        builtIn + [0.1, 1].map { GroupLogSum(.rows, LogSum(epsilon: $0)) }
    static let all: [any ProximalGroupwiseRegularizer] =
        concave + [0.5, 3].map { MCPByDefault(penalty: GroupMCP(.rows, threshold: 1, concavity: $0)) }

    /// The problem of one row.
    private func problem(
        _ z: [Float], _ t: [Float], _ penalty: any ProximalGroupwiseRegularizer
    ) -> ProximalProblem {
        let row = Groups.whole.group(0, in: [1, z.count])
        return ProximalProblem(z, scales: t) { penalty.value(atNorm: norm($0), of: row) }
    }

    private func proximalPoint(
        _ z: [Float], _ t: [Float], _ penalty: any ProximalGroupwiseRegularizer
    ) -> [Float] {
        Tensor([1, z.count], z).proximalPoint(penalty, stepSizes: t, factor: 1)
    }

    @Test("No point of a grid is lower", arguments: all.indices)
    func beatsTheGrid(index: Int) {
        let penalty = Self.all[index]
        for z: [Float] in [[3, 3], [0.3, 0.2], [0.006, 0.006], [1, -0.5], [2, 0.1]] {
            for t: [Float] in [[0.01, 0.02], [0.1, 0.3], [0.2, 0.2], [0.4, 0.05], [5, 5], [2, 6]] {
                let problem = problem(z, t, penalty)
                problem.expect(
                    proximalPoint(z, t, penalty),
                    isAsLowAs: problem.lowestObjective(at: problem.grid(steps: 30)), absolute: 1e-6,
                    of: penalty.name)
            }
        }
    }

    @Test("Nor where scales are beyond the convex range in part, or 0", arguments: concave.indices)
    func mixedScales(index: Int) {
        let penalty = Self.concave[index]
        for z: [Float] in [[0.5, 2, -0.3], [0.1, 0.2, 3], [1, 1, 1], [0.02, 5, 0.4]] {
            for t: [Float] in [
                [1e-6, 100, 0.2], [100, 1e-6, 4], [0.5, 8, 1e5], [0, 50, 2], [1e-3, 0, 30], [0, 0, 1e6],
                [3, 1.5, 0.7],
            ] {
                let point = proximalPoint(z, t, penalty)
                for axis in t.indices where t[axis] == 0 {
                    #expect(point[axis] == z[axis], "\(penalty.name) of \(z) at scales \(t): \(point)")
                }
                let problem = problem(z, t, penalty)
                problem.expect(
                    point, isAsLowAs: problem.lowestObjective(at: problem.grid(steps: 12)), absolute: 1e-6,
                    of: penalty.name)
            }
        }
    }

    @Test("Nor with scales over ten decades, as Adam has them", arguments: concave.indices)
    func manyScales(index: Int) {
        let penalty = Self.concave[index]
        var generator = SeededGenerator(seed: 4)
        for trial in 0..<20 {
            let count = 2 + trial % 5
            let z = (0..<count).map { _ in Float(1 + trial % 3) * (2 * generator.nextUnitFloat() - 1) }
            let t = (0..<count).map { _ in Float(pow(10, Double(8 * generator.nextUnitFloat() - 4))) }
            let problem = problem(z, t, penalty)
            let random = (0..<200).map { _ in z.map { Double($0 * generator.nextUnitFloat()) } }
            problem.expect(
                proximalPoint(z, t, penalty),
                isAsLowAs: problem.lowestObjective(at: random + problem.shrunkenPoints), relative: 1e-6,
                of: penalty.name)
        }
    }

    @Test("With equal scales, or nearly so, it is the Euclidean proximal point", arguments: all.indices)
    func equalScales(index: Int) {
        let penalty = Self.all[index]
        for (z, t) in [([3, 3], 5), ([0.006, 0.006], 0.01), ([0.3, 0.2], 0.1)] as [([Float], Float)] {
            let tensor = Tensor([1, 2], z)
            let expected = tensor.proximalPoint(penalty, scale: t).map { Double($0) }
            for other in [t, t.nextUp] {
                let metric = tensor.proximalPoint(penalty, stepSizes: [t, other], factor: 1)
                expectClose(metric, expected, ofInput: z, "\(Self.all[index].name), z \(z), t \(t)")
            }
        }
    }

    @Test("Tiny, huge and missing numbers", arguments: builtIn.indices)
    func extremes(index: Int) {
        let penalty = Self.builtIn[index]
        let sizes: [Float] = [1, 0.1, 30, 2, 1e8, 0.25]
        for size in [0, .leastNonzeroMagnitude, 1e-30, 1e30, 3e38] as [Float] {
            let tensor = Tensor([2, 3], [size, -size, size / 2, 0, 0, -size])
            for found in [
                tensor.proximalPoint(penalty, scale: 2), tensor.proximalPoint(penalty, stepSizes: sizes),
            ] {
                #expect(
                    found == (size < 1 ? [0, 0, 0, 0, 0, 0] : tensor.values),
                    "\(Self.builtIn[index].name), size \(size)")
                #expect(
                    zerosArePositive(found, madeFrom: tensor.values),
                    "\(Self.builtIn[index].name), size \(size)")
            }
        }
        let broken = Tensor([2, 3], [1, .nan, 2, -.infinity, 1, 0])
        #expect(broken.value(penalty).isNaN)
        for found in [
            broken.proximalPoint(penalty, scale: 2), broken.proximalPoint(penalty, stepSizes: sizes),
        ] {
            #expect(found[..<3].allSatisfy { $0.isNaN }, "\(found[..<3])")
            #expect(found[3...] == [-.infinity, 1, 0])
        }
        for shape in [[0, 3], [3, 0], [1, 1]] as [Shape] {
            let tensor = Tensor(shape, [Float](repeating: 0, count: shape.count))
            #expect(tensor.value(penalty) == 0, "\(Self.builtIn[index].name), shape \(shape)")
            #expect(
                tensor.proximalPoint(penalty, stepSizes: tensor.values) == tensor.values,
                "\(Self.builtIn[index].name), shape \(shape)")
        }
    }
}
