import Regularization

/// One regularizer on one shape: the weights that it is tried on, and the laws that it has been seen to
/// break.
struct Examination {
    /// Weights whose size is about `magnitude`, and which are multiples of it by whole numbers of 2⁻⁹.
    struct Input {
        let weights: [Float]
        let magnitude: Float
    }

    let subject: Subject
    let inputs: [Input]
    private(set) var violations: [Violation] = []
    var generator: SeededGenerator

    init(of subject: Subject, seed: UInt64) {
        self.subject = subject
        var generator = SeededGenerator(seed: seed)
        let count = subject.shape.count
        let dense = generator.grid(count)
        let sparse = generator.grid(count).map { generator.next() % 2 == 0 ? $0 : 0 }
        inputs = [
            Input(weights: dense, magnitude: 1),
            Input(weights: sparse, magnitude: 1),
            Input(weights: generator.grid(count, magnitude: 0x1p-8), magnitude: 0x1p-8),
            Input(weights: generator.grid(count, magnitude: 0x1p6), magnitude: 0x1p6),
            Input(weights: Array(repeating: 0, count: count), magnitude: 1),
        ]
        self.generator = generator
    }

    /// Checks every law that applies.
    mutating func examine() {
        checkFiniteness()
        checkNaN()
        checkStructure()
        checkProperties()
        if let differentiable = subject.differentiable { checkGradient(of: differentiable) }
        if let proximal = subject.proximal { checkProximalPoint(by: proximal) }
        if let metricProximal = subject.metricProximal { checkProximalPointInMetric(by: metricProximal) }
    }

    /// Whether a law has not been broken yet on this shape.
    func holdsSoFar(_ law: Law) -> Bool { !violations.contains { $0.law == law } }

    /// Notes a violation, the first time that the law fails on this shape.
    mutating func require(
        _ holds: Bool, _ law: Law, at input: [Float], expected: @autoclosure () -> String,
        found: @autoclosure () -> String
    ) {
        if holds || !holdsSoFar(law) { return }
        violations.append(
            Violation(
                law: law, regularizer: subject.regularizer.name, shape: subject.shape, input: input,
                expected: expected(), found: found()))
    }
}

extension SeededGenerator {
    /// Numbers in [−2, 2] · magnitude that are multiples of 2⁻⁹ · magnitude, so that sums, halves and small
    /// differences of them are exact; none is 0.
    mutating func grid(_ count: Int, magnitude: Float = 1) -> [Float] {
        (0..<count).map { _ in
            let steps = Float(next() % 1024) + 1
            return (next() % 2 == 0 ? steps : -steps) * 0x1p-9 * magnitude
        }
    }
}

extension [Float] {
    func with(_ element: Int, _ value: Float) -> [Float] {
        var copy = self
        copy[element] = value
        return copy
    }

    /// The sum of squares, in Double.
    var squaredNorm: Double { reduce(0) { $0 + Double($1) * Double($1) } }
}
