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
    /// The shape of a piece of `limit` weights, which nearly all pieces have.
    static let wholeShape: Shape = [limit]

    /// The pieces of some tensors, consecutive and in the order of the tensors; none of an empty tensor.
    static func cover(_ tensors: [Layout.Tensor]) -> [Piece] {
        tensors.enumerated().flatMap { index, tensor in
            stride(from: tensor.range.lowerBound, to: tensor.range.upperBound, by: limit).map { start in
                let range = start..<min(start + limit, tensor.range.upperBound)
                return Piece(
                    tensor: index, range: range, shape: range.count == limit ? wholeShape : [range.count])
            }
        }
    }
}
