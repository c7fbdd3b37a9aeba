import Files
import Regularization

/// Named tensors and texts that are to be written to a file.
///
///     var contents = TensorFileContents(metadata: ["about": "a small network"])
///     contents.add(network.parameters)
///     contents.add("scaling.offsets", [64], doubles: offsets)
///     try contents.write(to: "network.safetensors")
///
/// Nothing is copied until one of the values changes. The same contents give the same bytes, in whatever order they
/// were added.
public struct TensorFileContents: Sendable {
    /// The texts to write beside the tensors.
    public var metadata: TensorMetadata
    /// The tensors in the order in which they were added.
    private(set) var tensors: [Tensor] = []
    private var names: Set<ExactName> = []

    /// A tensor to be written.
    struct Tensor: Sendable {
        let name: String
        let shape: Shape
        let elements: Elements

        var type: TensorType {
            if case .doubles = elements { .float64 } else { .float32 }
        }
    }

    enum Elements: Sendable {
        case floats([Float])
        case doubles([Double])
        case parameters(Parameters, Int)
        case buffer(OptimizerState, Int, Range<Int>)

        var count: Int {
            switch self {
            case .floats(let floats): floats.count
            case .doubles(let doubles): doubles.count
            case .parameters(let parameters, let index): parameters.layout.tensors[index].range.count
            case .buffer(_, _, let range): range.count
            }
        }
    }

    /// No tensors yet.
    public init(metadata: TensorMetadata = [:]) { self.metadata = metadata }

    /// Adds a tensor of Floats, row-major; traps if a tensor has the name already, or if the shape has another number
    /// of elements.
    public mutating func add(_ name: String, _ shape: Shape, _ elements: [Float]) {
        add(name, shape, .floats(elements))
    }

    /// Adds a tensor of Doubles, row-major; traps if a tensor has the name already, or if the shape has another number
    /// of elements.
    public mutating func add(_ name: String, _ shape: Shape, doubles elements: [Double]) {
        add(name, shape, .doubles(elements))
    }

    /// Adds all parameters, with a text before their names; traps if a tensor has such a name already.
    public mutating func add(_ parameters: Parameters, prefix: String = "") {
        for (index, tensor) in parameters.layout.tensors.enumerated() {
            add(prefix + tensor.name, tensor.shape, .parameters(parameters, index))
        }
    }

    mutating func add(_ name: String, _ shape: Shape, _ elements: Elements) {
        require(names.insert(ExactName(name)).inserted, "Two tensors are named \(quoted(name)).")
        require(
            elements.count == shape.count,
            "\(quoted(name)) has \(elements.count) elements, but its shape \(shape) needs \(shape.count).")
        tensors.append(Tensor(name: name, shape: shape, elements: elements))
    }

    /// Writes the file whole or not at all: on an error an earlier file is as it was.
    ///
    /// - Parameters:
    ///   - path: The path; a symbolic link stays, and the file that it points to is written.
    ///   - format: The format; by default that of the path's suffix, `.safetensors`, `.npy` or `.npz`.
    /// - Throws: `TensorFileError` for contents that the format does not hold, such as metadata in NumPy's files or two
    ///   arrays in an `.npy` file, and for what the system refuses.
    /// - Complexity: O(bytes).
    public func write(to path: String, as format: TensorFile.Format? = nil) throws(TensorFileError) {
        guard let format = format ?? TensorFile.Format(rawValue: TensorFileReader.suffix(of: path)) else {
            throw TensorFileError(
                .unwritable, in: path,
                "The suffix says no format; end the path with .safetensors, .npy or .npz, or say which with `as:`."
            )
        }
        switch format {
        case .safetensors: try writeSafetensors(to: path)
        case .npy: try writeNPY(to: path)
        case .npz: try writeNPZ(to: path)
        }
    }

    /// Writes a file part by part.
    func writeFile(
        to path: String, _ body: (borrowing FileWriter) throws(WritingError) -> Void
    ) throws(TensorFileError) {
        do { try writeWhole(to: path, body) } catch {
            throw TensorFileError(.unwritable, in: path, error.reason)
        }
    }
}

extension TensorFileContents.Tensor {
    /// The number of bytes in a file.
    var byteCount: Int { shape.count * type.bits / 8 }

    /// The result of a function of the elements' bytes.
    func withBytes<Result>(_ body: (RawSpan) throws(WritingError) -> Result) throws(WritingError) -> Result {
        switch elements {
        case .floats(let floats): try body(floats.span.bytes)
        case .doubles(let doubles): try body(doubles.span.bytes)
        case .parameters(let parameters, let index): try body(parameters.weights(index).elements.bytes)
        case .buffer(let state, let buffer, let range): try body(state.elements(of: buffer, in: range).bytes)
        }
    }
}
