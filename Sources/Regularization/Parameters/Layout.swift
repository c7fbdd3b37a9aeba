/// The names, shapes and offsets of tensors that share one contiguous buffer.
///
/// `Parameters`, `Gradients` and an optimizer's state have the same layout, so that an update or a proximal step is a
/// pass over contiguous memory. A layout is an object, so that the test whether two values have one layout can compare
/// identities before it compares tensors.
public final class Layout: Sendable {
    /// One tensor of a layout: its name, its shape and its range in the buffer.
    public struct Tensor: Sendable, Hashable {
        /// The name, with components separated by dots: `fully.0.weight`.
        public let name: String
        /// The shape, `[out, in]` for the weights of a linear layer.
        public let shape: Shape
        /// The range of the tensor's elements in the buffer, row-major.
        public let range: Range<Int>
    }

    /// The tensors in the order of the buffer.
    public let tensors: [Tensor]
    /// The number of elements of all tensors together.
    public let count: Int
    private let indices: [ExactName: Int]
    /// Ranges of at most `Piece.limit` elements that cover the tensors in order, each small enough to stay in cache.
    let pieces: [Piece]

    /// Lays the tensors out one after the other, in the order given and without gaps.
    ///
    /// Traps if a name occurs twice or is empty, or if the elements of all are more than an Int counts.
    public init(_ tensors: [(name: String, shape: Shape)]) {
        var placed: [Tensor] = []
        var indices: [ExactName: Int] = [:]
        var offset = 0
        for (index, tensor) in tensors.enumerated() {
            require(!tensor.name.isEmpty, "Tensor \(index) has no name.")
            let earlier = indices.updateValue(index, forKey: ExactName(tensor.name))
            require(earlier == nil, "Two tensors are named \"\(tensor.name)\".")
            let (end, overflows) = offset.addingReportingOverflow(tensor.shape.count)
            require(!overflows, "The tensors up to \"\(tensor.name)\" have more elements than an Int counts.")
            placed.append(Tensor(name: tensor.name, shape: tensor.shape, range: offset..<end))
            offset = end
        }
        self.tensors = placed
        self.indices = indices
        count = offset
        pieces = Piece.cover(placed)
    }

    /// The index of the tensor of that name in `tensors`, or nil if there is none.
    ///
    /// Names are compared by their Unicode scalars. O(1).
    public func index(of name: String) -> Int? { indices[ExactName(name)] }
}

extension Layout {
    /// The tensor at an index; traps if there is no such index.
    func tensor(_ index: Int) -> Tensor {
        require(
            tensors.indices.contains(index),
            "There is no tensor \(index); the \(tensors.count) tensors are counted from 0.")
        return tensors[index]
    }

    /// The first tensor that another layout does not have in the same place, in words.
    func difference(from other: Layout) -> String {
        let index =
            zip(tensors, other.tensors).enumerated().first { $1.0 != $1.1 }?.offset
            ?? min(tensors.count, other.tensors.count)
        let words = [tensors, other.tensors].map { tensors in
            index < tensors.count ? "\(tensors[index].name) \(tensors[index].shape)" : "no more"
        }
        return "tensor \(index) was \(words[0]) and is \(words[1])"
    }
}
