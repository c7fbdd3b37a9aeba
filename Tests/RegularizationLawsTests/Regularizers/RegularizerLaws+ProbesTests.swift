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

    @Test(arguments: (brokenElements + brokenTensors).indices)
    func theLawMeantForItCatchesIt(index: Int) {
        let probe = (brokenElements + brokenTensors)[index]
        expect(probe.law, of: probe.regularizer.name, in: RegularizerLaws.violations(of: probe.regularizer))
    }

    @Test(arguments: brokenStacks.indices)
    func theLawMeantForItCatchesOneOfTwoTensors(index: Int) {
        let (law, regularizer) = brokenStacks[index]
        expect(law, of: regularizer.name, in: RegularizerLaws.violations(of: regularizer))
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

    /// What is listed as not caught has to leave the list once it is.
    private func expect(_ law: RegularizerLaw, of name: String, in violations: [RegularizerViolation]) {
        let isCaught = violations.contains { $0.law == law }
        #expect(isCaught != Self.notCaught.contains(name), "\(name): \(violations)")
    }
}
