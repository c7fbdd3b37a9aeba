import Regularization

/// The input of an optimizer's check: weights, their cut into tensors, and the gradients of some updates.
///
/// The gradients do not depend on the weights, so that all optimizers, and all cuts, get the same.
struct Trial {
    var shapes: [Shape]
    var weights: [Float]
    var gradients: [[Float]]

    /// Shapes of rank 1 to 3, with an empty tensor and with one of more than a piece of the update loop, 4096 weights.
    static let shapes: [Shape] = [[4103], [3, 5], [0], [1], [2, 3, 2]]

    /// Random weights, and gradients of magnitudes 1, 2⁻⁶ and 2⁻¹²; every fourth weight has the gradient 0 in each
    /// update.
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

    /// The number of weights.
    var count: Int { weights.count }

    /// The weights as parameters named `0.weight`, `1.weight`, …, one tensor for each shape.
    var parameters: Parameters {
        var start = 0
        return Parameters(
            shapes.enumerated().map { index, shape in
                defer { start += shape.count }
                return ("\(index).weight", shape, Array(weights[start..<start + shape.count]))
            })
    }

    /// Makes the updates of a range, and returns weights and state after the last.
    func run(
        _ optimizer: inout some Optimizer, on parameters: inout Parameters, updates: Range<Int>
    ) -> TrialResult {
        for update in updates {
            var gradients = Gradients(like: parameters, self.gradients[update])
            optimizer.update(&parameters, along: &gradients)
        }
        return TrialResult(parameters, optimizer.state)
    }

    /// The weights and state after all updates by a copy of the optimizer.
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
    /// Gradients of the layout of the parameters, filled in the order of the layout.
    init(like parameters: Parameters, _ numbers: [Float]) {
        self.init(like: parameters)
        for tensor in layout.tensors { self[tensor.name] = Array(numbers[tensor.range]) }
    }
}

extension SeededGenerator {
    /// Up to 2004 random numbers, repeated up to a count: no piece of a loop has that length, so that pieces differ in
    /// content.
    fileprivate mutating func repeatedGrid(
        _ count: Int, _ number: (Int, Float) -> Float = { $1 }
    ) -> [Float] {
        let numbers = grid(min(count, 2004)).enumerated().map(number)
        var all: [Float] = []
        while all.count < count { all += numbers.prefix(count - all.count) }
        return all
    }
}
