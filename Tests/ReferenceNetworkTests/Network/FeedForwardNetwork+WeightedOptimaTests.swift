import Foundation
import ReferenceNetwork
import Regularization
import Testing

/// Weighted problems of a table of 40 samples reach the optima that scikit-learn and Newton's method find.
struct FeedForwardNetworkWeightedOptimaTests {
    private struct Reference: Decodable {
        struct Run: Decodable {
            let problem: String
            let target: String
            let l2: Double
            let weights: [Double]
            let objective: Double
            /// Features, or features × classes.
            let coefficients: ReferenceOptimum.Coefficients
            let intercept: [Double]
        }
        let runs: [Run]
    }

    /// The columns of the table by name.
    private func table() throws -> [String: [Float]] {
        let text = try String(contentsOfFile: referencePath("weighted_40x5.csv"), encoding: .utf8)
        let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",") }
        var columns: [String: [Float]] = [:]
        for (index, name) in lines[0].enumerated() {
            columns[String(name)] = try lines.dropFirst().map { try #require(Float($0[index])) }
        }
        return columns
    }

    private func samples(_ run: Reference.Run) throws -> Samples {
        let table = try table()
        let column = { (name: String) in try #require(table[name]) }
        let features = try (0..<5).map { try column("x\($0)") }
        let targets: Targets =
            switch run.target {
            case "y": .values(try column("y"), outputs: 1)
            case "class": .classes(try column("class").map { Int($0) }, names: ["0", "1", "2"])
            default: .classes(try column("class").map { $0 > 0 ? 1 : 0 }, names: ["0", "1"])
            }
        var samples = Samples(
            features: (0..<40).flatMap { row in features.map { $0[row] } }, inputs: 5, targets: targets)
        if run.problem.hasSuffix("sample weights") {
            samples = try samples.weighted(by: column("weight"))
        }
        if run.problem.contains("balanced") { samples = try samples.balancedByClass() }
        return samples
    }

    @Test(arguments: 0..<7)
    func reachesTheOptimum(index: Int) throws {
        let reference: Reference = try reference("weighted_40x5")
        #expect(reference.runs.count == 7)
        let run = reference.runs[index]
        let samples = try samples(run)
        for (found, expected) in zip(samples.sampleWeights, run.weights) {
            expectClose(Double(found), expected, within: 1e-7 * expected)
        }
        let loss: Loss =
            switch run.target {
            case "y": .meanSquaredError
            case "class": .softmaxCrossEntropy
            default: .binaryCrossEntropy
            }
        // The reference halves the squared error.
        let factor: Double = loss == .meanSquaredError ? 2 : 1
        var network = FeedForwardNetwork(
            inputs: 5, hidden: [], outputs: loss == .softmaxCrossEntropy ? 3 : 1, loss: loss)
        let report = try ProximalGradient().fit(
            &network, to: samples, with: [.proximalStep(SquaredL2(), strength: factor * run.l2)],
            showsProgress: false)
        #expect(report.hasConverged)

        let weights = network.parameters["fully.0.weight"].map { Double($0) }
        let biases = network.parameters["fully.0.bias"].map { Double($0) }
        let penalty = run.l2 / 2 * weights.reduce(0) { $0 + $1 * $1 }
        expectClose(
            network.loss(on: samples) / factor + penalty, run.objective, relative: 1e-6, "\(run.problem)")
        guard case .matrix(let matrix) = run.coefficients else { return }
        let coefficients = matrix[0].indices.flatMap { output in matrix.map { $0[output] } }
        let largest = coefficients.reduce(0) { max($0, abs($1)) }
        let found = network.parameters["fully.0.weight"]
        expectClose(found, coefficients, within: 1e-4 * largest, "\(run.problem)")
        // A constant in all intercepts of a softmax changes nothing.
        let mean = loss == .softmaxCrossEntropy ? biases.reduce(0, +) / 3 : 0
        expectClose(biases.map { Float($0 - mean) }, run.intercept, within: 1e-4 * largest, "\(run.problem)")
    }
}
