import Foundation
import FuzzerSupport
import Regularization
import RegularizationJSON

/// The input is a file of penalties.
///
/// What holds: it is read or refused with a sentence; what was read can be written, and that text gives itself again;
/// the penalties are attached to parameters or refused with a sentence, and a plan can be described.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPenalties(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let json = Data(UnsafeBufferPointer(start: start, count: count))
    let penalties: [Penalty]
    do {
        penalties = try RegularizerRegistry.builtIn.decode([Penalty].self, from: json)
    } catch {
        checkSentence(error)
        return 0
    }
    do {
        let written = try RegularizerRegistry.builtIn.encode(penalties)
        let read = try RegularizerRegistry.builtIn.decode([Penalty].self, from: written)
        let again = try RegularizerRegistry.builtIn.encode(read)
        check(written == again, "Written again, it is \(String(decoding: again, as: UTF8.self))")
    } catch {
        check(false, "What was read cannot be written and read: \(error)")
    }
    attach(penalties, by: SGD(learningRate: 0.1))
    attach(penalties, by: Adam(learningRate: 0.1))
    return 0
}

private let parameters = Parameters([
    ("fully.0.weight", [3, 2], [1, -2, 3, -4, 0, 6]), ("fully.0.bias", [3], [0, 1, 2]),
    ("fully.1.weight", [2, 3], [0.5, 0, -0.5, 1, 2, 3]), ("fully.1.bias", [2], [0, 0]),
])

private func attach(_ penalties: [Penalty], by optimizer: some Optimizer) {
    do {
        let regularized = try optimizer.regularized(by: penalties, over: parameters)
        check(!regularized.plan.description.isEmpty, "A plan has no description.")
    } catch {
        checkSentence(error)
    }
}
