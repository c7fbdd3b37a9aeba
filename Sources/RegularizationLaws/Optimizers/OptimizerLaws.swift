public import Regularization

/// The laws that every optimizer must obey, to check an optimizer of one's own.
///
///     let violations = OptimizerLaws.violations(of: AdaMax(learningRate: 0.1))
///     #expect(violations.isEmpty, "\(violations.first!)")
///
/// Conformances decide which laws are checked: an `UpdateRule` is also run on other pieces, and an optimizer that
/// states a metric must give step sizes that fit its movements. The optimizer is checked as it was made, at its own
/// learning rate, on random weights with gradients of many magnitudes. Results are compared bit for bit where the law
/// promises equal bits; step sizes must agree to a relative error of 1e-5, movements at rest to 1e-2.
///
/// A metric that obeys the laws need not serve training well. The laws accept the step size η/|c| for a step of
/// η·sign(c), since at rest it is the step size of Adam without memory; only training shows whether such step sizes are
/// useful.
public enum OptimizerLaws {
    /// The laws that an optimizer breaks, one violation for each; empty if it obeys them all.
    ///
    /// Traps if the optimizer has made updates or has penalties; of a regularized optimizer, pass its `base`. The same
    /// seed gives the same weights and gradients on every platform.
    ///
    /// - Complexity: some hundred updates of up to 140,000 weights; `movesByStepSizes` needs up to 131,072 updates of
    ///   28 weights.
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
