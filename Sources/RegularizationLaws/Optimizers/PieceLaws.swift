import Regularization
import Synchronization

extension OptimizerExamination {
    /// Checks that the length of the pieces, and of the tensors unless the rule is prepared, does not change the
    /// result.
    mutating func checkPieces() {
        guard let rule = optimizer as? any UpdateRule else { return }
        let whole = Trial([[10_000]], updates: 2, seed: seed)
        let expected = whole.result(of: optimizer)
        for limit in [1, 15, 16, 17, 1023, 1024, 1025, 4095] {
            let found = Self.result(of: rule, inBlocksOf: limit, whole)
            requireSame(found, expected, "in pieces of \(limit) as in longer ones")
        }
        if !isPlainRule { return }
        let cuts: [[Int]] = [
            [4095, 1, 4097, 1807], [1024, 1023, 1025, 16, 15, 17, 6880], Array(repeating: 100, count: 100),
        ]
        for cut in cuts {
            var trial = whole
            trial.shapes = cut.map { [$0] }
            requireSame(trial.result(of: optimizer), expected, "in \(cut.count) tensors as in one")
        }
    }

    private static func result<Rule: UpdateRule>(
        of rule: Rule, inBlocksOf limit: Int, _ trial: Trial
    ) -> TrialResult {
        trial.result(of: InBlocks(base: rule, limit: limit))
    }

    /// Checks that one, two and three threads give the same result.
    mutating func checkThreads() {
        let trial = Trial([[70_000], [350, 200]], updates: 2, seed: seed)
        let optimizer = optimizer
        let results = threadCountLock.withLock { _ in
            let before = Parallelism.threads
            defer { Parallelism.threads = before }
            return [1, 2, 3].map { threads in
                Parallelism.threads = threads
                return trial.result(of: optimizer)
            }
        }
        for (index, result) in results.enumerated().dropFirst() {
            requireSame(result, results[0], "on \(index + 1) threads as on one")
        }
    }

    /// Checks that the rule's own `update` calls `prepare` if its type conforms to `PreparedUpdateRule`, and that
    /// clipping calls it.
    ///
    /// Clipping is to a norm that no gradient reaches, so that nothing but the order of the calls could differ.
    mutating func checkPreparation() {
        guard let rule = optimizer as? any UpdateRule else { return }
        let trial = Trial(seed: seed)
        let expected = trial.result(of: optimizer)
        requireSame(
            Self.result(of: rule, inBlocksOf: .max, trial), expected, "where `prepare` is called, as without")
        requireSame(
            Self.result(ofClipped: rule, trial), expected, "clipped to a length never reached, as without")
    }

    private static func result<Rule: UpdateRule>(ofClipped rule: Rule, _ trial: Trial) -> TrialResult {
        trial.result(of: rule.clipped(byNorm: .greatestFiniteMagnitude))
    }
}

/// Held while `Parallelism.threads` is changed: it is one number for the process, and checks may run at the same time.
private let threadCountLock = Mutex(())
