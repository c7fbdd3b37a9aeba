/// A range of one tensor's weights that one pass covers.
///
/// It is small enough to stay in cache from the gradient of a loss term to the proximal step.
struct Piece: Sendable {
    /// The index of the tensor in the layout.
    let tensor: Int
    /// The range of the weights in the buffer of the whole layout.
    let range: Range<Int>
    /// The shape of the piece by itself: a vector of as many elements as `range`.
    let shape: Shape

    /// Memory for one number for each weight of a piece.
    typealias Scratch = InlineArray<4096, Float>
    /// The largest number of weights in a piece.
    static let limit = Scratch.count

    /// The pieces of some tensors, consecutive and in the order of the tensors; none of an empty tensor.
    static func cover(_ tensors: [Layout.Tensor]) -> [Piece] {
        tensors.enumerated().flatMap { index, tensor in
            ranges(of: tensor.range).map { Piece(tensor: index, range: $0, shape: Shape(vector: $0.count)) }
        }
    }

    /// The ranges of the pieces of a range, consecutive; none of an empty one.
    static func ranges(of range: Range<Int>) -> some Sequence<Range<Int>> {
        stride(from: range.lowerBound, to: range.upperBound, by: limit).lazy.map { start in
            start..<min(start + limit, range.upperBound)
        }
    }
}
