import Foundation
import Regularization
import RegularizationLaws
import SquaredDifferencesPlugin
import Testing

struct SquaredDifferencesTests {
    static let axes: [SquaredDifferences.Axis] = [.rows, .columns]

    @Test(arguments: axes)
    func obeysEveryLaw(axis: SquaredDifferences.Axis) {
        for seed in 0..<5 as Range<UInt64> {
            let violations = RegularizerLaws.violations(of: SquaredDifferences(along: axis), seed: seed)
            #expect(violations.isEmpty, "\(violations.first!)")
        }
    }

    @Test("Values, gradients and proximal points are SciPy's, along rows and along columns", arguments: axes)
    func reference(axis: SquaredDifferences.Axis) throws {
        let url = Bundle.module.resourceURL!.appending(path: "Reference/squared_differences.json")
        let cases = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url)).cases
        #expect(cases.count == 8)
        for reference in cases {
            let count = reference.input.count
            let line = Line(axis, reference.input.map { Float($0) })
            let scales = reference.scales.map { Float($0) }
            expectEqual(line.point(stepSizes: scales), reference.output)
            if Set(scales).count == 1 { expectEqual(line.point(scale: scales[0]), reference.output) }
            let (value, gradient) = line.valueAndGradient()
            #expect(abs(value - reference.value) <= 1e-12 * reference.value, "\(reference.input)")
            expectEqual(gradient, reference.gradient)
            for index in 0..<count where scales[index] == 0 {
                #expect(
                    line.point(stepSizes: scales)[index] == line.weights[index],
                    "\(reference.input), index \(index)")
            }
        }
    }

    @Test("Lines do not touch each other")
    func lines() {
        let weights: [Float] = [1, 5, 2, -3, 0, 7]
        let rows = point(.rows, [2, 3], weights)
        #expect(Array(rows[..<3]) == Line(.rows, [1, 5, 2]).point(scale: 1))
        #expect(Array(rows[3...]) == Line(.rows, [-3, 0, 7]).point(scale: 1))
        let columns = point(.columns, [2, 3], weights)
        for column in 0..<3 {
            let line = Line(.rows, [weights[column], weights[column + 3]])
            #expect([columns[column], columns[column + 3]] == line.point(scale: 1), "column \(column)")
        }
    }

    @Test(
        "Large scales give the mean, also where 1 is nothing beside them",
        arguments: [1e6, 1e20, 3e38, .infinity])
    func largeScales(scale: Float) {
        for weight in Line(.rows, [1, 5, 2, -3, 0]).point(scale: scale) {
            #expect(abs(weight - 1) < 1e-4, "weight \(weight)")
        }
        // Weighted by 1/t.
        for weight in Line(.rows, [1, 5]).point(stepSizes: [1e30, 3e30]) {
            #expect(abs(weight - 2) < 1e-6, "weight \(weight)")
        }
    }

    @Test("Elements with scale 0 stay and hold their neighbors")
    func zeroScales() {
        let line = Line(.rows, [1, 5, 2, -3, 0.1])
        #expect(line.point(stepSizes: [0, 0, 0, 0, 0]) == line.weights)
        #expect(line.point(scale: 0) == line.weights)
        let point = line.point(stepSizes: [0, 1e30, 1e30, 0, 1e30])
        expectEqual(point, [1, 1 - 4.0 / 3, 1 - 8.0 / 3, -3, -3])
    }

    @Test("NaN or infinity makes its line NaN, and no other")
    func notFinite() {
        for weight in [Float.nan, .infinity] {
            let found = point(.rows, [2, 3], [1, weight, 2, 3, 3, 3])
            #expect(found[..<3].allSatisfy { $0.isNaN }, "weight \(weight): \(found[..<3])")
            #expect(found[3...] == [3, 3, 3], "weight \(weight)")
        }
        #expect(point(.columns, [1, 3], [1, 2, 3]) == [1, 2, 3])
    }

    @Test("Columns of a vector are refused, with a sentence")
    func refusesVectors() {
        #expect(
            throws: ShapeError(
                "differences along columns need a tensor of rank 2 or more; use .rows for [5]")
        ) { try SquaredDifferences(along: .columns).check([5]) }
    }

    @Test("A box, which treats all elements alike, does not compose after it; squared L2 does")
    func composes() {
        #expect((SquaredDifferences(along: .rows) + Box(0...1)).refusal != nil)
        #expect((SquaredDifferences(along: .rows) + SquaredL2()).metricRefusal == nil)
    }

    @Test func makesTheRoundTrip() throws {
        let text = String(
            decoding: try JSONEncoder().encode(SquaredDifferences(along: .rows)), as: UTF8.self)
        #expect(text == #"{"axis":"rows"}"#)
        #expect(
            try JSONDecoder().decode(SquaredDifferences.self, from: Data(text.utf8))
                == SquaredDifferences(along: .rows))
    }

    @Test func smoothsInAdamsMetric() throws {
        var parameters = Parameters([("filter.weight", [1, 4], [0, 1, 0, 1])])
        var gradients = Gradients(like: parameters)
        gradients["filter.weight"] = [1, -1, 1, -1]
        // snippet: use
        var optimizer = try Adam(learningRate: 1e-2).regularized(
            by: [.proximalStep(SquaredDifferences(along: .rows), strength: 10)], over: parameters)
        optimizer.update(&parameters, along: &gradients)
        // end snippet
        let before: [Float] = [-0.01, 1.01, -0.01, 1.01]
        let expected = Line(.rows, before).point(scale: 0.1)
        let found = parameters["filter.weight"]
        #expect(
            zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 }, "\(found), not \(expected)")
    }

    private func point(_ axis: SquaredDifferences.Axis, _ shape: Shape, _ weights: [Float]) -> [Float] {
        var point = weights
        var view = MutableWeights(shape: shape, point.mutableSpan)
        SquaredDifferences(along: axis).applyProx(to: &view, scale: 1)
        return point
    }

    private func expectEqual(
        _ found: [Float], _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let slack = 2e-7 * expected.reduce(1) { max($0, abs($1)) }
        #expect(
            zip(found, expected).allSatisfy { abs(Double($0) - $1) <= slack }, "\(found), not \(expected)",
            sourceLocation: sourceLocation)
    }
}

/// A single row or column.
private struct Line {
    let regularizer: SquaredDifferences
    let shape: Shape
    let weights: [Float]

    init(_ axis: SquaredDifferences.Axis, _ weights: [Float]) {
        regularizer = SquaredDifferences(along: axis)
        shape = axis == .rows ? [1, weights.count] : [weights.count, 1]
        self.weights = weights
    }

    func point(scale: Float) -> [Float] {
        var point = weights
        var view = MutableWeights(shape: shape, point.mutableSpan)
        regularizer.applyProx(to: &view, scale: scale)
        return point
    }

    func point(stepSizes: [Float]) -> [Float] {
        var point = weights
        var view = MutableWeights(shape: shape, point.mutableSpan)
        regularizer.applyProx(to: &view, scales: Scales(stepSizes.span, factor: 1))
        return point
    }

    func valueAndGradient() -> (value: Double, gradient: [Float]) {
        var gradient = weights.map { _ in Float(0) }
        var view = MutableWeights(shape: shape, gradient.mutableSpan)
        let value = regularizer.valueAddingGradient(
            at: Weights(shape: shape, weights.span), scale: 1, to: &view)
        return (value, gradient)
    }
}

private struct Reference: Decodable {
    struct Case: Decodable {
        let input: [Double]
        let scales: [Double]
        let output: [Double]
        let value: Double
        let gradient: [Double]
    }

    let cases: [Case]
}
