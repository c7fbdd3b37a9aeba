import Regularization
import Testing

/// What every regularizer that shrinks each weight toward zero keeps at the ends of Float.
@Suite("Edge cases of elementwise proximal points")
struct ElementwiseRegularizerEdgesTests {
    static let all: [any ProximalElementwiseRegularizer] = [
        Huber(delta: 0.5), Huber(delta: 1e-30), L0(), MCP(threshold: 0.5, concavity: 3),
        MCP(threshold: 1e-20, concavity: 1e-3), MCP(threshold: 0, concavity: 1),
        SCAD(threshold: 0.5, concavity: 3.7), SCAD(threshold: 1e20, concavity: 2.5), LogSum(epsilon: 0.5),
        LogSum(epsilon: 1e-20), LHalf(), LogCosh(), Nonnegative(), Box(-1...2),
    ]
    static let scales: [Float] = [
        0, .leastNonzeroMagnitude, 1e-30, 1e-3, 1, 40, 1e8, 1e30, .greatestFiniteMagnitude,
    ]

    @Test("Zeros stay zero, and positive, on every shape", arguments: all.indices)
    func zeros(index: Int) {
        for shape in [[], [4], [1, 1], [1, 3], [3, 1], [0], [0, 3], [3, 0]] as [Shape] {
            let tensor = Tensor(shape, [Float](repeating: 0, count: shape.count))
            #expect(tensor.value(Self.all[index]) == 0, "\(Self.all[index].name), shape \(shape)")
            for scale in Self.scales {
                let found = tensor.proximalPoint(Self.all[index], scale: scale)
                #expect(found == tensor.values, "\(Self.all[index].name), shape \(shape), scale \(scale)")
                #expect(
                    found.allSatisfy { $0.sign == .plus },
                    "\(Self.all[index].name), shape \(shape), scale \(scale)")
            }
        }
    }

    @Test(
        "From the smallest number to the largest a point lies between 0 and the weight",
        arguments: all.indices)
    func magnitudes(index: Int) {
        for size in [.leastNonzeroMagnitude, 0x1p-140, 1e-30, 1, 1e30, .greatestFiniteMagnitude] as [Float] {
            for scale in Self.scales {
                let points = [size, -size].map { Self.all[index].proximalPoint(of: $0, scale: scale) }
                #expect(points[0] >= 0 && points[0] <= size, "\(size) at \(scale): \(points)")
                #expect(points[1] <= 0 && points[1] >= -size, "\(-size) at \(scale): \(points)")
                #expect(points.allSatisfy { $0 != 0 || $0.sign == .plus }, "\(size) at \(scale): \(points)")
            }
            let value = Self.all[index].value(at: size)
            #expect(value >= 0 && (value.isFinite || size > 1), "\(Self.all[index].name), size \(size)")
        }
    }

    @Test("Scale 0 is the identity, to the bit", arguments: all.indices)
    func identity(index: Int) {
        for weight in [.leastNonzeroMagnitude, -1e-30, 0.1, -0.7, 1e30] as [Float] {
            if Self.all[index].value(at: weight) == .infinity { continue }
            #expect(
                Self.all[index].proximalPoint(of: weight, scale: 0) == weight,
                "\(Self.all[index].name), weight \(weight)")
        }
    }

    @Test("NaN stays NaN and does not become 0", arguments: all.indices)
    func notANumber(index: Int) {
        #expect(Self.all[index].value(at: Float.nan).isNaN)
        for scale in Self.scales {
            #expect(
                Self.all[index].proximalPoint(of: .nan, scale: scale).isNaN,
                "\(Self.all[index].name), scale \(scale)")
        }
        if let differentiable = Self.all[index] as? any DifferentiableElementwiseRegularizer {
            #expect(differentiable.derivative(at: .nan).isNaN)
            #expect(differentiable.derivative(at: -0.0) == 0)
        }
    }

    @Test("Infinity stays infinite, but for constraints", arguments: all.indices.dropLast(2))
    func infinity(index: Int) {
        for weight in [Float.infinity, -.infinity] {
            #expect(!Self.all[index].value(at: weight).isNaN, "\(Self.all[index].name), weight \(weight)")
            for scale in Self.scales {
                #expect(
                    Self.all[index].proximalPoint(of: weight, scale: scale) == weight,
                    "\(Self.all[index].name), weight \(weight), scale \(scale)")
            }
        }
    }
}
