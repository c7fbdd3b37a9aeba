import Foundation
import Regularization
import Testing

/// Where the optimizers of other libraries went in 50 steps, from `Reference/optimizers`.
struct Trajectory: Decodable, Sendable, CustomTestStringConvertible {
    struct Options: Decodable, Sendable {
        let lr: Float
        let momentum: Float?
        let dampening: Float?
        let nesterov: Bool?
        let weight_decay: Double?
        let betas: [Float]?
        let eps: Float?
        let alpha: Float?
        let centered: Bool?
        let initial: Float?
        let lr_decay: Float?
        let lr_drop: [Float]?
        let clip: Float?
        let strength: Double?
    }

    let optimizer: String
    let metric: String?
    let problem: String
    let options: Options
    let made_by: String
    /// By the number of steps and the tensor's name.
    let weights: [String: [String: [Double]]]
    /// By the library's name and the tensor's.
    let state: [String: [String: [Double]]]
    let exact_zeros_after_each_step: [Int]?

    private struct File: Decodable { let runs: [Trajectory] }

    static func all(_ file: String) throws -> [Trajectory] {
        try Reference.decode(File.self, "optimizers/\(file)").runs
    }

    var testDescription: String { "\(optimizer) on \(problem) by \(made_by), \(options)" }

    /// Where ε stands: Keras' Adam adds it before the correction; under the root elsewhere, but in PyTorch and optax'
    /// Adam.
    var rootEpsilon: RootEpsilon {
        let isAdam = optimizer.hasPrefix("ad") && optimizer != "adagrad" || optimizer == "amsgrad"
        if made_by.hasPrefix("PyTorch") || made_by == "own formula" { return .outside }
        if made_by.hasPrefix("optax") { return isAdam ? .outside : .inside }
        return isAdam ? .uncorrected : .inside
    }

    /// Makes the steps with an optimizer and compares weights and state; penalties act on all weights.
    func follow(
        _ base: some UpdateRule, _ penalties: [Penalty] = [], states: [String: String] = [:]
    ) throws {
        if let clip = options.clip {
            try follow(by: base.clipped(byNorm: clip), penalties, states)
        } else {
            try follow(by: base, penalties, states)
        }
    }

    private func follow(by base: some Optimizer, _ penalties: [Penalty], _ states: [String: String]) throws {
        let problem = try Reference.decode(Problem.self, "optimizers/\(problem.dropLast(5))")
        var parameters = problem.parameters
        var optimizer = try base.regularized(by: penalties, over: parameters)
        for step in 1...50 {
            if let drop = options.lr_drop, step == Int(drop[0]) + 1 { optimizer.learningRate *= drop[1] }
            var gradients = problem.gradients(step, at: parameters)
            optimizer.update(&parameters, along: &gradients)
            if let zeros = exact_zeros_after_each_step {
                #expect(parameters.values.count { $0 == 0 } == zeros[step - 1], "step \(step)")
            }
            for (name, expected) in weights["\(step)"] ?? [:] {
                #expect(Self.differ(parameters[name], expected) < 1e-5, "\(name) after \(step)")
            }
        }
        for (theirs, ours) in states {
            let all = optimizer.state[ours]
            for tensor in parameters.layout.tensors {
                let expected = try #require(state[theirs]?[tensor.name])
                // 1 − 0.999 in Float is 1.3e-5 off, in Adam's averages and corrections alike.
                #expect(Self.differ(Array(all[tensor.range]), expected) < 1.5e-5, "\(ours)")
            }
        }
        #expect(optimizer.state.updates == 50)
    }

    private static func differ(_ found: [Float], _ expected: [Double]) -> Double {
        zip(found, expected).map { abs(Double($0) - $1) / max(abs($1), 1) }.max() ?? .infinity
    }
}

/// What the steps are made on: gradients that are data, or A·w − b.
private struct Problem: Decodable {
    struct Tensor: Decodable {
        let shape: [Int]
        let first: Int
        let count: Int
    }

    let tensors: [String: Tensor]
    let weights: [Float]
    let gradients: [[Float]]?
    let A: [[Double]]?
    let b: [Double]?

    var parameters: Parameters {
        Parameters(
            tensors.sorted { $0.value.first < $1.value.first }.map { name, tensor in
                (name, Shape(tensor.shape), Array(weights[tensor.first..<tensor.first + tensor.count]))
            })
    }

    func gradients(_ step: Int, at parameters: Parameters) -> Gradients {
        guard let A, let b else { return Gradients(like: parameters, gradients![step - 1]) }
        let weights = parameters.values.map { Double($0) }
        return Gradients(
            like: parameters,
            zip(A, b).map { row, b in Float(zip(row, weights).reduce(-b) { $0 + $1.0 * $1.1 }) })
    }
}
