// Checks the main job's results against the results of two independent implementations of the same setup.
import Foundation

struct Row: Decodable {
    let penalty: String
    let stage: String
    let metric: String?
    let testAccuracy: Double
    let exactZeroShare: Double
}

/// The range of accuracy, about ±1 point around the reference, and of the share of zeros, ±5 to ±8 points, of each row
/// in the optimizer's metric.
let expected: [(penalty: String, accuracy: ClosedRange<Double>, zeros: ClosedRange<Double>)] = [
    ("L1", 0.956...0.981, 0.72...0.83),
    ("group lasso", 0.959...0.981, 0.25...0.40),
    ("sparse group lasso", 0.957...0.980, 0.65...0.76),
]

let rows = try JSONDecoder().decode(
    [Row].self, from: Data(contentsOf: URL(fileURLWithPath: CommandLine.arguments[1])))
var failures: [String] = []
for (penalty, accuracy, zeros) in expected {
    guard let row = rows.first(where: { $0.penalty == penalty && $0.metric == "optimizer" }) else {
        failures.append("no row \(penalty)")
        continue
    }
    if !accuracy.contains(row.testAccuracy) { failures.append("\(penalty): accuracy \(row.testAccuracy)") }
    if !zeros.contains(row.exactZeroShare) { failures.append("\(penalty): zeros \(row.exactZeroShare)") }
}
for row in rows where row.stage != "proximalStep" && row.exactZeroShare > 0.0005 {
    failures.append("\(row.penalty), \(row.stage): zeros \(row.exactZeroShare)")
}
for row in rows where row.metric == "euclidean" && row.exactZeroShare > 0.01 {
    failures.append("\(row.penalty), Euclidean: zeros \(row.exactZeroShare)")
}
print(failures.isEmpty ? "The results agree with the reference." : failures.joined(separator: "\n"))
exit(failures.isEmpty ? 0 : 1)
