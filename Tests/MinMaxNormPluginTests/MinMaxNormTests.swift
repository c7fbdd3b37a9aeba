import Foundation
import MinMaxNormPlugin
import Regularization
import RegularizationLaws
import Testing

struct MinMaxNormTests {
    static let groups: [Groups] = [.rows, .columns, .whole, .blocks(rows: 1, columns: 1)]
    static let ranges = [0...1, 0.5...1.5, 2...2, 0...0, 1e-3...1e3]

    @Test(arguments: groups, ranges)
    func obeysEveryLaw(groups: Groups, range: ClosedRange<Double>) {
        for seed in 0..<3 as Range<UInt64> {
            let violations = RegularizerLaws.violations(of: MinMaxNorm(groups, range), seed: seed)
            #expect(violations.isEmpty, "\(violations.first!)")
        }
    }

    @Test("At the rate r it moves the share r of Keras' way, but for the 1e-7 that Keras adds to the norm")
    func keras() throws {
        let rate = 0.5
        let url = Bundle.module.resourceURL!.appending(
            path: "Reference/keras_constraint_minmaxnorm_axis0.json")
        let cases = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url)).cases
        #expect(cases.count == 5)
        for reference in cases where !reference.name.hasPrefix("zeros") {
            let shape = Shape(reference.shape)
            let projection = project(
                shape, reference.input.map { Float($0) }, MinMaxNorm(.columns, 0.5...1.5))
            for index in projection.indices {
                let column = stride(from: index % shape.columns, to: shape.count, by: shape.columns)
                let norm = column.reduce(0) { $0 + reference.input[$1] * reference.input[$1] }.squareRoot()
                let mean = rate * Double(projection[index]) + (1 - rate) * reference.input[index]
                let found = mean * norm / (norm + 1e-7)
                let expected = reference.output[index]
                #expect(abs(found - expected) <= 1e-6 * abs(expected), "\(reference.name) \(index)")
            }
        }
    }

    @Test("From 0 on it is the L2 ball, on one norm the sphere")
    func isTheBallOrTheSphere() {
        let weights: [Float] = [3, -4, 0, 0, 1e-20, 0, 0.5, 0.1]
        let ball = project([4, 2], weights, L2Ball(.rows, radius: 1.25))
        #expect(project([4, 2], weights, MinMaxNorm(.rows, 0...1.25)) == ball)
        let sphere = project([4, 2], weights, L2Sphere(.rows, radius: 1.25))
        #expect(project([4, 2], weights, MinMaxNorm(.rows, 1.25...1.25)) == sphere)
    }

    @Test("Zeros become the lower bound in the first element, and empty groups stay")
    func zeros() {
        #expect(project([2, 2], [0.3, 0, 0.4, 0.5], MinMaxNorm(.columns, 0.5...1)) == [0.3, 0, 0.4, 0.5])
        #expect(project([1, 3], [0, 0, 0], MinMaxNorm(.rows, 2...3)) == [2, 0, 0])
        #expect(value([3, 0], [], MinMaxNorm(.rows, 2...3)) == 0)
    }

    @Test("What holds stays bit for bit, also after a projection")
    func staysInside() {
        let constraint = MinMaxNorm(.rows, 0.7...0.9)
        let weights = (0..<60).map { Float($0 * 37 % 61) / 61 - 0.5 }
        let once = project([20, 3], weights, constraint)
        #expect(once != weights)
        #expect(project([20, 3], once, constraint) == once)
    }

    @Test("NaN makes its group NaN, a group with infinity stays")
    func notFinite() {
        let found = project([3, 2], [.nan, 1, .infinity, 1, 0.6, 0.8], MinMaxNorm(.rows, 0.5...1))
        #expect(found[0].isNaN && found[1].isNaN)
        #expect(found[2...] == [.infinity, 1, 0.6, 0.8])
        let constraint = MinMaxNorm(.rows, 0.5...1)
        #expect(value([2, 1], [.nan, 3], constraint).isNaN)
        #expect(value([1, 1], [1.001], constraint) == .infinity)
        #expect(value([1, 1], [0.499], constraint) == .infinity)
    }

    @Test("It composes after L1 if it is a ball, and with squared L2 alone otherwise")
    func composes() {
        #expect((L1() + MinMaxNorm(.rows, 0...1)).refusal == nil)
        #expect((L1() + MinMaxNorm(.rows, 0.5...1)).refusal != nil)
        #expect((SquaredL2() + MinMaxNorm(.rows, 0.5...1)).refusal == nil)
    }

    @Test func keepsNormsInTheRangeWhileTraining() throws {
        var parameters = Parameters([("layer.weight", [2, 2], [3, 4, 0.03, 0.04])])
        var gradients = Gradients(like: parameters)
        // snippet: use
        var optimizer = try Adam(learningRate: 1e-3).regularized(
            by: [.proximalStep(MinMaxNorm(.rows, 0.5...2), metric: .euclidean)], over: parameters)
        optimizer.update(&parameters, along: &gradients)
        // end snippet
        #expect(parameters["layer.weight"] == [1.2, 1.6, 0.3, 0.4])
    }

    @Test("Under Adam it has to say that it is Euclidean")
    func isEuclidean() {
        let parameters = Parameters([("layer.weight", [2, 2], [3, 4, 0.03, 0.04])])
        #expect(throws: PenaltyError.self) {
            try Adam(learningRate: 1e-3).regularized(
                by: [.proximalStep(MinMaxNorm(.rows, 0.5...2))], over: parameters)
        }
    }

    private func project(_ shape: Shape, _ weights: [Float], _ constraint: some ProximalRegularizer)
        -> [Float]
    {
        var point = weights
        var view = MutableWeights(shape: shape, point.mutableSpan)
        constraint.applyProx(to: &view, scale: 1)
        return point
    }

    private func value(_ shape: Shape, _ weights: [Float], _ regularizer: MinMaxNorm) -> Double {
        regularizer.value(at: Weights(shape: shape, weights.span))
    }
}

private struct Reference: Decodable {
    struct Case: Decodable {
        let name: String
        let shape: [Int]
        let input: [Double]
        let output: [Double]
    }

    let cases: [Case]
}
