import Foundation
import Regularization

/// The weights and the state of an optimizer after the updates of a trial.
struct TrialResult {
    let weights: [Float]
    let buffers: [(name: String, elements: [Float])]
    let updates: Int

    init(_ parameters: Parameters, _ state: OptimizerState) {
        weights = parameters.numbers
        buffers = state.names.map { ($0, state[$0]) }
        updates = state.updates
    }

    /// The first difference in bits, in words; nil if there is none.
    ///
    /// All NaN count as equal.
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
            // `memcmp` compares whole arrays at once: in a debug build a loop over 100,000 weights takes long.
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
