import FuzzerSupport
import Regularization
import TensorFiles

/// The input is a file of tensors, in the format that its first bytes say.
///
/// What holds: it is opened or refused with a sentence; its tensors take no more bytes than there are; each of them is
/// read or refused with a sentence; what was read is written in the same format, in safetensors or refused with a
/// sentence, and read from there it has the same names, shapes, texts and bits.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTensorFiles(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    input.replace(with: start, count)
    do throws(TensorFileError) {
        let file = try TensorFile(input.path)
        let bits = file.tensors.reduce(0) { $0 + $1.shape.count * $1.type.bits }
        check(bits <= 8 * count, "The tensors of \(count) bytes take \(bits) bits.")
        let tensors = file.tensors.compactMap { ReadTensor($0, in: file) }
        for format in Set([file.format, .safetensors]) { checkWriting(tensors, of: file, as: format) }
        if file["fully.0.weight"] == nil {
            _ = try file.floats(of: "fully.0.weight")
            check(false, "A tensor that is not there is read.")
        }
    } catch {
        checkSentence(error)
    }
    return 0
}

private let input = MemoryFile()
private let output = MemoryFile()

/// A tensor with the numbers that are written: Doubles if the file has these, else Floats.
private struct ReadTensor {
    let name: String
    let shape: Shape
    let floats: [Float]
    let doubles: [Double]?

    /// Nil if it is refused.
    init?(_ tensor: TensorFile.Tensor, in file: TensorFile) {
        do throws(TensorFileError) {
            floats = try file.floats(of: tensor.name)
            doubles = tensor.type == .float64 ? try file.doubles(of: tensor.name) : nil
        } catch {
            checkSentence(error)
            return nil
        }
        (name, shape) = (tensor.name, tensor.shape)
        check(floats.count == shape.count, "\(name) has the shape \(shape) and \(floats.count) elements.")
        do throws(TensorFileError) {
            let exact = try file.floats(of: name, exact: true)
            check(
                exact.map(\.bitPattern) == floats.map(\.bitPattern),
                "\(name) is exact, and has other numbers.")
        } catch {
            checkSentence(error)
        }
    }

    func add(to contents: inout TensorFileContents) {
        if let doubles {
            contents.add(name, shape, doubles: doubles)
        } else {
            contents.add(name, shape, floats)
        }
    }

    func checkSame(in file: TensorFile) throws(TensorFileError) {
        check(file[name]?.shape == shape, "\(name) has another shape.")
        let areSame =
            if let doubles {
                try file.doubles(of: name, exact: true).map(\.bitPattern) == doubles.map(\.bitPattern)
            } else {
                try file.floats(of: name, exact: true).map(\.bitPattern) == floats.map(\.bitPattern)
            }
        check(areSame, "\(name) has other numbers.")
    }
}

private func checkWriting(_ tensors: [ReadTensor], of file: TensorFile, as format: TensorFile.Format) {
    var contents = TensorFileContents(metadata: file.metadata)
    for tensor in tensors { tensor.add(to: &contents) }
    output.clear()
    do throws(TensorFileError) {
        try contents.write(to: output.path, as: format)
    } catch {
        // An .npy file whose tensor is not read has none to write.
        check(tensors.isEmpty || format != file.format, "The format that it was read in refuses it: \(error)")
        return checkSentence(error)
    }
    do throws(TensorFileError) {
        let again = try TensorFile(output.path)
        check(again.tensors.count == tensors.count, "\(tensors.count) tensors became \(again.tensors.count).")
        for tensor in tensors { try tensor.checkSame(in: again) }
        check(texts(again.metadata) == texts(file.metadata), "Other texts: \(again.metadata)")
    } catch {
        check(false, "What was written cannot be read: \(error)")
    }
}

/// The scalars of keys and texts, in the order in which they are written.
private func texts(_ metadata: TensorMetadata) -> [[[UInt8]]] {
    metadata.entries.map { [Array($0.key.utf8), Array($0.text.utf8)] }
        .sorted { $0[0].lexicographicallyPrecedes($1[0]) }
}
