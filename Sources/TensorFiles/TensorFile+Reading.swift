import Files
import Regularization
import StrictJSON

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
    /// - Complexity: O(n) for n elements, with memory for a second copy where the first index runs fastest in the file;
    ///   traps if there is no memory.
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
                """
                It has the shape \("\(tensor.shape)".shortened), \(tensor.shape.count) elements, not \
                \(elements.count).
                """)
        }
        try read(tensor, into: &elements, exact: exact)
    }

    private func elements<Element: TensorElement>(
        of name: String, exact: Bool
    ) throws(TensorFileError) -> [Element] {
        let tensor = try tensor(name)
        try requireConversion(of: tensor)
        var elements = [Element](repeating: 0, count: tensor.shape.count)
        var span = elements.mutableSpan
        try read(tensor, into: &span, exact: exact)
        return elements
    }

    private func tensor(_ name: String) throws(TensorFileError) -> Tensor {
        if let tensor = self[name] { return tensor }
        // Searching very many names would take long.
        let near = tensors.prefix(1_000).map(\.name).nearest(to: name).map { quoted($0) }
        throw TensorFileError(
            .unknownTensor, in: path, tensor: name,
            "There is no such tensor.\(near.suggestion) The file has \(tensors.shown { quoted($0.name) }).")
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
        guard tensor.storage.isColumnMajor else {
            return try readInOrder(tensor, into: &elements, exact: exact)
        }
        var columnMajor = [Element](repeating: 0, count: elements.count)
        var span = columnMajor.mutableSpan
        try readInOrder(tensor, into: &span, exact: exact)
        reorder(columnMajor.span, tensor.shape.dimensions, into: &elements)
    }

    /// Reads the elements of a tensor in the order in which they are in the file.
    private func readInOrder<Element: TensorElement>(
        _ tensor: Tensor, into elements: inout MutableSpan<Element>, exact: Bool
    ) throws(TensorFileError) {
        let isAsInMemory = tensor.type == Element.type && !tensor.storage.isBigEndian
        let checksum =
            isAsInMemory
            ? try readAsItIs(tensor, into: &elements) : try readBlocks(tensor, into: &elements, exact: exact)
        if let entry = tensor.storage.entry, checksum.value != entry.checksum {
            throw error(
                .malformed, tensor, "Its bytes do not have the checksum of the archive; get the file anew.")
        }
    }

    /// The checksum of the bytes of an archive's entry before the elements; that of nothing if there is no entry.
    private func checksumBeforeElements(of tensor: Tensor) throws(TensorFileError) -> CRC32 {
        var checksum = CRC32()
        if let entry = tensor.storage.entry {
            var header = [UInt8](repeating: 0, count: tensor.storage.range.lowerBound - entry.start)
            var span = header.mutableSpan
            try fill(&span, at: entry.start, tensor)
            checksum.update(header.span.bytes)
        }
        return checksum
    }

    /// Reads elements that are in the file as they are in memory; returns the checksum up to their end.
    private func readAsItIs<Element: TensorElement>(
        _ tensor: Tensor, into elements: inout MutableSpan<Element>
    ) throws(TensorFileError) -> CRC32 {
        var checksum = try checksumBeforeElements(of: tensor)
        try fill(&elements, at: tensor.storage.range.lowerBound, tensor)
        if tensor.storage.entry != nil { checksum.update(elements.bytes) }
        return checksum
    }

    /// Reads and converts elements; returns the checksum up to their end.
    private func readBlocks<Element: TensorElement>(
        _ tensor: Tensor, into elements: inout MutableSpan<Element>, exact: Bool
    ) throws(TensorFileError) -> CRC32 {
        var checksum = try checksumBeforeElements(of: tensor)
        let size = tensor.type.bits / 8
        var block = [UInt8](repeating: 0, count: min(Self.blockSize, elements.count * size))
        for first in stride(from: 0, to: elements.count, by: Self.blockSize / size) {
            let end = min(first + Self.blockSize / size, elements.count)
            block.removeLast(block.count - (end - first) * size)
            var span = block.mutableSpan
            try fill(&span, at: tensor.storage.range.lowerBound + first * size, tensor)
            if tensor.storage.entry != nil { checksum.update(block.span.bytes) }
            let loss = convert(block, of: tensor, to: &elements, first..<end)
            if loss.overflows || exact && !loss.isEmpty {
                throw lossError(tensor, block, first: first, exact: exact, as: Element.self)
            }
        }
        return checksum
    }

    /// The error for the first element of a block that is lost.
    private func lossError<Element: TensorElement>(
        _ tensor: Tensor, _ block: [UInt8], first: Int, exact: Bool, as type: Element.Type
    ) -> TensorFileError {
        let size = tensor.type.bits / 8
        var element: [Element] = [0]
        for index in 0..<block.count / size {
            var span = element.mutableSpan
            let loss = convert(Array(block[index * size..<(index + 1) * size]), of: tensor, to: &span, 0..<1)
            let place = "Element \(first + index) of the file, counted from 0,"
            let name = Element.type == .float32 ? "Float" : "Double"
            if loss.overflows {
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

    /// Fills memory with the bytes from an offset on.
    private func fill<Element: BitwiseCopyable>(
        _ elements: inout MutableSpan<Element>, at offset: Int, _ tensor: Tensor
    ) throws(TensorFileError) {
        do { try file.read(into: &elements, at: offset) } catch {
            throw self.error(.unreadable, tensor, "\(error.reason).")
        }
    }
}

/// Converts bytes of a file to some of the elements of a tensor; returns what was lost with any of them.
private func convert<Element: TensorElement>(
    _ bytes: [UInt8], of tensor: TensorFile.Tensor, to elements: inout MutableSpan<Element>,
    _ range: Range<Int>
) -> ConversionLoss {
    var part = elements._mutatingExtracting(range)
    return convert(bytes.span.bytes, of: tensor.type, isBigEndian: tensor.storage.isBigEndian, to: &part)
}
