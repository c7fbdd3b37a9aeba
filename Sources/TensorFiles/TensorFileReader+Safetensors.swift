import Regularization
import StrictJSON

// The format: 8 bytes with the length of the header, the header as a JSON object, then the elements of all tensors
// without gaps. https://huggingface.co/docs/safetensors
extension TensorFileReader {
    /// The tensors and texts of a safetensors file.
    func safetensors() throws(TensorFileError) -> ([TensorFile.Tensor], TensorMetadata) {
        guard file.size >= 8 else {
            throw error(
                .malformed, "A safetensors file begins with 8 bytes, and this one has \(file.size) in all.")
        }
        let length = try bytes(0..<8).littleEndian(at: 0, count: 8)
        guard length <= file.size - 8 else {
            throw error(
                .malformed,
                """
                Its first 8 bytes say that the header has \(length) bytes, but after them there are \
                \(file.size - 8). It is no safetensors file, or was cut off.
                """)
        }
        guard length <= Self.largestHeader else {
            throw error(
                .malformed, "The header has \(length) bytes; \(Self.largestHeader) at most are read.")
        }
        let start = 8 + Int(length)
        let text = try bytes(8..<start)
        if let first = text.first, [0x09, 0x0A, 0x0D, 0x20].contains(first) {
            throw error(
                .malformed, "The header begins with white space; only behind its } there may be some.")
        }
        do throws(JSONError) {
            return try read(try JSONDocument(text, levels: 8), dataAt: start)
        } catch {
            throw self.error(.malformed, "In the header, \(error)")
        }
    }

    /// Reads the header.
    private func read(
        _ header: JSONDocument, dataAt start: Int
    ) throws(JSONError) -> ([TensorFile.Tensor], TensorMetadata) {
        guard header.root.kind == .object else {
            throw JSONError(at: header.root, [], "The header is an object: { }, with a name for each tensor.")
        }
        var tensors: [TensorFile.Tensor] = []
        var metadata = TensorMetadata()
        var values: [JSONValue] = []
        var members = header.root.children
        while let key = members.next(), let value = members.next() {
            let name = key.text
            if name == "__metadata__" {
                metadata = try Self.metadata(value)
            } else {
                tensors.append(try tensor(name, value, dataAt: start))
                values.append(value)
            }
        }
        try checkCover(tensors, values, of: header.root, dataAt: start)
        return (tensors, metadata)
    }

    private static func metadata(_ value: JSONValue) throws(JSONError) -> TensorMetadata {
        let place = [JSONStep.key("__metadata__")]
        guard value.kind == .object else {
            throw JSONError(at: value, place, "The metadata are an object of texts.")
        }
        var metadata = TensorMetadata()
        var members = value.children
        while let key = members.next(), let text = members.next() {
            guard text.kind == .text else {
                throw JSONError(
                    at: text, place + [.key(key.text)], "Metadata are texts; put quotes around it.")
            }
            metadata[key.text] = text.text
        }
        return metadata
    }

    private func tensor(
        _ name: String, _ value: JSONValue, dataAt start: Int
    ) throws(JSONError) -> TensorFile.Tensor {
        let place = [JSONStep.key(name)]
        guard value.kind == .object else {
            throw JSONError(at: value, place, "A tensor is an object with dtype, shape and data_offsets.")
        }
        var fields: [String: JSONValue] = [:]
        var members = value.children
        while let key = members.next(), let field = members.next() {
            guard ["dtype", "shape", "data_offsets"].contains(key.text) else {
                throw JSONError(
                    at: key, place + [.key(key.text)],
                    "A tensor has dtype, shape and data_offsets, and nothing else.")
            }
            fields[key.text] = field
        }
        guard let dtype = fields["dtype"], let shape = fields["shape"], let offsets = fields["data_offsets"]
        else {
            let missing = ["dtype", "shape", "data_offsets"].filter { fields[$0] == nil }
            throw JSONError(at: value, place, "It has no \(missing.joined(separator: " and no ")).")
        }
        guard dtype.kind == .text, let type = TensorType(safetensors: dtype.text) else {
            throw JSONError(
                at: dtype, place + [.key("dtype")],
                "\(quoted(dtype.text)) is no type of the format, such as F32.")
        }
        let dimensions = try Self.wholeNumbers(shape, place + [.key("shape")])
        let range = try Self.wholeNumbers(offsets, place + [.key("data_offsets")])
        guard range.count == 2 else {
            throw JSONError(
                at: offsets, place + [.key("data_offsets")],
                "data_offsets are two numbers, where the tensor begins and where it ends.")
        }
        guard range[0] <= range[1] else {
            throw JSONError(
                at: offsets, place + [.key("data_offsets")], "It would end at \(range[1]), before it begins.")
        }
        guard range[1] <= file.size - start else {
            throw JSONError(
                at: offsets, place + [.key("data_offsets")],
                """
                It ends at \(range[1]), but after the header the file has \(file.size - start) bytes. It was cut \
                off; get it anew.
                """)
        }
        func shown() -> String { "\(type.name) of the shape \("\(dimensions)".shortened)" }
        guard let count = Self.byteCount(dimensions, bits: type.bits) else {
            throw JSONError(
                at: shape, place + [.key("shape")],
                "\(shown()) is no whole number of bytes, or more than can be counted.")
        }
        guard count == range[1] - range[0] else {
            throw JSONError(
                at: offsets, place + [.key("data_offsets")],
                """
                \(shown()) needs \(count) bytes, but \(range[0]) to \(range[1]) are \(range[1] - range[0]).
                """)
        }
        return TensorFile.Tensor(
            name: name, type: type, shape: Shape(dimensions),
            storage: TensorStorage(range: start + range[0]..<start + range[1]))
    }

