import Regularization
import RegularizationLaws
import Testing

@Suite("A broken optimizer is caught by the law that it breaks")
struct OptimizerLawsBrokenTests {
    struct Broken: Sendable, CustomTestStringConvertible {
        private let make: @Sendable () -> any Optimizer
        let law: OptimizerLaw

        /// A new one: tests run at the same time and must not share the state of some.
        var optimizer: any Optimizer { make() }
        var testDescription: String { "\(type(of: optimizer)): \(law.rawValue)" }

        init(_ make: @escaping @autoclosure @Sendable () -> any Optimizer, _ law: OptimizerLaw) {
            self.make = make
            self.law = law
        }
    }

    static let broken = [
        Broken(CountsNothing(), .countsUpdates),
        Broken(CountsTwice(), .countsUpdates),
        Broken(OneNumberATensor(), .keepsBuffersInLayout),
        Broken(DrawsNumbers(), .isRepeatable),
        Broken(SharesItsVelocity(), .isRepeatable),
        Broken(SharesItsVelocity(), .livesInItsState),
        Broken(CountsForItself(), .livesInItsState),
        Broken(HidesItsVelocity(), .livesInItsState),
        Broken(RemembersItsCorrection(), .livesInItsState),
        Broken(SparesTheFirst(), .holdsInPieces),
        Broken(CentersTheGradient(), .holdsInPieces),
        Broken(CentersTheGradient(), .staysWithoutGradient),
        Broken(GoesByTheTensor(), .holdsInPieces),
        Broken(GoesByTheThreads(), .holdsOnThreads),
        Broken(Passes(base: Shortened()), .isPreparedEverywhere),
        Broken(DecaysByItself(), .staysWithoutGradient),
        Broken(IgnoresTheRate(), .standsAtRateZero),
        Broken(IgnoresTheRate(), .scalesStepSizes),
        Broken(SleepsAtRateZero(), .standsAtRateZero),
        Broken(LimitsTheGradient(), .propagatesNaN),
        Broken(LimitsTheWeight(), .propagatesNaN),
        Broken(SpreadsNaN(), .propagatesNaN),
        Broken(WrongStepSizes(.withoutEpsilon), .hasStepSizes),
        Broken(WrongStepSizes(.negative), .hasStepSizes),
        Broken(WrongStepSizes(.withoutRate), .scalesStepSizes),
        Broken(ForgetsTheRange(), .writesStepSizesInPieces),
        Broken(WrongStepSizes(.otherInTheLoop), .givesItsStepSizes),
        Broken(WrongStepSizes(.beforeTheUpdate), .givesItsStepSizes),
        Broken(WrongStepSizes(.movesTwiceInTheLoop), .movesAlikeWithStepSizes),
        Broken(WrongStepSizes(.half), .movesByStepSizes),
        Broken(WrongStepSizes(.withoutRoot), .movesByStepSizes),
        Broken(WrongStepSizes(.rootTwice), .movesByStepSizes),
        Broken(PlainSizeOfMomentum(), .movesByStepSizes),
        Broken(SignInAScalarMetric(), .movesByStepSizes),
        Broken(LionInAScalarMetric(), .movesByStepSizes),
    ]

    @Test(arguments: broken)
    func isCaught(broken: Broken) {
        let found = OptimizerLaws.violations(of: broken.optimizer)
        #expect(found.contains { $0.law == broken.law }, "\(found.map(\.description))")
    }

    @Test("Every law has an optimizer that breaks it")
    func everyLawIsBroken() {
        #expect(Set(Self.broken.map(\.law)) == Set(OptimizerLaw.allCases))
    }

    @Test("A wrong metric breaks the law of the metric and no other")
    func nothingElseIsBlamed() {
        for optimizer in [
            PlainSizeOfMomentum(), LionInAScalarMetric(), WrongStepSizes(.half), WrongStepSizes(.rootTwice),
        ] as [any Optimizer] {
            let violations = OptimizerLaws.violations(of: optimizer)
            #expect(violations.map(\.law) == [.movesByStepSizes], "\(violations)")
        }
        expectNoViolation(of: WrongStepSizes(.none))
    }

    @Test("A violation says what was expected and found")
    func description() throws {
        let violation = try #require(OptimizerLaws.violations(of: CountsTwice(), seed: 7).first)
        #expect(
            violation.description == """
                CountsTwice breaks "each update is counted once"
                  seed      7
                  expected  1 updates counted
                  found     2
                """)
    }

    @Test("What has made updates or has penalties is not examined")
    func otherStarts() async {
        await #expect(processExitsWith: .failure) {
            var adam = Adam()
            adam.state.updates = 1
            _ = OptimizerLaws.violations(of: adam)
        }
        await #expect(processExitsWith: .failure) {
            let optimizer = try AdamW(over: Parameters([("weight", [1], [0])]))
            _ = OptimizerLaws.violations(of: optimizer)
        }
    }
}
