import Regularization

extension Parameters {
    /// The elements in the order of the layout.
    var values: [Float] { elements.indices.map { elements[$0] } }
    /// The bits of the elements: unlike numbers, NaN and the signs of zeros compare.
    var bits: [UInt32] { values.map(\.bitPattern) }
}

extension Gradients {
    /// The elements in the order of the layout.
    var values: [Float] { elements.indices.map { elements[$0] } }
    /// The bits of the elements.
    var bits: [UInt32] { values.map(\.bitPattern) }
}

/// The largest |a − b|; infinite if the counts differ or an element is NaN.
func largestDifference(_ a: [Float], _ b: [Double]) -> Double {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).reduce(0) {
        let difference = abs(Double($1.0) - $1.1)
        return difference.isNaN ? .infinity : max($0, difference)
    }
}
