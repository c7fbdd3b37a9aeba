import Foundation
import ReferenceNetwork
import Testing

/// The reference network's initial weights and data.
struct ReferenceModel: Decodable {
    let shapes: [String: [Int]]
    let initial: [String: [Float]]
    let X: [Float]
    let y: [Int]
}

/// The runs of one optimizer.
struct ReferenceTrajectories: Decodable {
    struct Run: Decodable {
        struct Snapshot: Decodable {
            let weights: [String: [Double]]
        }
        let threshold: Double?
        let strength: Double?
        let batch_total_loss: [Double]
        let batch_data_loss: [Double]
        let after_step: [String: Snapshot]
    }
    let learning_rate: Double
    let runs: [String: Run]
}

/// A convex problem with its solution.
struct ReferenceOptimum: Decodable {
    let data: String
    struct Parameters: Decodable {
        let l1: Double?
        let positive: Bool?
        let l2: Double?
        let group: Double?
        let groups: [[Int]]?
        let group_weights: [Double]?
        let rows: Double?
    }
    /// Features × outputs, or features alone.
    enum Coefficients: Decodable {
        case matrix([[Double]])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let vector = try? container.decode([Double].self) {
                self = .matrix(vector.map { [$0] })
            } else {
                self = .matrix(try container.decode([[Double]].self))
            }
        }
    }
    let parameters: Parameters
    let coefficients: Coefficients
    let fit_intercept: Bool
    let lambda_over_lambda_max: Double?
    let target_offset: Double?
    let optimal_objective: Double
    let nonzeros: Int
}

func reference<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
    try JSONDecoder().decode(
        Value.self, from: Data(contentsOf: URL(fileURLWithPath: referencePath(name + ".json"))))
}

func referencePath(_ file: String) throws -> String {
    let path = Bundle.module.resourceURL?.appendingPathComponent("Reference/\(file)").path
    return try #require(path)
}

/// ‖a − b‖ / ‖b‖.
func relativeDistance(_ a: [Float], _ b: [Double]) -> Double {
    #expect(a.count == b.count)
    let difference = zip(a, b).reduce(0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
    return (difference / b.reduce(0) { $0 + $1 * $1 }).squareRoot()
}
