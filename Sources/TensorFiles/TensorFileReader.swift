import Files
import Regularization

/// Reads the header of a file: `format()` first, then that of the format.
struct TensorFileReader {
    let file: RandomAccessFile
    /// The largest header that is read, as Hugging Face's library has it.
    static let largestHeader = 100_000_000

    init(_ file: RandomAccessFile) { self.file = file }

    /// The format, by the first bytes.
    ///
    /// - Throws: `TensorFileError` for a format that is known and not read.
    func format() throws(TensorFileError) -> TensorFile.Format {
        let start = try bytes(0..<min(file.size, 9))
        // The length of a header in JSON, and its first bracket: no other format begins like this.
        if start.count == 9, start[4..<8].allSatisfy({ $0 == 0 }), start[8] == UInt8(ascii: "{") {
            return .safetensors
        }
        if start.starts(with: [0x93] + Array("NUMPY".utf8)) { return .npy }
        if start.starts(with: Array("PK\u{3}\u{4}".utf8)) || start.starts(with: Array("PK\u{5}\u{6}".utf8)) {
            return .npz
        }
        if start.count > 2, start[0] == 0x80, 2...5 ~= start[1] { throw pickle() }
        if start.starts(with: [0x89] + Array("HDF\r\n".utf8)) { throw hdf5() }
        // An old pickle begins with nothing of its own.
        if file.size > 0, ["pkl", "pickle", "pt", "pth"].contains(suffix) { throw pickle() }
        return TensorFile.Format(rawValue: suffix) ?? .safetensors
    }

    /// Throws if the suffix is that of another format than the first bytes.
    func checkSuffix(_ format: TensorFile.Format) throws(TensorFileError) {
        guard let other = TensorFile.Format(rawValue: suffix), other != format else { return }
        throw error(
            .otherFormat, "Its first bytes are those of .\(format), and its suffix is .\(other); rename it.")
    }

    private var suffix: String { Self.suffix(of: file.path) }

    /// What is behind the last point of a path, in small letters; empty if there is none.
    static func suffix(of path: String) -> String {
        path.lastIndex(of: ".").map { path[path.index(after: $0)...].lowercased() } ?? ""
    }

    /// The bytes in a range of the file, which must lie within its size.
    func bytes(_ range: Range<Int>) throws(TensorFileError) -> [UInt8] {
        do { return try file.bytes(range) } catch { throw self.error(.unreadable, "\(error.reason).") }
    }

    /// An error about the file, or about a tensor in it.
    func error(_ kind: TensorFileError.Kind, tensor: String? = nil, _ reason: String) -> TensorFileError {
        TensorFileError(kind, in: file.path, tensor: tensor, reason)
    }

    /// The sentence for a file that holds a pickle, which is a program.
    func pickle() -> TensorFileError {
        error(
            .otherFormat,
            """
            This is a Python pickle, as torch.save writes it: a program, which is not run here. In Python, \
            from safetensors.torch import save_file; \
            save_file(torch.load(\(literal(file.path)), map_location="cpu"), "weights.safetensors").
            """)
    }

    /// The sentence for a file in the format of Keras.
    func hdf5() -> TensorFileError {
        error(
            .otherFormat,
            """
            This is a file of Keras, with HDF5 in it. In Python, import numpy as np; \
            np.savez("weights.npz", **{w.path: w.numpy() for w in model.weights}).
            """)
    }

    /// Elements of a shape times the bits of each, in bytes; nil if they are more than an Int counts, also without the
    /// dimensions that are 0, or no whole number of bytes.
    static func byteCount(_ dimensions: [Int], bits: Int) -> Int? {
        var product = bits
        for dimension in dimensions where dimension != 0 {
            let (next, overflows) = product.multipliedReportingOverflow(by: dimension)
            if overflows || dimension < 0 { return nil }
            product = next
        }
        if dimensions.contains(0) { return 0 }
        return product.isMultiple(of: 8) ? product / 8 : nil
    }
}
