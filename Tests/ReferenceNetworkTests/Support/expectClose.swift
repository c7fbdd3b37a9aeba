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

/// That no number of a list is further off than that.
func expectClose(
    _ found: [Float], _ expected: [Double], within tolerance: Double,
    _ comment: @autoclosure () -> Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let difference = largestDifference(found, expected)
    #expect(
        difference <= tolerance,
        "off by \(difference): \(found) instead of \(expected)\(suffix(comment()))",
        sourceLocation: sourceLocation)
}

private func suffix(_ comment: Comment?) -> String { comment.map { ": \($0.rawValue)" } ?? "" }
