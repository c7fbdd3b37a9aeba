import Files
import Regularization

extension TensorFileContents {
    /// Writes one array, byte for byte as `np.save` does.
    func writeNPY(to path: String) throws(TensorFileError) {
        try checkNoMetadata(path)
        guard tensors.count == 1 else {
            throw TensorFileError(
                .unwritable, in: path,
                "An .npy file has one array, not \(tensors.count); write .npz or .safetensors.")
        }
        let header = try npyHeader(of: tensors[0], path)
        try writeFile(to: path) { file throws(WritingError) in
            try file.write(header.span.bytes)
            try tensors[0].withBytes { bytes throws(WritingError) in try file.write(bytes) }
        }
    }

    /// Throws if there are texts, so that none is lost in silence.
    func checkNoMetadata(_ path: String) throws(TensorFileError) {
        guard let entry = metadata.entries.first else { return }
        throw TensorFileError(
            .unwritable, in: path,
            "NumPy's files have no metadata, such as \(quoted(entry.key)); write .safetensors, or set none.")
    }

    /// What is before the elements of an array.
    func npyHeader(of tensor: Tensor, _ path: String) throws(TensorFileError) -> [UInt8] {
        let dimensions = tensor.shape.dimensions.map(String.init)
        guard dimensions.count <= NPYHeader.largestRank else {
            throw TensorFileError(
                .unwritable, in: path, tensor: tensor.name,
                "It has \(dimensions.count) dimensions, and NumPy's arrays at most \(NPYHeader.largestRank).")
        }
        let shape = dimensions.joined(separator: ", ") + (dimensions.count == 1 ? "," : "")
        let descr = tensor.type == .float64 ? "<f8" : "<f4"
        var text = Array("{'descr': '\(descr)', 'fortran_order': False, 'shape': (\(shape)), }".utf8)
        // NumPy leaves room for a first dimension of 21 digits, and then pads the whole header to a multiple of 64
        // bytes, by 64 where it is one already.
        let room = dimensions.first.map { 21 - $0.utf8.count } ?? 0
        let size = TensorFileReader.magic.count + 4 + text.count + room + 1
        text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: room + 64 - size % 64))
        text.append(UInt8(ascii: "\n"))
        var header = TensorFileReader.magic + [1, 0]
        header.appendLittleEndian(text.count, count: 2)
        return header + text
    }
}