    /// A list of whole numbers, which are written without a sign, a point or an exponent.
    private static func wholeNumbers(_ list: JSONValue, _ place: [JSONStep]) throws(JSONError) -> [Int] {
        guard list.kind == .list else {
            throw JSONError(at: list, place, "A list of whole numbers is expected here.")
        }
        var numbers: [Int] = []
        for value in list.children {
            guard value.kind == .number, let number = Int(value.text),
                value.text.utf8.first != UInt8(ascii: "-")
            else {
                throw JSONError(
                    at: value, place + [.index(numbers.count)],
                    """
                    \(quoted(value.text)) is no whole number from 0 to \(Int.max), written without a sign, \
                    a point or an exponent.
                    """)
            }
            numbers.append(number)
        }
        return numbers
    }

    /// Checks that the tensors cover the data without gaps and without overlaps, up to the end of the file.
    private func checkCover(
        _ tensors: [TensorFile.Tensor], _ values: [JSONValue], of root: JSONValue, dataAt start: Int
    ) throws(JSONError) {
        let order = tensors.indices.sorted {
            let (a, b) = (tensors[$0].storage.range, tensors[$1].storage.range)
            return (a.lowerBound, a.upperBound) < (b.lowerBound, b.upperBound)
        }
        var (end, last) = (start, "the header")
        for index in order {
            let range = tensors[index].storage.range
            let name = tensors[index].name
            func error(_ reason: String) -> JSONError { JSONError(at: values[index], [.key(name)], reason) }
            if range.lowerBound < end {
                throw error(
                    "It begins at \(range.lowerBound - start), before the end of \(last) at \(end - start).")
            }
            if range.lowerBound > end {
                throw error(
                    """
                    It begins at \(range.lowerBound - start), and the \(range.lowerBound - end) bytes \
                    between it and \(last) belong to no tensor.
                    """)
            }
            (end, last) = (range.upperBound, quoted(name))
        }
        if end < file.size {
            throw JSONError(
                at: root, [], "\(file.size - end) bytes at the end of the file belong to no tensor.")
        }
    }
}

extension JSONError {
    fileprivate init(at value: JSONValue, _ path: [JSONStep], _ reason: String) {
        self.init(position: value.position, path: path, reason: reason)
    }
}

extension TensorType {
    /// The type of that name in a safetensors file.
    init?(safetensors name: String) {
        let types: [TensorType] = [
            .float64, .float32, .float16, .bfloat16, .int64, .int32, .int16, .int8, .uint64, .uint32, .uint16,
            .uint8, .bool, .other("C64", bits: 64), .other("F8_E4M3", bits: 8), .other("F8_E5M2", bits: 8),
            .other("F8_E4M3FNUZ", bits: 8), .other("F8_E5M2FNUZ", bits: 8), .other("F8_E8M0", bits: 8),
            .other("F6_E2M3", bits: 6), .other("F6_E3M2", bits: 6), .other("F4", bits: 4),
        ]
        guard let type = types.first(where: { $0.name == name }) else { return nil }
        self = type
    }
}
