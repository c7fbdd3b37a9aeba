import FuzzerSupport
import ReferenceNetwork
import TensorFiles

/// The input is a tensor file that may be a model.
///
/// What holds: it is the model of a table, a network without one, or refused with a sentence, and never both; it
/// predicts a row of zeros or refuses it with a sentence; it is written, and what is read from there is written as the
/// same bytes and predicts the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzModels(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    input.replace(with: start, count)
    // Why a file is no tensor file is for the fuzzer of these to check.
    guard let file = try? TensorFile(input.path) else { return 0 }
    do throws(ModelFileError) {
        let model = try TabularModel(contentsOf: file)
        check((try? FeedForwardNetwork(contentsOf: file)) == nil, "It is both kinds of models.")
        checkWriting(model)
        return 0
    } catch {
        checkSentence(error)
    }
    do throws(ModelFileError) {
        checkWriting(try FeedForwardNetwork(contentsOf: file))
    } catch {
        checkSentence(error)
    }
    return 0
}

private let input = MemoryFile()
private let output = MemoryFile()

/// What both kinds of models can do.
private protocol WritableModel {
    init(contentsOf file: TensorFile) throws(ModelFileError)
    func write(to path: String) throws(TensorFileError)
    /// The bits of the predictions for a row of zeros; nil if it is refused.
    var bits: [UInt32]? { get }
}

extension FeedForwardNetwork: WritableModel {
    fileprivate var bits: [UInt32]? {
        predictions(for: Array(repeating: 0, count: inputs), samples: 1).map(\.bitPattern)
    }
}

extension TabularModel: WritableModel {
    fileprivate var bits: [UInt32]? {
        do throws(PredictionError) {
            switch try predictions(for: Array(repeating: 0, count: network.inputs)) {
            case .classes(let classes, let names, let probabilities):
                check(classes.allSatisfy(names.indices.contains), "There is no class \(classes).")
                return probabilities.map(\.bitPattern)
            case .values(let values, _): return values.map(\.bitPattern)
            }
        } catch {
            checkSentence(error)
            return nil
        }
    }
}

private func checkWriting<Model: WritableModel>(_ model: Model) {
    do {
        output.clear()
        try model.write(to: output.path)
        let bytes = output.bytes
        let again = try Model(contentsOf: TensorFile(output.path))
        check(again.bits == model.bits, "It predicts something else.")
        output.clear()
        try again.write(to: output.path)
        check(output.bytes == bytes, "It has other bytes.")
    } catch {
        check(false, "What was read cannot be written and read: \(error)")
    }
}
