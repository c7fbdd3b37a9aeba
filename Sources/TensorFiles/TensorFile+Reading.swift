import Files
import Regularization

extension TensorFile {
    /// The elements of a tensor as Floats, row-major.
    ///
    /// Numbers of other types are rounded once, to the nearest Float, ties to even; false is 0, true is 1.
    ///
    /// - Parameters:
    ///   - name: The name of the tensor.
    ///   - exact: Whether it is an error if a number is rounded.
    /// - Throws: `TensorFileError` if there is no such tensor, if its type has no conversion, if a finite number is too
    ///   large for a Float, and if the file cannot be read or, in an archive, its checksum does not fit.
    /// - Complexity: O(n) for n elements, in time and memory; traps if there is no memory for them.
    public func floats(of name: String, exact: Bool = false) throws(TensorFileError) -> [Float] {
        try elements(of: name, exact: exact)
    }

    /// The elements of a tensor as Doubles, row-major, converted as those of `floats(of:exact:)` are.
    public func doubles(of name: String, exact: Bool = false) throws(TensorFileError) -> [Double] {
        try elements(of: name, exact: exact)
    }

    /// Reads the elements of a tensor into memory that is there, row-major; converted as those of
    /// `floats(of:exact:)` are.
    ///
    /// - Throws: `TensorFileError`, also if the tensor has another number of elements. What is in memory then is of no
    ///   use.
    public func read(
        _ name: String, into elements: inout MutableSpan<Float>, exact: Bool = false
    ) throws(TensorFileError) {
        let tensor = try tensor(name)
        guard elements.count == tensor.shape.count else {
            throw error(
                .shape, tensor,
                "It has the shape \(tensor.shape), \(tensor.shape.count) elements, not \(elements.count).")
        }
        try read(tensor, into: &elements, exact: exact)
    }

    private func elements<Element: TensorElement>(
        of name: String, exact: Bool
    ) throws(TensorFileError) -> [Element] {
        let tensor = try tensor(name)
        try requireConversion(of: tensor)
        var elements = Array(repeating: Element(Float(0)), count: tensor.shape.count)
        var span = elements.mutableSpan
        try read(tensor, into: &span, exact: exact)
        return elements
    }

    private func tensor(_ name: String) throws(TensorFileError) -> Tensor {
        if let tensor = self[name] { return tensor }
        let names = tensors.map { quoted($0.name) }
        let near = tensors.map(\.name).nearest(to: name).map { quoted($0) }
        let hint = near.isEmpty ? "" : " Did you mean \(near.joined(separator: " or "))?"
        let list = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
        throw TensorFileError(
            .unknownTensor, in: path, tensor: name,
            "There is no such tensor.\(hint) The file has \(names.isEmpty ? "none" : list).")
    }

    private func requireConversion(of tensor: Tensor) throws(TensorFileError) {
        if let reason = tensor.type.reasonNotRead { throw error(.otherType, tensor, reason) }
    }

    private func error(_ kind: TensorFileError.Kind, _ tensor: Tensor, _ reason: String) -> TensorFileError {
        TensorFileError(kind, in: path, tensor: tensor.name, reason)
    }
}

extension TensorFile {
    /// The bytes that are read at a time: whole elements of every type.
    private static var blockSize: Int { 1 << 18 }

    /// Reads the elements of a tensor, which are as many as there is memory for.
    private func read<Element: TensorElement>(
        _ tensor: Tensor, into elements: inout MutableSpan<Element>, exact: Bool
    ) throws(TensorFileError) {
        try requireConversion(of: tensor)
        let storage = tensor.storage
        let isAsInMemory = tensor.type == Element.type && !storage.isBigEndian && !storage.isColumnMajor
        let checksum =
            isAsInMemory
            ? try readAsItIs(tensor, into: &elements) : try readBlocks(tensor, into: &elements, exact: exact)
        if let entry = storage.entry, checksum.value != entry.checksum {
            throw error(
                .malformed, tensor, "Its bytes do not have the checksum of the archive; get the file anew.")
        }
    }

    /// The checksum of the bytes of an archive's entry before the elements; that of nothing if there is no entry.
    private func checksumBeforeElements(of tensor: Tensor) throws(TensorFileError) -> CRC32 {
        var checksum = CRC32()
        if let entry = tensor.storage.entry {
            let bytes = try bytes(entry.start..<tensor.storage.range.lowerBound, of: tensor)
            checksum.update(bytes.span.bytes)
        }
        return checksum
    }

