import Regularization
import RegularizationLaws
import Testing

@Suite("GroupwiseRegularizer")
struct GroupwiseRegularizerTests {
    @Test("The default metric prox of φ(r) = ωr is GroupLasso's", arguments: GroupLassoTests.stepSizes)
    func equalsNewton(stepSizes: [Float]) {
        let tensor = Tensor([3, 2], GroupLassoTests.weights)
        for factor in [0.01, 0.05, 0.5, 2, 8] as [Float] {
            let expected = tensor.proximalPoint(
                GroupLasso(.columns), stepSizes: stepSizes, factor: factor)
            let found = tensor.proximalPoint(
                NormByDefault(groups: .columns, weight: 3.0.squareRoot()), stepSizes: stepSizes,
                factor: factor)
            expectClose(
                found, expected.map { Double($0) }, relative: 1e-6, ofInput: expected, "factor \(factor)")
            #expect(found.map { $0 == 0 } == expected.map { $0 == 0 }, "factor \(factor)")
        }
    }

    @Test(
        "Weights and scales multiplied by any power of two multiply the point", arguments: [-60, -40, 40, 60])
    func homogeneity(exponent: Int) {
        let power = Float(sign: .plus, exponent: exponent, significand: 1)
        let regularizer = ConvexNormByDefault(groups: .whole, weight: 0.75)
        let (weights, sizes) = ([1, -0.5, 0.25] as [Float], [0.5, 0.125, 0] as [Float])
        let expected = Tensor([3], weights).proximalPoint(regularizer, stepSizes: sizes, factor: 1)
        let found = Tensor([3], weights.map { power * $0 }).proximalPoint(
            regularizer, stepSizes: sizes.map { power * $0 }, factor: 1)
        expectClose(found, expected.map { Double(power * $0) }, relative: 1e-6, ofInput: found)
        #expect(expected[0] < 0.9 && expected[0] > 0.1)
    }

    @Test("φ(r) = r + r²/2 is the minimizer by coordinates", arguments: GroupLassoTests.stepSizes)
    func anotherFunction(stepSizes: [Float]) {
        let tensor = Tensor([2, 3], GroupLassoTests.weights)
        for factor in [0.05, 0.5, 4] as [Float] {
            let expected = ProximalProblem(tensor.values, scales: stepSizes.map { factor * $0 }) { point in
                norm(point) + norm(point) * norm(point) / 2
            }.convexMinimizer(byGroup: [[0, 1, 2], [3, 4, 5]])
            let found = tensor.proximalPoint(
                NormAndSquare(groups: .rows), stepSizes: stepSizes, factor: factor)
            expectClose(found, expected, ofInput: tensor.values, "factor \(factor)")
        }
    }

    @Test("A regularizer of one's own breaks no law")
    func laws() {
        #expect(RegularizerLaws.violations(of: NormAndSquare(groups: .rows)).isEmpty)
        #expect(RegularizerLaws.violations(of: NormByDefault(groups: .whole, weight: 0.7)).isEmpty)
        #expect(RegularizerLaws.violations(of: Unstated()).isEmpty)
    }
}
