import Files
import Regularization

/// A file of named tensors, open to be listed and read: safetensors, `.npy` or `.npz`.
///
///     let file = try TensorFile("weights.safetensors")
///     for tensor in file.tensors { print(tensor.name, tensor.type, tensor.shape) }
///     let weights = try file.floats(of: "fully.0.weight")
///
/// Opening reads the header alone, and a tensor is read from its place: a file may be larger than memory. The format is
/// recognized by the first bytes; a suffix that says another one is an error. Sizes that a file states are checked
/// against its own before anything is allocated. Names are compared by their Unicode scalars: é as one scalar and é as
/// two are two names. The file stays open as long as a copy of this value lives.
public struct TensorFile: Sendable {
    /// The formats of files.
    public enum Format: String, Sendable, Hashable, CaseIterable {
        /// Named tensors after a header in JSON, as Hugging Face's library writes them.
        case safetensors
        /// One array, as `np.save` writes it; its name is empty.
        case npy
        /// Named arrays in an uncompressed zip archive, as `np.savez` writes it.
        case npz
    }

    /// A tensor in a file: its name, type and shape.
    public struct Tensor: Sendable, Hashable {
        /// The name; empty in an `.npy` file.
        public let name: String
        /// The type of the elements.
        public let type: TensorType
        /// The dimensions, outermost first.
        public let shape: Shape
        /// Where the elements are in the file.
        let storage: TensorStorage
    }

    /// The format.
    public let format: Format
    /// The tensors in the order of the file's header.
    public let tensors: [Tensor]
    /// The texts that the file has beside its tensors; `.npy` and `.npz` have none.
    public let metadata: TensorMetadata
    let file: RandomAccessFile
    private let indices: [ExactName: Int]

    /// The path as it was given.
    public var path: String { file.path }

    /// Opens a file and reads its header.
    ///
    /// - Throws: `TensorFileError` if the file cannot be read, is of another format, or breaks the rules of its own.
    /// - Complexity: O(header); of an archive, O(entries).
    public init(_ path: String) throws(TensorFileError) {
        let file: RandomAccessFile
        do { file = try RandomAccessFile(path: path) } catch {
            throw TensorFileError(
                .unreadable, in: path, "\(error.reason). Check the path and the permissions.")
        }
        let header = TensorFileReader(file)
        self.file = file
        format = try header.format()
        switch format {
        case .safetensors: (tensors, metadata) = try header.safetensors()
        case .npy: (tensors, metadata) = ([try header.npy()], [:])
        case .npz: (tensors, metadata) = (try header.npz(), [:])
        }
        try header.checkSuffix(format)
        var indices: [ExactName: Int] = [:]
        for (index, tensor) in tensors.enumerated() { indices[ExactName(tensor.name)] = index }
        self.indices = indices
    }

    /// The tensor of that name, or nil if there is none.
    ///
    /// O(1).
    public subscript(name: String) -> Tensor? { indices[ExactName(name)].map { tensors[$0] } }
}

/// Where the elements of a tensor are in a file, and in which order.
struct TensorStorage: Sendable, Hashable {
    /// The bytes of the elements.
    let range: Range<Int>
    /// Whether the first byte of an element is the most significant one.
    var isBigEndian = false
    /// Whether the first index runs fastest, as in Fortran.
    var isColumnMajor = false
    /// The checksum of the archive's entry that the tensor is in; nil if there is none.
    var entry: CheckedEntry?
}

/// An entry of an archive, which ends with the elements of a tensor.
struct CheckedEntry: Sendable, Hashable {
    /// The first byte of the entry in the file.
    let start: Int
    /// The CRC-32 of its bytes.
    let checksum: UInt32
}
