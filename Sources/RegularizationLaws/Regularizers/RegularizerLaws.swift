public import Regularization

/// The laws that every regularizer must obey, to check a regularizer of one's own.
///
///     let violations = RegularizerLaws.violations(of: Huber(delta: 0.1))
///     #expect(violations.isEmpty, "\(violations.first!)")
///
/// Conformances decide which laws are checked: those of the gradient of a `DifferentiableRegularizer`, of the proximal
/// point of a `ProximalRegularizer` unless it states a `refusal`, of the proximal point in a diagonal metric of a
/// `MetricProximalRegularizer` unless it states a `metricRefusal`; and what `structure`, `properties` and `kink` state.
///
/// The weights are random, dense and sparse, of magnitudes from 1e-15 to 1e15; zeros, a zero row and a zero column;
/// repeated numbers, rows and singular values; and weights and norms on the thresholds of the scales that are tried.
///
/// Tolerances are those of Float32: rounding is no violation, but a gradient that is wrong by a factor of 1.001 is one,
/// and a proximal point that is wrong by one part in fifty, since its objective is flat.
public enum RegularizerLaws {
    /// The shapes that are checked unless others are given: vectors and matrices, wide, tall and square, one row, one
    /// column, a single number, empty tensors, and ranks up to 4.
    public static let shapes: [Shape] = [
        [7], [3, 5], [6, 4], [2, 3, 2], [1, 6], [6, 1], [1, 1], [], [0], [0, 3], [3, 0], [3, 3],
        [2, 1, 2, 2],
    ]

    /// The laws that a regularizer breaks, one violation for each, in the order of `RegularizerLaw`; empty if it obeys
    /// them all.
    ///
    /// Shapes that the regularizer does not accept are left out; if it accepts none, that is a violation. Each
    /// violation is shown at a tensor as small and simple as could be found: parts are removed and numbers simplified
    /// while the law stays broken. The same seed gives the same weights on every platform.
    public static func violations(
        of regularizer: some Regularizer, shapes: [Shape] = RegularizerLaws.shapes, seed: UInt64 = 0
    ) -> [RegularizerViolation] {
        var violations: [RegularizerLaw: RegularizerViolation] = [:]
        let accepted = shapes.enumerated().filter { (try? regularizer.check($1)) != nil }
        for (index, shape) in accepted {
            let subject = Subject(regularizer, shape)
            for weights in Inputs.all(of: shape, seed: seed &+ UInt64(index + 1) &* 0x9E37_79B9) {
                for law in RegularizerLaw.allCases where violations[law] == nil {
                    violations[law] = RegularizerExamination.violation(
                        of: law, by: subject, at: weights, seed: seed)
                }
            }
        }
        let tensors = accepted.map { Tensor(shape: $1, weights: Inputs.all(of: $1, seed: seed)[0]) }
        violations[.survivesConfiguration] = RoundTrip.violation(by: regularizer, at: tensors, seed: seed)
        if accepted.isEmpty {
            violations[.acceptsSomeShape] = RegularizerViolation(
                law: .acceptsSomeShape, regularizer: regularizer.name, shape: [0], input: [], seed: seed,
                expected: "one of \(shapes) accepted", found: "all refused")
        }
        return RegularizerLaw.allCases.compactMap { law in
            violations[law].map { Shrinking.smallest($0, by: regularizer) }
        }
    }

    /// The laws that a regularizer breaks at given weights, row-major; empty if it obeys them all.
    ///
    /// With the input, the shape and the seed of a violation it gives that violation again:
    ///
    ///     RegularizerLaws.violations(
    ///         of: regularizer, at: violation.input, shape: violation.shape, seed: violation.seed)
    ///
    /// Traps if the weights do not fit the shape or one of them is not finite. A shape that the regularizer does not
    /// accept is the only violation then, of `acceptsSomeShape`.
    public static func violations(
        of regularizer: some Regularizer, at weights: [Float], shape: Shape, seed: UInt64 = 0
    ) -> [RegularizerViolation] {
        require(
            weights.count == shape.count,
            "The shape \(shape) has \(shape.count) elements, not \(weights.count).")
        require(weights.allSatisfy(\.isFinite), "Laws are checked at finite weights, not at \(weights).")
        do {
            try regularizer.check(shape)
        } catch {
            return [
                RegularizerViolation(
                    law: .acceptsSomeShape, regularizer: regularizer.name, shape: shape, input: weights,
                    seed: seed, expected: "\(shape) accepted", found: "\(error)")
            ]
        }
        let subject = Subject(regularizer, shape)
        let tensor = Tensor(shape: shape, weights: weights)
        return RegularizerLaw.allCases.compactMap { law in
            law == .survivesConfiguration
                ? RoundTrip.violation(by: regularizer, at: [tensor], seed: seed)
                : RegularizerExamination.violation(of: law, by: subject, at: weights, seed: seed)
        }
    }
}
