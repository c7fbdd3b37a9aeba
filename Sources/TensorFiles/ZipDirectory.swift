import Files

/// The directory at the end of a zip archive.
struct ZipDirectory {
    let entries: [ZipEntry]
    /// The first byte of the directory: all data are before it.
    let start: Int
}

// The format: the entries, each with a header before it, then the directory, then the record of the end. Where numbers
// do not fit, they are 0xFFFFFFFF, or 0xFFFF, and stand in a field or a record of "zip64".
// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
extension TensorFileReader {
    /// The directory of a zip archive.
    func zipDirectory() throws(TensorFileError) -> ZipDirectory {
        let end = try zipEnd()
        guard end.size <= Self.largestHeader else {
            throw damagedZip("Its directory has \(end.size) bytes; \(Self.largestHeader) at most are read.")
        }
        guard end.count <= end.size / UInt64(ZipEntry.directoryHeaderSize) else {
            throw damagedZip("\(end.count) entries do not fit into its directory of \(end.size) bytes.")
        }
        let directory = try bytes(Int(end.start)..<Int(end.start + end.size))
        var entries: [ZipEntry] = []
        var offset = 0
        while offset < directory.count {
            guard let (entry, next) = ZipEntry.read(directory, at: offset) else {
                throw damagedZip("Entry \(entries.count) of its directory, counted from 0, is damaged.")
            }
            entries.append(entry)
            offset = next
        }
        guard entries.count == end.count else {
            throw damagedZip("Its directory has \(entries.count) entries, and \(end.count) by its end.")
        }
        return ZipDirectory(entries: entries, start: Int(end.start))
    }

    /// Where the data of all entries are, by the headers before them; they do not overlap.
    ///
    /// - Parameter names: The names of the entries, for errors.
    func zipData(_ directory: ZipDirectory, names: [String]) throws(TensorFileError) -> [Range<Int>] {
        let entries = directory.entries
        var ranges = Array(repeating: 0..<0, count: entries.count)
        var end = 0
        // In the order of the file nothing is read twice, however often a directory names it.
        for index in entries.indices.sorted(by: { entries[$0].start < entries[$1].start }) {
            guard entries[index].start >= end else {
                throw damagedZip("It begins at byte \(entries[index].start), in another entry.", names[index])
            }
            ranges[index] = try data(of: entries[index], named: names[index], before: directory.start)
            end = ranges[index].upperBound
        }
        return ranges
    }

    /// Where the data of an entry are, by the header before them, which has to say the same as the directory.
    private func data(
        of entry: ZipEntry, named name: String, before limit: Int
    ) throws(TensorFileError) -> Range<Int> {
        let afterName = ZipEntry.headerSize + entry.name.count
        guard entry.start <= limit - afterName else {
            throw damagedZip("It would begin at byte \(entry.start), and not end before the directory.", name)
        }
        let header = try bytes(entry.start..<entry.start + afterName)
        guard header.starts(with: ZipEntry.signature) else {
            throw damagedZip(
                "There is no entry at byte \(entry.start), where it begins by the directory.", name)
        }
        guard header.littleEndian(at: 26, count: 2) == entry.name.count,
            header[ZipEntry.headerSize...].elementsEqual(entry.name)
        else { throw damagedZip("It has another name in the directory than before its data.", name) }
        let flags = header.littleEndian(at: 6, count: 2)
        guard (flags ^ entry.flags) & ~ZipEntry.sizesFollow == 0,
            header.littleEndian(at: 8, count: 2) == entry.method
        else {
            throw damagedZip(
                "It has other flags, or another method, in the directory than before its data.", name)
        }
        let extra = Int(header.littleEndian(at: 28, count: 2))
        let start = entry.start + afterName + extra
        guard entry.packedSize <= limit - start else {
            throw damagedZip(
                "Its \(entry.packedSize) bytes from \(start) on do not end before the directory.", name)
        }
        if flags & ZipEntry.sizesFollow == 0 {
            let sizes = ZipEntry.wide(
                [header.littleEndian(at: 22, count: 4), header.littleEndian(at: 18, count: 4)],
                extra: try bytes(start - extra..<start))
            guard header.littleEndian(at: 14, count: 4) == entry.checksum,
                sizes == [entry.size, entry.packedSize]
            else {
                throw damagedZip(
                    "It has another size or checksum in the directory than before its data.", name)
            }
        }
        return start..<start + entry.packedSize
    }

