import Regularization

/// Parameters of two small layers.
let network = Parameters([
    ("fully.0.weight", [3, 2], [1, -2, 0.5, -0.25, 3, 0.75]),
    ("fully.0.bias", [3], [0.5, -0.5, 1]),
    ("fully.1.weight", [2, 3], [0.25, 0, -1, 0, 0, 0]),
    ("fully.1.bias", [2], [0, 2]),
])

/// Moves each weight by a step size of its own, stated from outside.
struct DiagonalSteps: Optimizer {
    var learningRate: Float
    let sizes: [Float]
    var state = OptimizerState()

    init(learningRate: Float = 0.5, sizes: [Float]) {
        self.learningRate = learningRate
        self.sizes = sizes
    }

    var metric: DiagonalMetric { DiagonalMetric() }

    mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        let sizes = sizes
        state.update(&parameters, along: &gradients) { tensor in
            let range = tensor.range
            tensor.withSpans { weights, gradient, _ in
                for index in 0..<range.count {
                    weights[index] -= sizes[range.lowerBound + index] * gradient[index]
                }
            }
        }
    }

    func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        for index in 0..<range.count { sizes[index] = self.sizes[range.lowerBound + index] }
    }
}

extension Parameters {
    /// All values in the order of the layout.
    var values: [Float] { elements.indices.map { elements[$0] } }
}

extension Gradients {
    /// All values in the order of the layout.
    var values: [Float] { elements.indices.map { elements[$0] } }

    /// A gradient of those values.
    init(like parameters: Parameters, _ values: [Float]) {
        self.init(like: parameters)
        var elements = mutableElements
        for index in elements.indices { elements[index] = values[index] }
    }
}
