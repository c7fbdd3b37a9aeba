import Testing

/// That a number is another one, but for rounding; NaN is close to nothing.
func expectClose<Number: SignedNumeric & Comparable>(
    _ found: Number, _ expected: Number, within tolerance: Number,
    _ comment: @autoclosure () -> Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(
        abs(found - expected) <= tolerance, "\(found) instead of \(expected)\(suffix(comment()))",
        sourceLocation: sourceLocation)
}

/// That a number is another one, but for a share of it.
func expectClose<Number: BinaryFloatingPoint>(
    _ found: Number, _ expected: Number, relative tolerance: Number,
    _ comment: @autoclosure () -> Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(
        abs(found / expected - 1) <= tolerance, "\(found) instead of \(expected)\(suffix(comment()))",
        sourceLocation: sourceLocation)
}

/// That a list is another one, but for a share of each expected number and of the largest one of the input.
func expectClose(
    _ found: [Float], _ expected: [Double], relative: Double = 1e-5, ofInput input: [Float],
    _ comment: @autoclosure () -> Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
    let slack = 3e-7 * input.reduce(0) { max($0, Double(abs($1))) }
    expectClose(found, expected, comment(), sourceLocation) { relative * abs($0) + slack }
}

/// That no number of a list is further off than that.
func expectClose(
    _ found: [Float], _ expected: [Double], within tolerance: Double,
    _ comment: @autoclosure () -> Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
    expectClose(found, expected, comment(), sourceLocation) { _ in tolerance }
}

private func expectClose(
    _ found: [Float], _ expected: [Double], _ comment: @autoclosure () -> Comment?,
    _ sourceLocation: SourceLocation, tolerance: (_ expected: Double) -> Double
) {
    // NaN must not pass.
    let index = zip(found, expected).enumerated().first {
        !(abs(Double($1.0) - $1.1) <= tolerance($1.1))
    }?.offset
    let place = index.map { "\(found[$0]) instead of \(expected[$0]) in element \($0) of " } ?? ""
    #expect(
        index == nil && found.count == expected.count,
        "\(place)\(found) instead of \(expected)\(suffix(comment()))", sourceLocation: sourceLocation)
}

private func suffix(_ comment: Comment?) -> String { comment.map { ": \($0.rawValue)" } ?? "" }
