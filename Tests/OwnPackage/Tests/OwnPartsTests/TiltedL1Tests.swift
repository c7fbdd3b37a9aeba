import OwnParts
import Regularization
import RegularizationLaws
import Testing

struct TiltedL1Tests {
    @Test(arguments: [TiltedL1(), TiltedL1(rise: 2, fall: 0.5), TiltedL1(rise: 0, fall: 3)])
    func obeysEveryLaw(regularizer: TiltedL1) {
        #expect(RegularizerLaws.violations(of: regularizer).isEmpty)
    }

    @Test func composesWithBuiltInsInEitherMetric() {
        let sum = TiltedL1(rise: 2, fall: 0.5) + 0.5 * GroupLasso(.columns)
        #expect(sum.refusal == nil)
        #expect(sum.metricRefusal == nil)
        #expect(RegularizerLaws.violations(of: sum).isEmpty)
    }

    @Test func equalFactorsAreL1() {
        for weight in [-2, -0.3, -0.0, 0, 0.1, 0.5, 7] as [Float] {
            let (tilted, l1) = (TiltedL1(), L1())
            #expect(tilted.value(at: weight) == l1.value(at: weight))
            #expect(tilted.derivative(at: weight) == l1.derivative(at: weight))
            #expect(
                tilted.proximalPoint(of: weight, scale: 0.3) == l1.proximalPoint(of: weight, scale: 0.3))
        }
    }
}
