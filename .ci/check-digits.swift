// Checks the main job's results against the results of two independent implementations of the same setup, and the
// models that it wrote against the results: check-digits RESULTS MODELS.
import Foundation

struct Row: Decodable {
    let penalty: String
    let stage: String
    let metric: String?
    let testAccuracy: Double
    let exactZeroShare: Double
    let runs: [Run]
}

struct Run: Decodable {
    let exactZeroShare: Double
    let model: String?
}

/// The share of the weights in a model, biases excluded, that are exactly zero.
func zeroShare(of model: String) throws -> Double {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: model))
    let length = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let header =
        try JSONSerialization.jsonObject(with: bytes[8..<8 + length]) as? [String: [String: Any]] ?? [:]
    var weights: [Float] = []
    for (name, fields) in header where name.hasSuffix(".weight") {
        let range = (fields["data_offsets"] as? [Int] ?? []).map { 8 + length + $0 }
        bytes[range[0]..<range[1]].withUnsafeBytes { buffer in
            for start in stride(from: 0, to: buffer.count, by: 4) {
                weights.append(buffer.loadUnaligned(fromByteOffset: start, as: Float.self))
            }
        }
    }
    return Double(weights.count { $0 == 0 }) / Double(weights.count)
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
for row in rows {
    for run in row.runs {
        guard let model = run.model else {
            failures.append("\(row.penalty), \(row.stage): no model")
            continue
        }
        let share = try zeroShare(of: "\(CommandLine.arguments[2])/\(model)")
        if share != run.exactZeroShare {
            failures.append("\(model): zeros \(share), not \(run.exactZeroShare)")
        }
    }
}
if Set(rows.flatMap(\.runs).map(\.model)).count != rows.flatMap(\.runs).count {
    failures.append("Two runs have the same model.")
}
print(failures.isEmpty ? "The results agree with the reference." : failures.joined(separator: "\n"))
exit(failures.isEmpty ? 0 : 1)
