import Regularization
import RegularizationLaws
import Testing

@Suite("A broken optimizer is caught by the law that it breaks")
struct OptimizerLawsBrokenTests {
    @Test(arguments: brokenOptimizers)
    func isCaught(broken: BrokenOptimizer) {
        let found = OptimizerLaws.violations(of: broken.subject)
        #expect(found.contains { $0.law == broken.law }, "\(broken): \(found.map(\.description))")
    }

    @Test("Every law has an optimizer that breaks it")
    func everyLawIsBroken() {
        #expect(Set(brokenOptimizers.map(\.law)) == Set(OptimizerLaw.allCases))
    }

    @Test("A wrong metric breaks the law of the metric and no other")
    func nothingElseIsBlamed() {
        for optimizer in [
            plainSizeOfMomentum, lionInAScalarMetric, WrongStepSizes(.half), WrongStepSizes(.rootTwice),
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
        #expect(violation.optimizer == "CountsTwice")
        #expect(violation.seed == 7)
        #expect(violation.expected == "1 updates counted")
        #expect(violation.found == "2")
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
