import Files
import Regularization

extension TensorFileContents {
    /// Writes the arrays, not packed, in the order of their names.
    func writeNPZ(to path: String) throws(TensorFileError) {
        try checkNoMetadata(path)
        let tensors = tensors.sorted { ExactName($0.name) < ExactName($1.name) }
        var headers: [[UInt8]] = []
        for tensor in tensors {
            guard tensor.name.utf8.count <= 0xFFFF - 4 else {
                throw TensorFileError(
                    .unwritable, in: path, tensor: tensor.name,
                    "The name has \(tensor.name.utf8.count) bytes; a zip archive takes \(0xFFFF - 4) at most."
                )
            }
            if tensor.name.utf8.contains(0) {
                throw TensorFileError(
                    .unwritable, in: path, tensor: tensor.name,
                    "NumPy reads the name up to its NUL character; choose another.")
            }
            headers.append(try npyHeader(of: tensor, path))
        }
        try writeFile(to: path) { file throws(WritingError) in
            var directory: [UInt8] = []
            var start = 0
            for (tensor, header) in zip(tensors, headers) {
                var checksum = CRC32()
                checksum.update(header.span.bytes)
                try tensor.withBytes { bytes in checksum.update(bytes) }
                let entry = ZipEntry(
                    stored: tensor.name + ".npy", checksum.value, size: header.count + tensor.byteCount,
                    at: start)
                let local = entry.header
                try file.write(local.span.bytes)
                try file.write(header.span.bytes)
                try tensor.withBytes { bytes throws(WritingError) in try file.write(bytes) }
                directory += entry.directoryHeader
                start += local.count + entry.size
            }
            try file.write(directory.span.bytes)
            let end = ZipEntry.end(count: tensors.count, directory: start..<start + directory.count)
            try file.write(end.span.bytes)
        }
    }
}

extension ZipEntry {
    /// An entry that is not packed; only a name that is not ASCII says that it is UTF-8.
    init(stored name: String, _ checksum: UInt32, size: Int, at start: Int) {
        self.init(
            name: Array(name.utf8), flags: name.utf8.allSatisfy { $0 < 0x80 } ? 0 : Self.utf8, method: 0,
            checksum: checksum, size: size, packedSize: size, start: start)
    }

    /// The header before the data.
    var header: [UInt8] {
        let extra = Self.extra(size >= Self.narrow ? [size, packedSize] : [])
        return Self.signature + common(extra) + name + extra
    }

    /// The header in the directory.
    var directoryHeader: [UInt8] {
        let numbers = (size >= Self.narrow ? [size, packedSize] : []) + (start >= Self.narrow ? [start] : [])
        let extra = Self.extra(numbers)
        var header = Self.directorySignature
        header.appendLittleEndian(Self.version(isWide: !extra.isEmpty), count: 2)
        header += common(extra)
        // A comment, the part of the archive, and attributes: none.
        header.appendLittleEndian(0, count: 10)
        header.appendLittleEndian(min(start, Self.narrow), count: 4)
        return header + name + extra
    }

    /// What both headers have, from the version that reads them to the length of the extra fields.
    private func common(_ extra: [UInt8]) -> [UInt8] {
        var header: [UInt8] = []
        header.appendLittleEndian(Self.version(isWide: !extra.isEmpty), count: 2)
        header.appendLittleEndian(Int(flags), count: 2)
        header.appendLittleEndian(Int(method), count: 2)
        // The first day that there is: 1 January 1980, 0:00, so that the same arrays are the same bytes.
        header.appendLittleEndian(0, count: 2)
        header.appendLittleEndian(1 << 5 | 1, count: 2)
        header.appendLittleEndian(Int(checksum), count: 4)
        header.appendLittleEndian(min(packedSize, Self.narrow), count: 4)
        header.appendLittleEndian(min(size, Self.narrow), count: 4)
        header.appendLittleEndian(name.count, count: 2)
        header.appendLittleEndian(extra.count, count: 2)
        return header
    }

    /// The extra field of the numbers that do not fit; nothing if all do.
    private static func extra(_ numbers: [Int]) -> [UInt8] {
        var extra: [UInt8] = []
        guard !numbers.isEmpty else { return extra }
        extra.appendLittleEndian(1, count: 2)
        extra.appendLittleEndian(8 * numbers.count, count: 2)
        for number in numbers { extra.appendLittleEndian(number, count: 8) }
        return extra
    }

    /// The version of the format: 4.5 has wide numbers.
    private static func version(isWide: Bool) -> Int { isWide ? 45 : 20 }

    /// The end of an archive, behind its directory.
    static func end(count: Int, directory: Range<Int>) -> [UInt8] {
        var end: [UInt8] = []
        if count >= narrowCount || directory.count >= narrow || directory.lowerBound >= narrow {
            end += wideEndSignature
            end.appendLittleEndian(wideEndSize - 12, count: 8)
            end.appendLittleEndian(version(isWide: true), count: 2)
            end.appendLittleEndian(version(isWide: true), count: 2)
            end.appendLittleEndian(0, count: 8)
            for number in [count, count, directory.count, directory.lowerBound] {
                end.appendLittleEndian(number, count: 8)
            }
            end += locatorSignature
            end.appendLittleEndian(0, count: 4)
            end.appendLittleEndian(directory.upperBound, count: 8)
            end.appendLittleEndian(1, count: 4)
        }
        end += endSignature
        end.appendLittleEndian(0, count: 4)
        end.appendLittleEndian(min(count, narrowCount), count: 2)
        end.appendLittleEndian(min(count, narrowCount), count: 2)
        end.appendLittleEndian(min(directory.count, narrow), count: 4)
        end.appendLittleEndian(min(directory.lowerBound, narrow), count: 4)
        end.appendLittleEndian(0, count: 2)
        return end
    }
}
