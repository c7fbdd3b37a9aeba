import Foundation
import Regularization

/// What some updates made of the weights and of an optimizer's state.
struct TrialResult {
    let weights: [Float]
    let buffers: [(name: String, elements: [Float])]
    let updates: Int

    init(_ parameters: Parameters, _ state: OptimizerState) {
        weights = parameters.numbers
        buffers = state.names.map { ($0, state[$0]) }
        updates = state.updates
    }

    /// The first number that has other bits than there; one NaN is as good as another.
    func difference(from expected: TrialResult) -> (expected: String, found: String)? {
        if updates != expected.updates {
            return ("\(expected.updates) updates counted", "\(updates)")
        }
        let ours = [("weights", weights)] + buffers
        let theirs = [("weights", expected.weights)] + expected.buffers
        for ((name, found), (otherName, expected)) in zip(ours, theirs) {
            if name != otherName || found.count != expected.count {
                return ("\(expected.count) numbers in \(otherName)", "\(found.count) in \(name)")
            }
            // At once, since a loop of a debug build takes its time for a hundred thousand weights.
            if memcmp(found, expected, 4 * found.count) == 0 { continue }
            if let index = found.indices.first(where: { !Self.isSame(found[$0], expected[$0]) }) {
                return ("\(expected[index]) at \(index) of \(name)", "\(found[index])")
            }
        }
        return nil
    }

    private static func isSame(_ found: Float, _ expected: Float) -> Bool {
        found.bitPattern == expected.bitPattern || found.isNaN && expected.isNaN
    }
}
