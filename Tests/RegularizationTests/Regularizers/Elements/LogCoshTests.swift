import Foundation
import Regularization
import Testing

@Suite("LogCosh")
struct LogCoshTests {
    @Test("Values and gradients are PyTorch's")
    func values() throws {
        try expectValuesAndGradients("torch_logcosh", LogCosh())
    }

    @Test("The value keeps its digits at small weights and does not overflow at large ones")
    func extremeValues() {
        for weight in [1e-30, 1e-10, 1e-3] as [Float] {
            let half = Double(weight) * Double(weight) / 2
            #expect(abs(LogCosh().value(at: weight) - half) <= 1e-6 * half, "weight \(weight)")
        }
        for weight in [0.999, 1, 1.001] as [Float] {
            expectClose(
                LogCosh().value(at: weight), log(cosh(Double(weight))), within: 1e-15, "weight \(weight)")
        }
        expectClose(LogCosh().value(at: -1000), 1000 - log(2), within: 1e-12)
        #expect(LogCosh().value(at: 3e38) == Double(Float(3e38)))
        #expect(LogCosh().derivative(at: -3e38) == -1)
    }

    @Test("Proximal points are the minimizers")
    func metric() {
        expectScalarMinimizers(
            LogCosh(), weights: scalarWeights + [30, -80], scales: [0.01, 0.3, 1, 2.5, 10, 60, 100]
        ) { size in size + log1p(exp(-2 * size)) }
    }

    @Test("At huge scales it solves p = 2t/(e²ᵖ + 1) where the weight equals the scale")
    func hugeScales() {
        for scale in [1e4, 1e8, 1e20, 1e30] as [Float] {
            let point = Double(LogCosh().proximalPoint(of: scale, scale: scale))
            #expect(
                abs(point - 2 * Double(scale) / (exp(2 * point) + 1)) <= 1e-5 * point, "\(scale): \(point)")
        }
        #expect(LogCosh().proximalPoint(of: 3e8, scale: 1e8) == 2e8)
        #expect(LogCosh().proximalPoint(of: 1e-20, scale: 1) == 0.5e-20)
    }
}
