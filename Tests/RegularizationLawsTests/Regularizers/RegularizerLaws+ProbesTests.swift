import Regularization
import RegularizationLaws
import Testing

@Suite("Laws against regularizers that were written without knowing how they are checked")
struct RegularizerLawsProbesTests {
    /// What no law catches, or only another law.
    static let notCaught: Set<String> = [
        "L1 threshold × 1.001", "square prox × 1.001", "L1 threshold × 1.0003", "square prox × 1.0003",
        "prox × 1.001", "returns −0", "leaves denormals", "leaves 1e-9 · w", "kept above 1e18",
        "kept in 3...3.02", "box inside by 1e-4", "two-element groups kept", "Float norm",
        "Float norm in prox", "more than 8 columns kept",
        "Float square overflows",
    ]

    /// What is listed as not caught has to leave the list once it is.
    @Test(arguments: brokenElements + brokenTensors + brokenStacks)
    func theLawMeantForItCatchesIt(probe: BrokenRegularizer) {
        let violations = RegularizerLaws.violations(of: probe.subject)
        let isCaught = violations.contains { $0.law == probe.law }
        #expect(isCaught != Self.notCaught.contains(probe.name), "\(probe): \(violations)")
    }

    @Test(arguments: (correctElements + correctTensors).indices)
    func correctOnesBreakNone(index: Int) {
        let regularizer = (correctElements + correctTensors)[index]
        expectNoViolation(of: regularizer)
    }

    @Test(arguments: correctStacks.indices)
    func correctOnesOfTwoTensorsBreakNone(index: Int) {
        expectNoViolation(of: correctStacks[index])
    }
}
