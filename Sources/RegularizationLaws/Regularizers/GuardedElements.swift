import Regularization

/// The elements of a tensor within a larger buffer, to find out what is written beyond them.
///
/// A write beyond them through an unsafe pointer ends in the margin of 64 numbers on either side, where it is seen and
/// does no other harm.
struct GuardedElements {
    private static let margin = 64
    /// The number that fills the margins, which no regularizer writes by accident.
    private static let untouched: Float = -0x1.2345p67

    private static let guards = [Float](repeating: untouched, count: margin)

    private var buffer: [Float]
    private let range: Range<Int>

    init(_ elements: [Float]) {
        buffer = Self.guards + elements + Self.guards
        range = Self.margin..<Self.margin + elements.count
    }

    var elements: [Float] { Array(buffer[range]) }

    /// The offsets in the margins that were written to, counted from the first element, so that those before it are
    /// negative.
    var overrun: [Int] {
        let isIntact = [buffer[..<range.lowerBound], buffer[range.upperBound...]].allSatisfy {
            $0 == Self.guards[...]
        }
        if isIntact { return [] }
        return buffer.indices.filter { !range.contains($0) && buffer[$0] != Self.untouched }
            .map { $0 - range.lowerBound }
    }

    /// Passes the elements to `body`, as a tensor of a shape that it may change, and returns its result.
    mutating func change<Result>(as shape: Shape, _ body: (inout MutableWeights) -> Result) -> Result {
        let range = range
        var view = MutableWeights(shape: shape, buffer.mutableSpan.slice(range))
        return body(&view)
    }
}
