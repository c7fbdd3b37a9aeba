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

    /// Σ (pᵢ − zᵢ)²/(2tᵢ) + φ(‖p‖) of one row.
    private func objective(
        _ p: [Double], _ z: [Float], _ t: [Float], _ penalty: any ProximalGroupwiseRegularizer
    ) -> Double {
        let distance = p.indices.reduce(0) { sum, index in
            let difference = p[index] - Double(z[index])
            return difference == 0 ? sum : sum + difference * difference / (2 * Double(t[index]))
        }
        return distance + penalty.value(atNorm: norm(p), of: Groups.whole.group(0, in: [1, p.count]))
    }

    /// The lowest objective on a fine grid of points between 0 and z.
    private func lowestOnGrid(
        _ z: [Float], _ t: [Float], _ penalty: any ProximalGroupwiseRegularizer, steps: Int
    ) -> Double {
        let axes = z.indices.map { axis in
            t[axis] == 0
                ? [Double(z[axis])] : (0...steps).map { Double(z[axis]) * Double($0) / Double(steps) }
        }
        var points: [[Double]] = [[]]
        for axis in axes { points = points.flatMap { point in axis.map { point + [$0] } } }
        return points.reduce(.infinity) { min($0, objective($1, z, t, penalty)) }
    }

    private func proximalPoint(
        _ z: [Float], _ t: [Float], _ penalty: any ProximalGroupwiseRegularizer
    ) -> [Double] {
        Tensor([1, z.count], z).proximalPoint(penalty, stepSizes: t, factor: 1).map { Double($0) }
    }

    @Test("No point of a grid is lower", arguments: all.indices)
    func beatsTheGrid(index: Int) {
        let penalty = Self.all[index]
        for z: [Float] in [[3, 3], [0.3, 0.2], [0.006, 0.006], [1, -0.5], [2, 0.1]] {
            for t: [Float] in [[0.01, 0.02], [0.1, 0.3], [0.2, 0.2], [0.4, 0.05], [5, 5], [2, 6]] {
                let found = objective(proximalPoint(z, t, penalty), z, t, penalty)
                #expect(found <= lowestOnGrid(z, t, penalty, steps: 30) + 1e-6, "z \(z), t \(t)")
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
                for axis in t.indices where t[axis] == 0 { #expect(point[axis] == Double(z[axis])) }
                let found = objective(point, z, t, penalty)
                let lowest = lowestOnGrid(z, t, penalty, steps: 12)
                #expect(found <= lowest + 1e-6, "\(penalty.name) z \(z), t \(t): \(point)")
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
            let found = objective(proximalPoint(z, t, penalty), z, t, penalty)
            let random = (0..<200).map { _ in z.map { Double($0 * generator.nextUnitFloat()) } }
            // The minimizer is zᵢ/(1 + ctᵢ) for some c.
            let along = stride(from: -25.0, to: 25, by: 0.05).map { exponent in
                zip(z, t).map { Double($0) / (1 + Double($1) * exp(exponent)) }
            }
            let lowest = (random + along).reduce(.infinity) { min($0, objective($1, z, t, penalty)) }
            #expect(found <= lowest * (1 + 1e-6), "\(penalty.name) z \(z), t \(t)")
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
                #expect(agree(metric, expected, ofInput: z))
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
                #expect(found == (size < 1 ? [0, 0, 0, 0, 0, 0] : tensor.values))
                #expect(zerosArePositive(found, madeFrom: tensor.values))
            }
        }
        let broken = Tensor([2, 3], [1, .nan, 2, -.infinity, 1, 0])
        #expect(broken.value(penalty).isNaN)
        for found in [
            broken.proximalPoint(penalty, scale: 2), broken.proximalPoint(penalty, stepSizes: sizes),
        ] {
            #expect(found[..<3].allSatisfy { $0.isNaN })
            #expect(found[3...] == [-.infinity, 1, 0])
        }
        for shape in [[0, 3], [3, 0], [1, 1]] as [Shape] {
            let tensor = Tensor(shape, [Float](repeating: 0, count: shape.count))
            #expect(tensor.value(penalty) == 0)
            #expect(tensor.proximalPoint(penalty, stepSizes: tensor.values) == tensor.values)
        }
    }
}
