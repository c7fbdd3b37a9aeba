import Foundation
import Regularization
import Testing

/// The default proximal point in a metric for a function of the norm that is not convex.
struct NonConvexGroupTests {
    /// Σ (pᵢ − zᵢ)²/(2tᵢ) + φ(‖p‖) of one row.
    private func objective(_ p: [Double], _ z: [Float], _ t: [Float], _ penalty: GroupMCP) -> Double {
        let distance = p.indices.reduce(0) { sum, index in
            let difference = p[index] - Double(z[index])
            return sum + difference * difference / (2 * Double(t[index]))
        }
        let norm = p.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return distance + penalty.value(atNorm: norm, of: Groups.whole.group(0, in: [1, p.count]))
    }

    /// The lowest objective on a fine grid of points between 0 and z.
    private func lowestOnGrid(_ z: [Float], _ t: [Float], _ penalty: GroupMCP) -> Double {
        var lowest = Double.infinity
        for i in 0...60 {
            for j in 0...60 {
                let point = [Double(z[0]) * Double(i) / 60, Double(z[1]) * Double(j) / 60]
                lowest = min(lowest, objective(point, z, t, penalty))
            }
        }
        return lowest
    }

    private func proximalPoint(_ z: [Float], _ t: [Float], _ penalty: GroupMCP) -> [Double] {
        Tensor([1, z.count], z).proximalPoint(penalty, stepSizes: t, factor: 1).map { Double($0) }
    }

    @Test("No point of a grid is lower", arguments: [0.5, 3.0])
    func beatsTheGrid(concavity: Double) {
        let penalty = GroupMCP(concavity: concavity)
        for z: [Float] in [[3, 3], [0.3, 0.2], [0.006, 0.006], [1, -0.5], [2, 0.1]] {
            for t: [Float] in [[0.01, 0.02], [0.1, 0.3], [0.2, 0.2], [0.4, 0.05], [5, 5], [2, 6]] {
                let found = objective(proximalPoint(z, t, penalty), z, t, penalty)
                #expect(found <= lowestOnGrid(z, t, penalty) + 1e-6, "z \(z), t \(t)")
            }
        }
    }

    @Test("With equal scales it is the Euclidean proximal point", arguments: [0.5, 3.0])
    func equalScales(concavity: Double) {
        let penalty = GroupMCP(concavity: concavity)
        for (z, t) in [([3, 3], 5), ([0.006, 0.006], 0.01), ([0.3, 0.2], 0.1)] as [([Float], Float)] {
            let tensor = Tensor([1, 2], z)
            let metric = tensor.proximalPoint(penalty, stepSizes: [t, t], factor: 1)
            #expect(agree(metric, tensor.proximalPoint(penalty, scale: t).map { Double($0) }, ofInput: z))
        }
    }
}
