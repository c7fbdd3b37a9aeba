import CosineOrthogonalityPlugin
import Foundation
import Regularization
import RegularizationLaws
import Testing

struct MeanAbsoluteCosineTests {
    static let axes: [MeanAbsoluteCosine.Axis] = [.rows, .columns]

    @Test(arguments: axes)
    func obeysEveryLaw(axis: MeanAbsoluteCosine.Axis) {
        for seed in 0..<5 as Range<UInt64> {
            let violations = RegularizerLaws.violations(of: MeanAbsoluteCosine(of: axis), seed: seed)
            #expect(violations.isEmpty, "\(violations.first!)")
        }
    }

    @Test("At the strength 0.01 value and gradient are Keras' with the factor 0.01", arguments: axes)
    func keras(axis: MeanAbsoluteCosine.Axis) throws {
        let cases = try Reference.cases(axis)
        #expect(cases.count == 5)
        for reference in cases where reference.finite {
            let weights = reference.input.map { Float($0) }
            let (value, gradient) = valueAndGradient(axis, Shape(reference.shape), weights, scale: 0.01)
            #expect(abs(0.01 * value - reference.value) <= 1e-6 * reference.value, "\(reference.name)")
            let derivatives = reference.gradient.map { $0 ?? .nan }
            let largest = derivatives.reduce(0) { max($0, abs($1)) }
            for (found, derivative) in zip(gradient, derivatives) {
                #expect(abs(Double(found) - derivative) <= 2e-6 * largest, "\(reference.name)")
            }
        }
    }

    @Test("At zeros, where Keras' gradient is NaN, value and gradient are 0", arguments: axes)
    func zeros(axis: MeanAbsoluteCosine.Axis) throws {
        for reference in try Reference.cases(axis) where !reference.finite {
            let weights = reference.input.map { Float($0) }
            #expect(
                reference.gradient.allSatisfy { $0 == nil } && weights.allSatisfy { $0 == 0 },
                "\(reference.name)")
            let (value, gradient) = valueAndGradient(axis, Shape(reference.shape), weights)
            #expect(value == 0, "\(reference.name)")
            #expect(gradient == weights, "\(reference.name)")
        }
    }

    @Test("One vector has no pair, a zero vector counts as orthogonal and stays")
    func fewVectors() {
        let single = valueAndGradient(.rows, [1, 3], [1, .nan, 3])
        #expect(single.value == 0 && single.gradient == [0, 0, 0])
        // Two of the three pairs have a zero vector, the third has the cosine −1.
        let (value, gradient) = valueAndGradient(.rows, [3, 2], [1, 2, 0, 0, -2, -4])
        #expect(abs(value - 1.0 / 3) < 1e-15)
        #expect(gradient[2...3] == [0, 0])
    }

    @Test("Lengths and signs of vectors do not count, and orthogonal ones cost nothing")
    func isOfDirections() {
        let value = valueAndGradient(.columns, [2, 2], [1, 3, 2, -1]).value
        #expect(abs(valueAndGradient(.columns, [2, 2], [-8, 3, -16, -1]).value - value) < 1e-15)
        let orthogonal = valueAndGradient(.columns, [2, 2], [1, -2, 2, 1])
        #expect(orthogonal.value == 0 && orthogonal.gradient == [0, 0, 0, 0])
    }

    @Test("NaN and infinity make everything NaN")
    func notFinite() {
        for weight in [Float.nan, .infinity] {
            let (value, gradient) = valueAndGradient(.rows, [3, 2], [1, 2, weight, 0, 0, 0])
            #expect(value.isNaN, "weight \(weight)")
            #expect(gradient.allSatisfy { $0.isNaN }, "weight \(weight): \(gradient)")
        }
    }

    @Test("Rows of a vector are refused, with a sentence")
    func refusesVectors() {
        #expect(throws: ShapeError("cosines between rows need a tensor of rank 2 or more, not [5]")) {
            try MeanAbsoluteCosine(of: .rows).check([5])
        }
    }

    @Test func makesTheRoundTrip() throws {
        let text = String(decoding: try JSONEncoder().encode(MeanAbsoluteCosine(of: .columns)), as: UTF8.self)
        #expect(text == #"{"axis":"columns"}"#)
        #expect(
            try JSONDecoder().decode(MeanAbsoluteCosine.self, from: Data(text.utf8))
                == MeanAbsoluteCosine(of: .columns))
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(MeanAbsoluteCosine.self, from: Data(#"{"axis":"diagonals"}"#.utf8))
        }
    }

    @Test func makesRowsOrthogonalWhileTraining() throws {
        var parameters = Parameters([("layer.weight", [2, 2], [1, 0.2, 1, -0.7])])
        var gradients = Gradients(like: parameters)
        // snippet: use
        var optimizer = try SGD(learningRate: 0.1).regularized(
            by: [.lossTerm(MeanAbsoluteCosine(of: .rows), strength: 0.1)], over: parameters)
        optimizer.update(&parameters, along: &gradients)
        // end snippet
        for _ in 0..<200 {
            gradients = Gradients(like: parameters)
            optimizer.update(&parameters, along: &gradients)
        }
        #expect(valueAndGradient(.rows, [2, 2], parameters["layer.weight"]).value < 0.02)
    }

    private func valueAndGradient(
        _ axis: MeanAbsoluteCosine.Axis, _ shape: Shape, _ weights: [Float], scale: Float = 1
    ) -> (value: Double, gradient: [Float]) {
        var gradient = [Float](repeating: 0, count: shape.count)
        var view = MutableWeights(shape: shape, gradient.mutableSpan)
        let value = MeanAbsoluteCosine(of: axis).valueAddingGradient(
            at: Weights(shape: shape, weights.span), scale: scale, to: &view)
        return (value, gradient)
    }
}

private struct Reference: Decodable {
    struct Case: Decodable {
        let name: String
        let shape: [Int]
        let input: [Double]
        let value: Double
        let gradient: [Double?]
        let finite: Bool
    }

    let cases: [Case]

    static func cases(_ axis: MeanAbsoluteCosine.Axis) throws -> [Case] {
        let url = Bundle.module.resourceURL!.appending(path: "Reference/keras_orthogonal_\(axis).json")
        return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url)).cases
    }
}