    /// What the record of the end says of the directory, which has to end before it.
    private func zipEnd() throws(TensorFileError) -> (count: UInt64, start: UInt64, size: UInt64) {
        // Behind the record is a comment of its length only.
        let tailStart = max(0, file.size - ZipEntry.endSize - 0xFFFF)
        let tail = try bytes(tailStart..<file.size)
        let place = stride(from: tail.count - ZipEntry.endSize, through: 0, by: -1).first {
            tail[$0...].starts(with: ZipEntry.endSignature)
                && tail.littleEndian(at: $0 + 20, count: 2) == tail.count - $0 - ZipEntry.endSize
        }
        guard let place else {
            throw error(
                .malformed,
                "It does not end as zip archives, such as .npz, do: it was cut off, or is none. Get it anew.")
        }
        let fields = [(4, 2), (6, 2), (8, 2), (10, 2), (12, 4), (16, 4)]
        var numbers = fields.map { tail.littleEndian(at: place + $0.0, count: $0.1) }
        var end = tailStart + place
        if let (wide, wideStart) = try zip64End(before: end) {
            for (index, field) in fields.enumerated()
            where numbers[index] != wide[index] && numbers[index] != 1 << (8 * field.1) - 1 {
                throw damagedZip("Its two ends say different things.")
            }
            (numbers, end) = (wide, wideStart)
        }
        guard numbers[0] == 0, numbers[1] == 0, numbers[2] == numbers[3] else {
            throw error(.otherFormat, "It is a part of a zip archive of several parts; write it as one.")
        }
        let (count, size, start) = (numbers[3], numbers[4], numbers[5])
        guard size <= end, start == UInt64(end) - size else {
            throw damagedZip(
                "Its directory would begin at byte \(start), have \(size) bytes and end at \(end).")
        }
        return (count, start, size)
    }

    /// The same fields in the wide record of the end, and where it begins; nil if there is none.
    private func zip64End(before end: Int) throws(TensorFileError) -> ([UInt64], start: Int)? {
        let locatorStart = end - ZipEntry.locatorSize
        guard locatorStart >= 0 else { return nil }
        let locator = try bytes(locatorStart..<end)
        guard locator.starts(with: ZipEntry.locatorSignature) else { return nil }
        let start = locator.littleEndian(at: 8, count: 8)
        guard start <= locatorStart - ZipEntry.wideEndSize else {
            throw damagedZip("Its wide end would be at byte \(start), behind the place that says so.")
        }
        let record = try bytes(Int(start)..<Int(start) + ZipEntry.wideEndSize)
        guard record.starts(with: ZipEntry.wideEndSignature),
            record.littleEndian(at: 4, count: 8) == locatorStart - Int(start) - 12
        else { throw damagedZip("Its wide end is not at byte \(start), where it is said to be.") }
        guard locator.littleEndian(at: 4, count: 4) == 0, locator.littleEndian(at: 16, count: 4) <= 1 else {
            throw error(.otherFormat, "It is a part of a zip archive of several parts; write it as one.")
        }
        let fields = [(16, 4), (20, 4), (24, 8), (32, 8), (40, 8), (48, 8)]
        return (fields.map { record.littleEndian(at: $0.0, count: $0.1) }, Int(start))
    }

    private func damagedZip(_ reason: String, _ name: String? = nil) -> TensorFileError {
        error(.malformed, tensor: name, "\(reason) The archive is damaged; get it anew.")
    }
}
