/// A part of one tensor, small enough to stay in cache from a loss term's gradient to the proximal step.
struct Piece: Sendable {
    /// The tensor's index in the layout.
    let tensor: Int
    /// The elements, in the whole layout.
    let range: Range<Int>
    /// Of rank 1.
    let shape: Shape

    /// Room for one number for each element.
    typealias Scratch = InlineArray<4096, Float>
    /// The most elements of a piece.
    static let limit = Scratch.count
    /// That of a piece with so many.
    static let wholeShape: Shape = [limit]

    /// Consecutive pieces that cover some tensors.
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
