import Regularization
import Testing

@testable import ReferenceNetwork

struct InitializationTests {
    @Test(arguments: [(inputs: 1, outputs: 5), (30, 100), (100, 3)])
    func kaimingUniformIsPyTorchs(inputs: Int, outputs: Int) {
        let (weights, biases) = draw(.kaimingUniform, inputs, outputs)
        let bound = 1 / Float(inputs).squareRoot()
        #expect(weights.count == inputs * outputs && biases.count == outputs)
        #expect((weights + biases).allSatisfy { abs($0) <= bound })
        #expect(Set(biases).count > 1, "PyTorch draws the biases too")
    }

    @Test(arguments: [(inputs: 1, outputs: 5), (30, 100), (100, 3)])
    func glorotUniformHasZeroBiases(inputs: Int, outputs: Int) {
        let (weights, biases) = draw(.glorotUniform, inputs, outputs)
        let bound = (6 / Float(inputs + outputs)).squareRoot()
        #expect(weights.count == inputs * outputs)
        #expect(weights.allSatisfy { abs($0) <= bound }, "\(weights)")
        #expect(biases == Array(repeating: 0, count: outputs))
    }

    /// 1/√100, and √(6/120).
    @Test(arguments: [(.kaimingUniform, 0.1), (.glorotUniform, 0.223606798)] as [(Initialization, Float)])
    func weightsAreUniformUpToTheBound(initialization: Initialization, bound: Float) {
        let (inputs, outputs, tenths) = (100, 20, 10)
        let weights = draw(initialization, inputs, outputs).weights
        var counts = Array(repeating: 0, count: tenths)
        for weight in weights where abs(weight) <= bound {
            let share = (weight / bound + 1) / 2
            counts[min(Int(share * Float(tenths)), tenths - 1)] += 1
        }
        // Four standard deviations of a count.
        let expected = Double(weights.count) / Double(tenths)
        let deviation = (expected * (1 - 1 / Double(tenths))).squareRoot()
        #expect(counts.allSatisfy { abs(Double($0) - expected) < 4 * deviation }, "\(counts)")
    }

    @Test func theNetworkStartsAsItsInitializationSays() {
        let glorot = FeedForwardNetwork(inputs: 4, hidden: [3], outputs: 2, initialization: .glorotUniform)
        #expect(glorot.parameters["fully.0.bias"] == [0, 0, 0])
        #expect(glorot.parameters["fully.1.bias"] == [0, 0])
        let kaiming = FeedForwardNetwork(inputs: 4, hidden: [3], outputs: 2)
        #expect(kaiming.parameters["fully.0.bias"].allSatisfy { $0 != 0 && abs($0) <= 0.5 })
        #expect(Set(kaiming.parameters.values.map(\.sign)).count == 2)
    }

    @Test(arguments: Initialization.allCases)
    func withoutBiasesTheWeightsStartAsWithThem(initialization: Initialization) {
        let (with, without) = (true, false)
        let networks = [with, without].map {
            FeedForwardNetwork(
                inputs: 4, hidden: [3, 5], outputs: 2, bias: $0, initialization: initialization, seed: 9)
        }
        for layer in 0..<3 {
            let name = "fully.\(layer).weight"
            #expect(networks[0].parameters[name] == networks[1].parameters[name], "layer \(layer)")
        }
    }

    /// What seed 9 drew before there were networks without biases.
    @Test func theDrawsStayTheSame() {
        let network = FeedForwardNetwork(inputs: 2, hidden: [2], outputs: 1, seed: 9)
        #expect(
            network.parameters.bits == [
                0x3E84_0B70, 0x3EB5_85C1, 0xBEA9_ECBC, 0x3ECE_3A23, 0xBEAB_EE01, 0xBF0B_86DC, 0x3E53_274F,
                0x3F2F_1032, 0xBECB_70A2,
            ])
    }

    @Test(arguments: Initialization.allCases)
    func emptyLayersAreFinite(initialization: Initialization) {
        let biasesOnly = draw(initialization, 0, 3)
        #expect(biasesOnly.weights.isEmpty)
        #expect(biasesOnly.biases == [0, 0, 0])
        let nothing = draw(initialization, 0, 0)
        #expect(nothing.weights.isEmpty && nothing.biases.isEmpty)
    }

    private func draw(
        _ initialization: Initialization, _ inputs: Int, _ outputs: Int
    ) -> (weights: [Float], biases: [Float]) {
        var generator = SeededGenerator(seed: 1)
        return initialization.draw(inputs: inputs, outputs: outputs, using: &generator)
    }
}
