public import Regularization

/// The laws of optimizers, to check one's own against.
///
///     let violations = OptimizerLaws.violations(of: AdaMax(learningRate: 0.1))
///     #expect(violations.isEmpty, "\(violations.first!)")
///
/// What can be checked is found by conformance: that pieces can be cut of an `UpdateRule`, the step sizes of an optimizer
/// that states a metric. It is examined as it is made, at its own learning rate, on weights and gradients of many
/// magnitudes; bits are compared where bits are promised, and step sizes to one in a hundred thousand, movements to one
/// in a hundred.
///
/// A metric is what the laws say and no more. That η/|c| is one for a step of η·sign(c) they cannot deny: at rest it
/// is the step size of Adam without memory. Whether such step sizes serve, trainings have to show.
public enum OptimizerLaws {
    /// The laws that an optimizer breaks, each once; empty if it breaks none.
    ///
    /// Traps if it has made updates, or has penalties: examine the optimizer that they are attached to. The same seed gives
    /// the same weights and gradients everywhere.
    public static func violations(of optimizer: some Optimizer, seed: UInt64 = 0) -> [OptimizerViolation] {
        require(
            optimizer.state.updates == 0,
            "\(type(of: optimizer)) has made updates; the laws are about an optimizer from its start.")
        require(
            optimizer.attachedPlan == nil,
            "\(type(of: optimizer)) has penalties; the laws are about the optimizer alone, its `base`.")
        var violations: [OptimizerViolation] = []
        for law in OptimizerLaw.allCases {
            var examination = OptimizerExamination(law, optimizer, seed: seed)
            TrapReport.describing {
                "\(type(of: optimizer)), examined for \"\(law.rawValue)\""
            } during: {
                examination.examine()
            }
            guard let violation = examination.violation else { continue }
            violations.append(violation)
            if law == .countsUpdates { break }
        }
        return violations
    }
}
