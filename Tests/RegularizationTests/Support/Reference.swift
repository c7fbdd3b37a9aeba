import Foundation
import Regularization

/// Values that other libraries computed, from `Reference/vectors`.
struct Reference: Decodable {
    /// One input with what came out of it; which of the fields there are depends on the file.
    struct Case: Decodable {
        let name: String
        let shape: [Int]
        let input: [Double]
        let strength: Double?
        let step: Double?
        let l1: Double?
        let l2: Double?
        let group: Double?
        let gamma: Double?
        let epsilon: Double?
        let threshold: Double?
        let lower: Double?
        let upper: Double?
        let radius: Double?
        let k: Int?
        let weights: [Double]?
        let output: [Double]?
        let value: Double?
        let gradient: [Double]?

        var tensor: Tensor { Tensor(Shape(shape), input.map { Float($0) }) }
        /// Whether inputs lie on a threshold, on one side of it or the other.
        var hasTies: Bool { name.hasPrefix("ties") }
    }

    let cases: [Case]

    /// The cases of a file of `Reference/vectors`, those with a large tensor left out to spare debug builds
    /// unless they are asked for.
    static func cases(_ file: String, largeOnes: Bool = false) throws -> [Case] {
        try decode(Reference.self, "vectors/\(file)").cases.filter { largeOnes || $0.input.count < 100 }
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ file: String) throws -> Value {
        let url = Bundle.module.resourceURL!.appending(path: "Reference/\(file).json")
        return try JSONDecoder().decode(Value.self, from: Data(contentsOf: url))
    }
}
