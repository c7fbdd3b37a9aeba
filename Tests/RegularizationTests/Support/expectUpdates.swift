import Regularization
import Testing

/// Weights after updates of PyTorch's optimizers, from `Reference/optimizers.json`.
private struct OptimizerReference: Decodable {
    struct Case: Decodable {
        let name: String
        let weights: [String: [Double]]
    }

    let initial: [Float]
    let gradients: [[Float]]
    let cases: [Case]
}

/// Makes the 50 updates of a case with an optimizer and compares the weights with PyTorch's after 1, 10 and 50.
func expectUpdates(
    of optimizer: some Optimizer, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let reference = try Reference.decode(OptimizerReference.self, "optimizers")
    let expected = try #require(reference.cases.first { $0.name == name }).weights
    var optimizer = optimizer
    var parameters = Parameters([("weight", [reference.initial.count], reference.initial)])
    for (index, values) in reference.gradients.enumerated() {
        var gradients = Gradients(like: parameters, values)
        optimizer.update(&parameters, along: &gradients)
        guard let weights = expected["\(index + 1)"] else { continue }
        #expect(
            agree(parameters.values, weights, relative: 1e-5, ofInput: reference.initial),
            "\(name) after \(index + 1): \(parameters.values), not \(weights)",
            sourceLocation: sourceLocation)
    }
    #expect(Set(expected.keys) == ["1", "10", "50"], sourceLocation: sourceLocation)
}
