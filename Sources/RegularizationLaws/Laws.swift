public import Regularization

/// The laws of regularizers, to check one's own against.
///
///     let violations = Laws.violations(of: Huber(delta: 0.1))
///     #expect(violations.isEmpty, "\(violations.first!)")
///
/// What can be checked is found by conformance: the gradient of a `DifferentiableRegularizer`, the proximal
/// point of a `ProximalRegularizer` unless it states a `refusal`, in a metric that of a
/// `MetricProximalRegularizer`, and whatever `structure` and `properties` claim.
///
/// Numbers are weighed as Float32 permits: a wrong factor of one in a thousand shows, rounding does not.
public enum Laws {
    /// Vectors and matrices, wide, tall and square, one row, one column, a single number, and empty ones.
    public static let shapes: [Shape] = [
        [7], [3, 5], [6, 4], [2, 3, 2], [1, 6], [6, 1], [1, 1], [], [0], [0, 3], [3, 0],
    ]

    /// The laws that a regularizer breaks, each at most once for a shape; empty if it breaks none.
    ///
    /// Shapes that the regularizer does not accept are left out; if it accepts none, that is a violation.
    /// The same seed gives the same weights everywhere.
    public static func violations(
        of regularizer: some Regularizer, shapes: [Shape] = Laws.shapes, seed: UInt64 = 0
    ) -> [Violation] {
        var violations: [Violation] = []
        var accepted = 0
        for (index, shape) in shapes.enumerated() {
            guard (try? regularizer.check(shape)) != nil else { continue }
            accepted += 1
            var examination = Examination(
                of: Subject(regularizer, shape), seed: seed &+ UInt64(index) &* 0x9E37_79B9)
            examination.examine()
            violations += examination.violations
        }
        if accepted == 0 {
            violations.append(
                Violation(
                    law: .acceptsSomeShape, regularizer: regularizer.name, shape: [0], input: [],
                    expected: "one of \(shapes) accepted", found: "all refused"))
        }
        return violations
    }
}
