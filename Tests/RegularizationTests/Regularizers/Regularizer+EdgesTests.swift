import Regularization
import Testing

@Suite("Edge cases of proximal points")
struct RegularizerEdgesTests {
    static let all: [any MetricProximalRegularizer] = [
        L1(), SquaredL2(), GroupLasso(.whole), NormAndSquare(groups: .whole), L1() + SquaredL2(),
        L1() + GroupLasso(.whole), 0.5 * (GroupLasso(.whole) + 2 * SquaredL2()),
    ]

    @Test("Zeros stay zero, and positive, on every shape", arguments: all.indices)
    func zeros(index: Int) {
        for shape in [[], [1], [4], [1, 1], [1, 3], [3, 1], [0], [0, 3], [3, 0]] as [Shape] {
            let tensor = Tensor(shape, [Float](repeating: 0, count: shape.count))
            for found in proximalPoints(Self.all[index], of: tensor) {
                #expect(found == tensor.values, "\(Self.all[index].name), shape \(shape)")
                #expect(
                    found.allSatisfy { $0.sign == .plus }, "\(Self.all[index].name), shape \(shape): \(found)"
                )
            }
        }
    }

    @Test("Numbers from denormal to 1e30 give finite results that are no larger", arguments: all.indices)
    func magnitudes(index: Int) {
        for size in [.leastNonzeroMagnitude, 0x1p-140, 1e-30, 1, 1e30] as [Float] {
            let tensor = Tensor(vector: size, -size, size / 2)
            for found in proximalPoints(Self.all[index], of: tensor) {
                #expect(zip(found, tensor.values).allSatisfy { abs($0) <= abs($1) }, "\(size): \(found)")
            }
            #expect(tensor.value(Self.all[index]).isFinite, "\(Self.all[index].name), size \(size)")
        }
    }

    @Test("NaN stays NaN and does not become 0", arguments: all.indices)
    func notANumber(index: Int) {
        let tensor = Tensor(vector: 1, .nan, -1)
        #expect(tensor.value(Self.all[index]).isNaN)
        for found in proximalPoints(Self.all[index], of: tensor) {
            #expect(found[1].isNaN, "\(Self.all[index].name)")
        }
    }

    @Test("Infinity stays infinite", arguments: all.indices)
    func infinity(index: Int) {
        for weight in [Float.infinity, -.infinity] {
            let tensor = Tensor(vector: 1, weight, -1)
            #expect(tensor.value(Self.all[index]) == .infinity, "\(Self.all[index].name), weight \(weight)")
            for found in proximalPoints(Self.all[index], of: tensor) {
                #expect(found[1] == weight, "\(Self.all[index].name): \(found)")
            }
        }
    }

    @Test(
        "A zero that is made is +0",
        arguments: [L1(), GroupLasso(.whole), L1() + GroupLasso(.whole)] as [any MetricProximalRegularizer])
    func positiveZero(regularizer: any MetricProximalRegularizer) {
        for found in proximalPoints(regularizer, of: Tensor(vector: -0.1, 0.1, -.leastNonzeroMagnitude)) {
            #expect(found == [0, 0, 0])
            #expect(found.allSatisfy { $0.sign == .plus }, "\(found)")
        }
    }

    private func proximalPoints(_ regularizer: any MetricProximalRegularizer, of tensor: Tensor) -> [[Float]]
    {
        let sizes = tensor.values.indices.map { Float($0 + 1) }
        return [
            tensor.proximalPoint(regularizer, scale: 1), tensor.proximalPoint(regularizer, stepSizes: sizes),
        ]
    }
}
