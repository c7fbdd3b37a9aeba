public import Regularization

/// The laws of regularizers, to check one's own against.
///
///     let violations = RegularizerLaws.violations(of: Huber(delta: 0.1))
///     #expect(violations.isEmpty, "\(violations.first!)")
///
/// What can be checked is found by conformance: the gradient of a `DifferentiableRegularizer`, the proximal
/// point of a `ProximalRegularizer` unless it states a `refusal`, in a metric that of a
/// `MetricProximalRegularizer`, and whatever `structure` and `properties` claim.
///
/// The weights are random, dense and sparse, of magnitudes from 1e-15 to 1e15; zeros, a zero row and a zero column;
/// repeated numbers, rows and singular values; and weights and norms on the thresholds of the scales that are tried.
///
/// Numbers are weighed as Float32 permits: rounding does not show, a factor that is off by one in a thousand does in a
/// gradient, by one in fifty in a proximal point, whose objective is flat.
public enum RegularizerLaws {
    /// Vectors and matrices, wide, tall and square, one row, one column, a single number, and empty ones.
    public static let shapes: [Shape] = [
        [7], [3, 5], [6, 4], [2, 3, 2], [1, 6], [6, 1], [1, 1], [], [0], [0, 3], [3, 0], [3, 3],
        [2, 1, 2, 2],
    ]

    /// The laws that a regularizer breaks, each once; empty if it breaks none.
    ///
    /// Shapes that the regularizer does not accept are left out; if it accepts none, that is a violation.
    /// Each violation is shown at a tensor as small and simple as was found: parts are dropped and numbers simplified
    /// while the law stays broken. The same seed gives the same weights everywhere.
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

    /// The laws that a regularizer breaks at the given weights, row-major; empty if it breaks none.
    ///
    /// With the input, the shape and the seed of a violation it gives that violation again:
    ///
    ///     RegularizerLaws.violations(of: regularizer, at: violation.input, shape: violation.shape, seed: violation.seed)
    ///
    /// Traps if the weights do not fit the shape or one of them is not finite. A shape that the regularizer does not
    /// accept is a violation.
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
