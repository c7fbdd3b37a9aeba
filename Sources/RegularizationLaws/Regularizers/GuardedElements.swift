import Regularization

/// A tensor's elements within a larger buffer.
///
/// What a regularizer writes beyond them through an unsafe pointer stays in the buffer: it is seen, and does no other
/// harm.
struct GuardedElements {
    private static let margin = 64
    /// A number that no regularizer writes by accident.
    private static let untouched: Float = -0x1.2345p67

    private static let guards = [Float](repeating: untouched, count: margin)

    private var buffer: [Float]
    private let range: Range<Int>

    init(_ elements: [Float]) {
        buffer = Self.guards + elements + Self.guards
        range = Self.margin..<Self.margin + elements.count
    }

    var elements: [Float] { Array(buffer[range]) }

    /// The offsets that were written to before and after the elements, counted from the first element.
    var overrun: [Int] {
        let isIntact = [buffer[..<range.lowerBound], buffer[range.upperBound...]].allSatisfy {
            $0 == Self.guards[...]
        }
        if isIntact { return [] }
        return buffer.indices.filter { !range.contains($0) && buffer[$0] != Self.untouched }
            .map { $0 - range.lowerBound }
    }

    /// Lets a regularizer change the elements.
    mutating func change<Result>(as shape: Shape, _ body: (inout MutableWeights) -> Result) -> Result {
        let range = range
        var view = MutableWeights(shape: shape, buffer.mutableSpan.slice(range))
        return body(&view)
    }
}
