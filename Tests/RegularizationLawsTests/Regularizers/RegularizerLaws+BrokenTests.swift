import Regularization
import RegularizationLaws
import Testing

@Suite("A broken regularizer is caught by the law that it breaks")
struct RegularizerLawsBrokenTests {
    @Test(arguments: brokenRegularizers)
    func isCaught(broken: BrokenRegularizer) {
        let found = RegularizerLaws.violations(of: broken.subject)
        #expect(found.contains { $0.law == broken.law }, "\(broken): \(Set(found.map(\.law)))")
    }

    @Test("Every law has a regularizer that breaks it")
    func everyLawIsBroken() {
        #expect(Set(brokenRegularizers.map(\.law)) == Set(RegularizerLaw.allCases))
    }

    @Test("A gradient that is wrong breaks the laws of the gradient and no other")
    func nothingElseIsBlamed() {
        expectViolations(of: twiceTheGradient, are: [.gradientIsDerivative])
        expectViolations(
            of: halfThreshold, are: [.proximalPointIsMinimal, .metricProximalPointIsMinimal])
    }

    @Test("The composition of the sum is right where the hand-written order is wrong")
    func rightOrder() {
        expectNoViolation(of: GroupLasso(.whole) + L1())
    }

    @Test("A violation says what, where, and what was expected and found")
    func description() throws {
        let violation = try #require(RegularizerLaws.violations(of: undefinedOnEmpty, shapes: [[0]]).first)
        #expect(
            violation.description == """
                UndefinedOnEmpty breaks "the value is a number, and gradient and proximal point are finite at \
                finite weights"
                  shape     [0]
                  weights   []
                  seed      0
                  expected  a value at []
                  found     \(violation.found)
                """)
        #expect(violation.found.contains("nan"))
        #expect(violation.regularizer == "UndefinedOnEmpty")
        #expect(violation.expected == "a value at []")
    }

    @Test("Capabilities that a wrapper has only if what it wraps has them are found")
    func conditionalConformance() {
        expectViolations(of: DoublesTheGradient(wrapped: L1()), are: [.gradientIsDerivative])
        expectNoViolation(of: DoublesTheGradient(wrapped: L0()))
    }
}

/// Another regularizer, with a gradient if that has one, which is twice too large.
private struct DoublesTheGradient<Wrapped: Regularizer>: Regularizer {
    let wrapped: Wrapped
    func check(_ shape: Shape) throws { try wrapped.check(shape) }
    func value(at weights: Weights) -> Double { wrapped.value(at: weights) }
}

extension DoublesTheGradient: DifferentiableRegularizer where Wrapped: DifferentiableRegularizer {
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        wrapped.addGradient(at: weights, scale: 2 * scale, to: &gradient)
    }
}