    /// Reads elements that are in the file as they are in memory; returns the checksum up to their end.
    private func readAsItIs<Element: TensorElement>(
        _ tensor: Tensor, into elements: inout MutableSpan<Element>
    ) throws(TensorFileError) -> CRC32 {
        var checksum = try checksumBeforeElements(of: tensor)
        do { try file.read(into: &elements, at: tensor.storage.range.lowerBound) } catch {
            throw self.error(.unreadable, tensor, "\(error.reason).")
        }
        if tensor.storage.entry != nil { checksum.update(elements.bytes) }
        return checksum
    }

    /// Reads and converts elements; returns the checksum up to their end.
    private func readBlocks<Element: TensorElement>(
        _ tensor: Tensor, into elements: inout MutableSpan<Element>, exact: Bool
    ) throws(TensorFileError) -> CRC32 {
        let (type, storage) = (tensor.type, tensor.storage)
        var checksum = try checksumBeforeElements(of: tensor)
        let size = type.bits / 8
        var block = [Element](
            repeating: Element(Float(0)), count: min(Self.blockSize / size, tensor.shape.count))
        var position = ColumnMajorPosition(tensor.shape)
        var first = 0
        while first < tensor.shape.count {
            let count = min(block.count, tensor.shape.count - first)
            let start = storage.range.lowerBound + first * size
            let bytes = try bytes(start..<start + count * size, of: tensor)
            if storage.entry != nil { checksum.update(bytes.span.bytes) }
            let loss = block.convertPrefix(bytes, of: type, isBigEndian: storage.isBigEndian)
            if loss.contains(.overflow) || exact && !loss.isEmpty {
                throw lossError(tensor, bytes, first: first, exact: exact, as: Element.self)
            }
            if storage.isColumnMajor {
                for index in 0..<count {
                    elements[position.rowMajorIndex] = block[index]
                    position.advance()
                }
            } else {
                for index in 0..<count { elements[first + index] = block[index] }
            }
            first += count
        }
        return checksum
    }

    /// The error for the first element of a block that is lost.
    private func lossError<Element: TensorElement>(
        _ tensor: Tensor, _ block: [UInt8], first: Int, exact: Bool, as type: Element.Type
    ) -> TensorFileError {
        let size = tensor.type.bits / 8
        var element = [Element(Float(0))]
        for index in 0..<block.count / size {
            let loss = element.convertPrefix(
                Array(block[index * size..<(index + 1) * size]), of: tensor.type,
                isBigEndian: tensor.storage.isBigEndian)
            let place = "Element \(first + index) of the file, counted from 0,"
            let name = Element.type == .float32 ? "Float" : "Double"
            if loss.contains(.overflow) {
                return error(
                    .overflow, tensor, "\(place) is too large for a \(name), which holds up to 3.4e38.")
            }
            if exact, !loss.isEmpty {
                return error(
                    .inexact, tensor,
                    "\(place) is no \(name); as the nearest one it is \(element[0]). Read it without `exact`."
                )
            }
        }
        fatalError("No element of the block is lost.")
    }

    private func bytes(_ range: Range<Int>, of tensor: Tensor) throws(TensorFileError) -> [UInt8] {
        do { return try file.bytes(range) } catch {
            throw self.error(.unreadable, tensor, "\(error.reason).")
        }
    }
}

/// A walk over the elements of a tensor in the order in which the first index runs fastest.
private struct ColumnMajorPosition {
    private let dimensions: [Int]
    private let strides: [Int]
    private var indices: [Int]
    /// The row-major index of the element.
    private(set) var rowMajorIndex = 0

    init(_ shape: Shape) {
        dimensions = shape.dimensions
        indices = Array(repeating: 0, count: dimensions.count)
        var strides = indices
        var stride = 1
        for axis in dimensions.indices.reversed() {
            strides[axis] = stride
            stride *= dimensions[axis]
        }
        self.strides = strides
    }

    /// Goes on to the next element, or from the last to the first.
    mutating func advance() {
        for axis in dimensions.indices {
            indices[axis] += 1
            rowMajorIndex += strides[axis]
            if indices[axis] < dimensions[axis] { return }
            rowMajorIndex -= dimensions[axis] * strides[axis]
            indices[axis] = 0
        }
    }
}

extension Array where Element: TensorElement {
    /// Replaces the first elements by those in some bytes of a file; returns what was lost with any of them.
    fileprivate mutating func convertPrefix(_ bytes: [UInt8], of type: TensorType, isBigEndian: Bool) -> Loss
    {
        var elements = mutableSpan
        var prefix = elements.extracting(..<(bytes.count * 8 / type.bits))
        return convert(bytes.span.bytes, of: type, isBigEndian: isBigEndian, to: &prefix)
    }
}
