import Regularization
import RegularizationLaws
import Testing

@Suite("A broken regularizer is caught by the law that it breaks")
struct RegularizerLawsBrokenTests {
    struct Broken: Sendable, CustomTestStringConvertible {
        private let make: @Sendable () -> any Regularizer
        let law: RegularizerLaw

        /// A new one: tests run at the same time and must not share the state of some.
        var regularizer: any Regularizer { make() }
        var testDescription: String { "\(regularizer.name): \(law.rawValue)" }

        init(_ make: @escaping @autoclosure @Sendable () -> any Regularizer, _ law: RegularizerLaw) {
            self.make = make
            self.law = law
        }
    }

    static let broken = [
        Broken(WrongFactorInGradient(), .gradientIsDerivative),
        Broken(SlightlyWrongGradient(), .gradientIsDerivative),
        Broken(WrongSignBelowZero(), .gradientIsDerivative),
        Broken(GradientOfAnotherFunction(), .gradientIsDerivative),
        Broken(NonzeroSubgradientAtZero(), .gradientVanishesAtZero),
        Broken(DividesByZeroNorm(), .isFinite),
        Broken(DividesByZeroMagnitude(), .isFinite),
        Broken(UndefinedAtZero(), .isFinite),
        Broken(UnderflowingSquares(), .isFinite),
        Broken(OverflowingSquares(), .isFinite),
        Broken(OverwritingGradient(), .gradientIsAdded),
        Broken(UnscaledGradient(), .gradientIsAdded),
        Broken(ForgetsTheValue(), .valueComesWithGradient),
        Broken(AddsTwice(), .valueComesWithGradient),
        Broken(HalfThreshold(), .proximalPointIsMinimal),
        Broken(IgnoresTheScale(), .proximalPointIsMinimal),
        Broken(IgnoresTheScale(), .zeroScaleIsIdentity),
        Broken(ForgetsTheMetric(), .metricProximalPointIsMinimal),
        Broken(HalvesTheMetric(), .metricProximalPointIsMinimal),
        Broken(HalvesTheMetric(), .equalScalesAreOneScale),
        Broken(HalvesTheUniformScale(), .proximalPointIsMinimal),
        Broken(HalvesTheUniformScale(), .equalScalesAreOneScale),
        Broken(DisagreesWithItself(), .equalScalesAreOneScale),
        Broken(MovesFixedElements(), .zeroScalesStay),
        Broken(GroupsBeforeElements(), .proximalPointIsMinimal),
        Broken(ShrinksWhatIsInNoGroup(), .proximalPointIsMinimal),
        Broken(LeavesTheConstraint(), .proximalPointIsMinimal),
        Broken(ProjectsInAnotherDirection(), .proximalPointIsMinimal),
        Broken(ClaimsConvexity(), .isConvex),
        Broken(ClaimsConvexityOfACount(), .isFirmlyNonexpansive),
        Broken(ExpansiveProximalPoint(), .isFirmlyNonexpansive),
        Broken(ClaimsHomogeneity(), .isPositivelyHomogeneous),
        Broken(TurnsNaNToZero(), .propagatesNaN),
        Broken(ClaimsElementwise(), .isElementwise),
        Broken(ClaimsUniform(), .isUniform),
        Broken(ClaimsInterval(), .isInterval),
        Broken(ClaimsInterval(), .isConvex),
        Broken(ClaimsGroups(), .isSumOverGroups),
        Broken(ClaimsMonotony(), .isMonotoneInMagnitudes),
        Broken(ClaimsInvariance(), .isPermutationInvariant),
        Broken(WeighsRowsByTheirPlace(), .treatsGroupsAlike),
        Broken(WeighsRowsByTheirPlace(), .holdsInPieces),
        Broken(SparesTheFirstRow(), .holdsInPieces),
        Broken(ClaimsLinearity(), .isLinearInOrder),
        Broken(ClaimsLinearity(), .isLinearInOrderOfMagnitudes),
        Broken(ClaimsRadial(), .isRadial),
        Broken(ClaimsSumOverGroups(), .isRadial),
        Broken(ClaimsClamping(), .isClamping),
        Broken(ClampsInOneMetric(), .isClamping),
        Broken(KeepsAsManyAsAreLarge(), .keepsLargest),
        Broken(KeepsTheFirst(), .keepsLargest),
        Broken(ClaimsSupport(), .dependsOnSupport),
        Broken(ClaimsNorms(), .isNormwise),
        Broken(ClaimsRisingNorms(), .isNormwise),
        Broken(ForgetsAnElement(), .isNormwise),
        Broken(ClaimsSingularValues(), .isSpectral),
        Broken(ClaimsAnotherFunction(), .isSpectral),
        Broken(ClaimsAnOrder(), .isSpectral),
        Broken(ClaimsHalfTheKink(), .isAsSharpAsStated),
        Broken(ClaimsAKink(), .isAsSharpAsStated),
        Broken(ClaimsAConcaveKink(), .isAsSharpAsStated),
        Broken(ClaimsFlatness(), .isAsSharpAsStated),
        Broken(ClaimsWeightedKinks(), .isAsSharpAsStated),
        Broken(ClaimsHalfTheRidge(), .isRidge),
        Broken(UndefinedOnEmpty(), .isFinite),
        Broken(CountsItsCalls(), .isRepeatable),
        Broken(AlternatesItsGradient(), .isRepeatable),
        Broken(RemembersTheLastPoint(), .isRepeatable),
        Broken(WritesBehindTheEnd(), .staysWithinItsTensor),
        Broken(WritesBeforeTheStart(), .staysWithinItsTensor),
        Broken(ChangesTheStepSizes(), .staysWithinItsTensor),
        Broken(SortsTheWeights(), .staysWithinItsTensor),
        Broken(SparesTheFirstElement(), .holdsInPieces),
        Broken(GrowsAlongTheTensor(), .holdsInPieces),
        Broken(MeanOfMagnitudes(), .holdsInPieces),
        Broken(ForgetsAParameter(factor: 3), .survivesConfiguration),
        Broken(DoublesWhenRead(), .survivesConfiguration),
        Broken(WritesAnotherKey(), .survivesConfiguration),
        Broken(L1() + ForgetsAParameter(factor: 3), .survivesConfiguration),
        Broken(AcceptsNothing(), .acceptsSomeShape),
    ]

    @Test(arguments: broken)
    func isCaught(broken: Broken) {
        let found = RegularizerLaws.violations(of: broken.regularizer)
        #expect(found.contains { $0.law == broken.law }, "\(Set(found.map(\.law)))")
    }

    @Test("Every law has a regularizer that breaks it")
    func everyLawIsBroken() {
        #expect(Set(Self.broken.map(\.law)) == Set(RegularizerLaw.allCases))
    }

    @Test("A gradient that is wrong breaks the laws of the gradient and no other")
    func nothingElseIsBlamed() {
        expectViolations(of: WrongFactorInGradient(), are: [.gradientIsDerivative])
        expectViolations(
            of: HalfThreshold(), are: [.proximalPointIsMinimal, .metricProximalPointIsMinimal])
    }

    @Test("The composition of the sum is right where the hand-written order is wrong")
    func rightOrder() {
        expectNoViolation(of: GroupLasso(.whole) + L1())
    }

    @Test("A violation says what, where, and what was expected and found")
    func description() throws {
        let violation = try #require(RegularizerLaws.violations(of: UndefinedOnEmpty(), shapes: [[0]]).first)
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
