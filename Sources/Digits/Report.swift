import Foundation
import ReferenceNetwork
import Regularization

/// The results of one experiment: means over the seeds, and the runs themselves.
struct Report: Encodable {
    let penalty: String
    let stage: String
    @OrNull var metric: String?
    let testAccuracy: Double
    /// The standard deviation of the test accuracy over the runs, 0 for one run.
    let testAccuracyDeviation: Double
    let exactZeroShare: Double
    /// The mean number of units alive: of the inputs, then of each hidden layer.
    let unitsAlive: [Double]
    let seconds: Double
    let runs: [Run]

    init(_ experiment: Experiment, _ runs: [Run]) {
        penalty = experiment.name
        stage = experiment.stage
        metric = experiment.metric?.rawValue
        testAccuracy = mean(runs.map(\.testAccuracy))
        testAccuracyDeviation = deviation(runs.map(\.testAccuracy))
        exactZeroShare = mean(runs.map(\.exactZeroShare))
        unitsAlive = runs[0].unitsAlive.indices.map { layer in mean(runs.map { Double($0.unitsAlive[layer]) })
        }
        seconds = mean(runs.map(\.seconds))
        self.runs = runs
    }

    /// The titles of the table's columns, in the order of `cells`.
    static let header = [
        "penalty", "stage", "metric", "test accuracy %", "exact zeros %", "units alive", "seconds",
    ]

    /// The results as cells of a row of the table.
    var cells: [String] {
        [
            penalty,
            ["lossTerm": "loss term", "decay": "decay", "proximalStep": "proximal step"][stage] ?? "–",
            metric ?? "–",
            String(format: "%.1f ± %.1f", 100 * testAccuracy, 100 * testAccuracyDeviation),
            String(format: "%.1f", 100 * exactZeroShare),
            unitsAlive.map { String(format: "%.0f", $0) }.joined(separator: "/"),
            String(format: "%.1f", seconds),
        ]
    }
}

private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

/// The standard deviation of a sample, with n − 1 in the denominator; 0 for one value.
private func deviation(_ values: [Double]) -> Double {
    let mean = mean(values)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return values.count < 2 ? 0 : (squares / Double(values.count - 1)).squareRoot()
}
