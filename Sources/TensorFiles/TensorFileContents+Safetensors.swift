import Files
import Regularization
import StrictJSON

extension TensorFileContents {
    /// Writes a safetensors file, byte for byte as Hugging Face's library writes it, but for the order of metadata,
    /// which there is random and here alphabetical.
    func writeSafetensors(to path: String) throws(TensorFileError) {
        if tensors.contains(where: { $0.name == "__metadata__" }) {
            throw TensorFileError(
                .unwritable, in: path, tensor: "__metadata__",
                "The format keeps this name for texts; choose another.")
        }
        // The widest type first, so that every element is aligned.
        let tensors = tensors.sorted {
            $0.type.bits != $1.type.bits
                ? $0.type.bits > $1.type.bits : ExactName($0.name) < ExactName($1.name)
        }
        let header = header(of: tensors)
        guard header.count - 8 <= TensorFileReader.largestHeader else {
            throw TensorFileError(
                .unwritable, in: path,
                """
                Names and metadata take \(header.count - 8) bytes; a header has \
                \(TensorFileReader.largestHeader) at most.
                """
            )
        }
        try writeFile(to: path) { file throws(WritingError) in
            try file.write(header.span.bytes)
            for tensor in tensors {
                try tensor.withBytes { bytes throws(WritingError) in try file.write(bytes) }
            }
        }
    }

    /// The length of the header and the header, padded with spaces to a multiple of 8 bytes.
    private func header(of tensors: [Tensor]) -> [UInt8] {
        var header: [UInt8] = []
        func append(_ text: String) { header.append(contentsOf: text.utf8) }
        append("{")
        if !metadata.entries.isEmpty {
            append("\"__metadata__\":{")
            for (index, entry) in metadata.entries.enumerated() {
                append(index == 0 ? "" : ",")
                append("\(jsonText(entry.key)):\(jsonText(entry.text))")
            }
            append("}")
        }
        var start = 0
        for tensor in tensors {
            append(header.count == 1 ? "" : ",")
            append(jsonText(tensor.name))
            let dimensions = tensor.shape.dimensions.map(String.init).joined(separator: ",")
            let end = start + tensor.byteCount
            append(
                ":{\"dtype\":\"\(tensor.type.name)\",\"shape\":[\(dimensions)],\"data_offsets\":[\(start),\(end)]}"
            )
            start = end
        }
        append("}")
        header.append(contentsOf: repeatElement(UInt8(ascii: " "), count: -header.count & 7))
        var length: [UInt8] = []
        length.appendLittleEndian(header.count, count: 8)
        return length + header
    }
}
