import Regularization

/// A list of tensors on which penalties and proximal points are timed.
struct Tensors: Sendable {
    let name: String
    let shapes: [Shape]

    static let all = [
        Tensors(name: "1024x1024", shapes: [[1024, 1024]]),
        Tensors(name: "seed", shapes: [[100, 30], [200, 100], [300, 200], [100, 300], [5, 100]]),
    ]

    /// The number of weights in all tensors.
    var count: Int { shapes.reduce(0) { $0 + $1.count } }

    /// The tensors with random weights in [−1, 1), named `0.weight`, `1.weight`, ….
    var parameters: Parameters {
        Parameters(
            shapes.enumerated().map { index, shape in
                ("\(index).weight", shape, uniform(shape.count, seed: UInt64(index)))
            })
    }
}
