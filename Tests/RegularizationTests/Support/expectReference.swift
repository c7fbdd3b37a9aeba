import Regularization
import Testing

/// Compares proximal points with those of a reference file, at one scale and at equal scales of a metric.
///
/// Zeros have to be zeros of the reference, or what rounding in Double left of them there.
func expectProximalPoints<R: MetricProximalRegularizer>(
    _ file: String, sourceLocation: SourceLocation = #_sourceLocation, largeOnes: Bool = false,
    where isCompared: (Reference.Case) -> Bool = { _ in true },
    _ regularizer: (Reference.Case) throws -> (R, scale: Double)
) throws {
    let cases = try Reference.cases(file, largeOnes: largeOnes).filter(isCompared)
    #expect(cases.count >= 10, sourceLocation: sourceLocation)
    for reference in cases {
        let (regularizer, scale) = try regularizer(reference)
        let expected = try #require(reference.output)
        let tensor = reference.tensor
        let sizes = [Float](repeating: Float(2 * scale), count: tensor.values.count)
        let results = [
            tensor.proximalPoint(regularizer, scale: Float(scale)),
            tensor.proximalPoint(regularizer, stepSizes: sizes, factor: 0.5),
        ]
        for found in results {
            let comment: Comment = "\(file) \(reference.name): \(found), not \(expected)"
            expectClose(
                found, expected, ofInput: tensor.values, "\(file) \(reference.name)",
                sourceLocation: sourceLocation)
            #expect(zerosArePositive(found, madeFrom: tensor.values), comment, sourceLocation: sourceLocation)
            if reference.hasTies { continue }
            let largest = tensor.values.reduce(0) { max($0, Double(abs($1))) }
            #expect(
                zip(found, expected).allSatisfy { $0 == 0 ? abs($1) <= 1e-15 * largest : $1 != 0 }, comment,
                sourceLocation: sourceLocation)
        }
    }
}

/// Compares values and gradients with those of a reference file.
func expectValuesAndGradients(
    _ file: String, _ regularizer: some DifferentiableRegularizer, largeOnes: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation,
    where isCompared: (Reference.Case) -> Bool = { _ in true }
) throws {
    let cases = try Reference.cases(file, largeOnes: largeOnes).filter(isCompared)
    #expect(cases.count >= 3, sourceLocation: sourceLocation)
    for reference in cases {
        let value = reference.tensor.value(regularizer)
        let expected = try #require(reference.value)
        expectClose(
            value, expected, within: 1e-5 * abs(expected), "\(file) \(reference.name)",
            sourceLocation: sourceLocation)
        let gradient = reference.tensor.gradient(regularizer)
        let slopes = try #require(reference.gradient)
        let size = slopes.map { Float($0) }
        expectClose(
            gradient, slopes, ofInput: size, "\(file) \(reference.name)", sourceLocation: sourceLocation)
    }
}
