import Regularization
import RegularizationLaws
import Testing

/// That a regularizer breaks no law at the weights of some seeds; each violation says what was expected and found.
func expectNoViolation(
    of regularizer: some Regularizer, shapes: [Shape] = RegularizerLaws.shapes, seeds: Range<UInt64> = 0..<1,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    for seed in seeds {
        expectEmpty(
            RegularizerLaws.violations(of: regularizer, shapes: shapes, seed: seed),
            of: regularizer.name, sourceLocation)
    }
}

/// That a regularizer breaks no law at given weights.
func expectNoViolation(
    of regularizer: some Regularizer, at weights: [Float], shape: Shape,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    expectEmpty(
        RegularizerLaws.violations(of: regularizer, at: weights, shape: shape),
        of: regularizer.name, sourceLocation)
}

/// That an optimizer breaks no law on the problems of some seeds.
func expectNoViolation(
    of optimizer: some Optimizer, seeds: Range<UInt64> = 0..<1,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    for seed in seeds {
        expectEmpty(
            OptimizerLaws.violations(of: optimizer, seed: seed), of: "\(type(of: optimizer))", sourceLocation)
    }
}

/// That a regularizer breaks some laws and no others.
func expectViolations(
    of regularizer: some Regularizer, shapes: [Shape] = RegularizerLaws.shapes, seed: UInt64 = 0,
    are laws: Set<RegularizerLaw>, sourceLocation: SourceLocation = #_sourceLocation
) {
    let violations = RegularizerLaws.violations(of: regularizer, shapes: shapes, seed: seed)
    #expect(
        Set(violations.map(\.law)) == laws, "\(regularizer.name), seed \(seed): \(lines(violations))",
        sourceLocation: sourceLocation)
}

private func expectEmpty(
    _ violations: [some CustomStringConvertible], of name: String, _ sourceLocation: SourceLocation
) {
    #expect(violations.isEmpty, "\(name): \(lines(violations))", sourceLocation: sourceLocation)
}

private func lines(_ violations: [some CustomStringConvertible]) -> String {
    violations.map(\.description).joined(separator: "\n")
}
