import Regularization
import Testing

@Suite("Views of several tensors")
struct CoupledWeightsTests {
    @Test func reading() {
        let elements: [Float] = [1, 2, 3, 4, 5, 6, 7]
        let weights = CoupledWeights(shapes: [[2, 2], [0], [3]], elements.span)
        #expect(weights.count == 3)
        #expect(weights.shape(of: 2) == [3])
        #expect(weights[0][row: 1, column: 0] == 3)
        #expect(weights[1].count == 0)
        #expect(weights[2, 2] == 7)
    }

    @Test func writing() {
        var elements: [Float] = [1, 2, 3, 4, 5]
        var weights = MutableCoupledWeights(shapes: [[2], [3]], elements.mutableSpan)
        weights[1, 0] = 30
        let count = weights.withTensor(1) { tensor in
            tensor[2] = 50
            return tensor.count
        }
        #expect(count == 3)
        #expect(weights.weights[0, 1] == 2)
        #expect(elements == [1, 2, 30, 4, 50])
    }

    @Test func scales() {
        let sizes: [Float] = [1, 2, 4]
        let scales = CoupledScales(shapes: [[1], [2]], sizes.span, factor: 0.5)
        #expect(scales[1, 1] == 2)
        #expect(scales[1][0] == 1)
    }
}
