/// The names, shapes and offsets of tensors that share one contiguous buffer.
///
/// `Parameters`, `Gradients` and an optimizer's state have the same layout, so that an update or a
/// proximal step is a pass over contiguous memory. Two layouts are the same when they are one object.
public final class Layout: Sendable {
    /// One tensor of a layout.
    public struct Tensor: Sendable, Hashable {
        /// The name, with components separated by dots: `fully.0.weight`.
        public let name: String
        /// The shape, `[out, in]` for the weights of a linear layer.
        public let shape: Shape
        /// The elements in the buffer, row-major.
        public let range: Range<Int>
    }

    /// The tensors in the order of the buffer.
    public let tensors: [Tensor]
    /// The number of elements of all tensors.
    public let count: Int
    private let indices: [String: Int]
    /// All elements in order, in parts that stay in cache.
    let pieces: [Piece]

    /// Lays the tensors out one after the other; traps if a name occurs twice or is empty.
    public init(_ tensors: [(name: String, shape: Shape)]) {
        var placed: [Tensor] = []
        var indices: [String: Int] = [:]
        var offset = 0
        for (index, tensor) in tensors.enumerated() {
            require(!tensor.name.isEmpty, "Tensor \(index) has no name.")
            require(indices[tensor.name] == nil, "Two tensors are named \"\(tensor.name)\".")
            indices[tensor.name] = index
            placed.append(
                Tensor(name: tensor.name, shape: tensor.shape, range: offset..<offset + tensor.shape.count))
            offset += tensor.shape.count
        }
        self.tensors = placed
        self.indices = indices
        count = offset
        pieces = Piece.cover(placed)
    }

    /// The index of the tensor of that name, or nil.
    public func index(of name: String) -> Int? { indices[name] }
}
