import Regularization
import Testing

@testable import ReferenceNetwork

struct ActivationTests {
    @Test(
        arguments: [
            (.relu, [0, 0, 0, 0.5, 2]), (.leakyReLU, [-0.02, -0.005, 0, 0.5, 2]),
            (
                .tanh,
                [-0.9640275800758169, -0.46211715726000974, 0, 0.46211715726000974, 0.9640275800758169]
            ),
            (
                .sigmoid,
                [0.11920292202211755, 0.3775406687981454, 0.5, 0.6224593312018546, 0.8807970779778825]
            ),
            (.identity, [-2, -0.5, 0, 0.5, 2]),
        ] as [(Activation, [Double])])
    func values(activation: Activation, expected: [Double]) {
        expectClose(apply(activation, to: [-2, -0.5, 0, 0.5, 2]), expected, within: 1e-7)
    }

    @Test(
        arguments: [
            (.relu, [0, 1e4]), (.leakyReLU, [-100, 1e4]), (.tanh, [-1, 1]), (.sigmoid, [0, 1]),
            (.identity, [-1e4, 1e4]),
        ] as [(Activation, [Float])])
    func limits(activation: Activation, expected: [Float]) {
        #expect(apply(activation, to: [-1e4, 1e4]) == expected)
    }

    @Test(arguments: Activation.allCases)
    func notANumberStays(activation: Activation) {
        #expect(apply(activation, to: [.nan])[0].isNaN)
    }

    /// PyTorch's slopes at the kinks: those of the left side.
    @Test(
        arguments: [
            (.relu, 0), (.leakyReLU, 0.01), (.tanh, 1), (.sigmoid, 0.25), (.identity, 1),
        ] as [(Activation, Float)])
    func slopesAtZero(activation: Activation, slope: Float) {
        #expect(slopes(activation, at: apply(activation, to: [0])) == [slope])
    }

    /// Dropout divides the values that it keeps; the slopes are those of the values before.
    @Test(arguments: Activation.allCases)
    func slopesAreThoseBeforeDropout(activation: Activation) {
        let values = apply(activation, to: [-2, -0.5, 0.5, 2])
        #expect(
            slopes(activation, at: values.map { 2 * $0 }, times: 0.5) == slopes(activation, at: values))
    }

    /// As a layer with one weight of 1 computes it.
    private func apply(_ activation: Activation, to values: [Float]) -> [Float] {
        var result = values
        var span = result.mutableSpan
        MatrixProduct.multiply(
            .aTimesB, rows: values.count, columns: 1, inner: 1, values.span, [1].span, into: &span,
            negativeSlope: activation.negativeSlope)
        activation.curve?.apply(to: &span)
        return result
    }

    private func slopes(_ activation: Activation, at values: [Float], times factor: Float = 1) -> [Float] {
        var slopes = Array(repeating: Float(1), count: values.count)
        var span = slopes.mutableSpan
        let ones = Array(repeating: Float(1), count: values.count)
        MatrixProduct.multiply(
            .aTimesB, rows: values.count, columns: 1, inner: 1, ones.span, [1].span, into: &span,
            negativeSlope: activation.negativeSlope, outputs: values.span)
        activation.curve?.multiplyByDerivative(&span, at: values.span, times: factor)
        return slopes
    }
}
