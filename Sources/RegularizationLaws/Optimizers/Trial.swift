import Regularization

/// Weights, how they are cut into tensors, and gradients for some updates, whatever the weights are by then.
struct Trial {
    var shapes: [Shape]
    var weights: [Float]
    var gradients: [[Float]]

    /// Tensors of every rank, an empty one, and more than one piece of a rule's loop.
    static let shapes: [Shape] = [[4103], [3, 5], [0], [1], [2, 3, 2]]

    /// Random weights, and gradients of many magnitudes; a quarter of the weights has none.
    init(_ shapes: [Shape] = Trial.shapes, updates: Int = 3, seed: UInt64) {
        let count = shapes.reduce(0) { $0 + $1.count }
        var generator = SeededGenerator(seed: seed)
        self.shapes = shapes
        weights = generator.repeatedGrid(count)
        let sizes: [Float] = [0, 1, 0x1p-6, 0x1p-12]
        gradients = (0..<updates).map { _ in
            generator.repeatedGrid(count) { index, number in number * sizes[index % 4] }
        }
    }

    var count: Int { weights.count }

    var parameters: Parameters {
        var start = 0
        return Parameters(
            shapes.enumerated().map { index, shape in
                defer { start += shape.count }
                return ("\(index).weight", shape, Array(weights[start..<start + shape.count]))
            })
    }

    /// Makes some of the updates, with each a look at the optimizer.
    func run(
        _ optimizer: inout some Optimizer, on parameters: inout Parameters, updates: Range<Int>
    ) -> TrialResult {
        for update in updates {
            var gradients = Gradients(like: parameters, self.gradients[update])
            optimizer.update(&parameters, along: &gradients)
        }
        return TrialResult(parameters, optimizer.state)
    }

    /// Makes all updates with a copy.
    func result(of optimizer: some Optimizer) -> TrialResult {
        var (optimizer, parameters) = (optimizer, parameters)
        return run(&optimizer, on: &parameters, updates: gradients.indices)
    }
}

extension Parameters {
    /// All weights in the order of the layout.
    var numbers: [Float] { layout.tensors.flatMap { self[$0.name] } }
}

extension Gradients {
    init(like parameters: Parameters, _ numbers: [Float]) {
        self.init(like: parameters)
        for tensor in layout.tensors { self[tensor.name] = Array(numbers[tensor.range]) }
    }
}

extension SeededGenerator {
    /// Some thousand numbers made of random ones, again and again: no piece of a loop has as many as there are.
    fileprivate mutating func repeatedGrid(
        _ count: Int, _ number: (Int, Float) -> Float = { $1 }
    ) -> [Float] {
        let numbers = grid(min(count, 2004)).enumerated().map(number)
        var all: [Float] = []
        while all.count < count { all += numbers.prefix(count - all.count) }
        return all
    }
}
