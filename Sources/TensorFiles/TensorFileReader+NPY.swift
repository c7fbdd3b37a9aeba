import Files
import Regularization

// The format: "\x93NUMPY", the two numbers of its version, the length of the header in 2 bytes, or in 4 from version
// 2.0 on, the header, then the elements. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
extension TensorFileReader {
    /// The first bytes of an array.
    static let magic = [0x93] + Array("NUMPY".utf8)

    /// The one array of an `.npy` file.
    func npy() throws(TensorFileError) -> TensorFile.Tensor {
        let array = try array("", in: 0..<file.size, of: nil)
        if let reason = array.type.reasonNotRead { throw error(.otherType, reason) }
        return array
    }

    /// The array that fills a range of the file: all of it, or an entry of an archive.
    func array(
        _ name: String, in range: Range<Int>, of entry: CheckedEntry?
    ) throws(TensorFileError) -> TensorFile.Tensor {
        let tensor = entry == nil ? nil : name
        let (header, start) = try header(in: range, tensor: tensor)
        let (type, dimensions) = (header.type, header.dimensions)
        // Elements of no stated size are to be countable as well.
        guard let byteCount = Self.byteCount(dimensions, bits: max(8, type.type.bits)) else {
            throw error(
                .malformed, tensor: tensor,
                "\(type.type.name) of the shape \(dimensions) has more bytes than can be counted.")
        }
        let rest = range.upperBound - start
        if rest != byteCount, type.type.bits > 0 {
            let advice =
                rest < byteCount
                ? "It was cut off; get it anew."
                : entry == nil
                    ? "Several arrays are to be written with np.savez, to an .npz file."
                    : "It is damaged; get it anew."
            throw error(
                .malformed, tensor: tensor,
                """
                \(type.type.name) of the shape \(dimensions) needs \(byteCount) bytes, but \
                behind its header the \(entry == nil ? "file" : "entry") has \(rest). \(advice)
                """)
        }
        return TensorFile.Tensor(
            name: name, type: type.type, shape: Shape(dimensions),
            storage: TensorStorage(
                range: start..<range.upperBound, isBigEndian: type.isBigEndian,
                isColumnMajor: header.isColumnMajor && dimensions.count > 1, entry: entry))
    }

    /// The header of the array in a range of the file, and where its elements begin.
    private func header(
        in range: Range<Int>, tensor: String?
    ) throws(TensorFileError) -> (NPYHeader, elementsAt: Int) {
        let start = try bytes(range.prefix(12))
        guard start.starts(with: Self.magic) else {
            throw error(
                tensor == nil ? .malformed : .otherFormat, tensor: tensor,
                tensor == nil
                    ? "It is no .npy file, which begins with \\x93NUMPY; check the suffix, or get it anew."
                    : "This entry of the archive is no NumPy array; leave it out.")
        }
        let cutOff = "It ends before its header does, at byte \(range.count). It was cut off; get it anew."
        guard start.count >= 10 else { throw error(.malformed, tensor: tensor, cutOff) }
        guard 1...3 ~= start[6], start[7] == 0 else {
            throw error(
                .malformed, tensor: tensor,
                """
                It is of version \(start[6]).\(start[7]) of the format, and 1.0, 2.0 and 3.0 are read; save it anew \
                with np.save.
                """)
        }
        let width = start[6] == 1 ? 2 : 4
        guard range.count >= 8 + width else { throw error(.malformed, tensor: tensor, cutOff) }
        let length = Int(start.littleEndian(at: 8, count: width))
        guard length <= range.count - 8 - width else { throw error(.malformed, tensor: tensor, cutOff) }
        guard length <= Self.largestHeader else {
            throw error(
                .malformed, tensor: tensor,
                "Its header has \(length) bytes; \(Self.largestHeader) at most are read.")
        }
        let first = range.lowerBound + 8 + width
        let text = try bytes(first..<first + length)
        do throws(NPYHeader.Failure) {
            let header = try NPYHeader(text, isUTF8: start[6] == 3)
            return (header, first + length)
        } catch {
            throw self.error(.malformed, tensor: tensor, "\(error.reason) Save it anew with np.save.")
        }
    }
}
