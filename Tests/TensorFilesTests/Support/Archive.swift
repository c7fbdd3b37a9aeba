import Files

/// A zip archive, written by hand so that anything in it can be wrong.
struct Archive: Sendable {
    struct Header: Sendable {
        var signature: String
        var flags = 0
        var method = 0
        var checksum: UInt32
        var packedSize: Int
        var size: Int
        var name: [UInt8]
        var extra: [UInt8] = []
        /// How long the extra fields are said to be; nil for how long they are.
        var extraLength: Int?
        var comment: [UInt8] = []
        var disk = 0
        /// Where the entry begins; nil for where it does.
        var start: Int?
    }

    struct Entry: Sendable {
        var local: Header
        var central: Header
        var data: [UInt8]
        /// Bytes behind the data.
        var after: [UInt8] = []

        init(_ name: String, _ data: [UInt8]) {
            var checksum = CRC32()
            checksum.update(data.span.bytes)
            local = Header(
                signature: "PK\u{3}\u{4}", checksum: checksum.value, packedSize: data.count, size: data.count,
                name: Array(name.utf8))
            central = local
            central.signature = "PK\u{1}\u{2}"
            self.data = data
        }

        /// Changes both headers.
        mutating func both(_ change: (inout Header) -> Void) {
            change(&local)
            change(&central)
        }
    }

    /// The numbers of the end, as they are or changed.
    struct End {
        var disks = [0, 0]
        var counts: [Int]
        var size: Int
        var start: Int
    }

    var entries: [Entry]
    var prefix: [UInt8] = []
    /// Bytes before the directory.
    var gap: [UInt8] = []
    var comment: [UInt8] = []
    /// What the end says of the comment; nil for how long it is.
    var commentLength: Int?
    var changeEnd: @Sendable (inout End) -> Void = { _ in }
    /// Changes the wide end; there is none if this is nil.
    var changeWideEnd: (@Sendable (inout End) -> Void)?
    /// What the wide end begins with.
    var wideEndSignature = "PK\u{6}\u{6}"
    /// Added to where the wide end is said to be, and to its size.
    var (locatorError, wideSizeError) = (0, 0)

    init(_ entries: [Entry]) { self.entries = entries }

    var bytes: [UInt8] {
        var bytes = prefix
        var directory: [UInt8] = []
        for entry in entries {
            let (local, central) = (entry.local, entry.central)
            directory += Array(central.signature.utf8) + littleEndian(20, 2) + common(central)
            directory += littleEndian(central.comment.count, 2) + littleEndian(central.disk, 2)
            directory += littleEndian(0, 6) + littleEndian(central.start ?? bytes.count, 4)
            directory += central.name + central.extra + central.comment
            bytes += Array(local.signature.utf8) + common(local) + local.name + local.extra
            bytes += entry.data + entry.after
        }
        bytes += gap
        var end = End(counts: [entries.count, entries.count], size: directory.count, start: bytes.count)
        var wideEnd = end
        bytes += directory
        if let changeWideEnd {
            changeWideEnd(&wideEnd)
            let place = bytes.count + locatorError
            bytes +=
                Array(wideEndSignature.utf8) + littleEndian(44 + wideSizeError, 8) + littleEndian(45, 2)
                + littleEndian(45, 2)
            bytes +=
                wideEnd.disks.flatMap { littleEndian($0, 4) } + wideEnd.counts.flatMap { littleEndian($0, 8) }
            bytes += littleEndian(wideEnd.size, 8) + littleEndian(wideEnd.start, 8)
            bytes +=
                Array("PK\u{6}\u{7}".utf8) + littleEndian(0, 4) + littleEndian(place, 8) + littleEndian(1, 4)
            (end.counts, end.size, end.start) = ([0xFFFF, 0xFFFF], 0xFFFF_FFFF, 0xFFFF_FFFF)
        }
        changeEnd(&end)
        bytes += Array("PK\u{5}\u{6}".utf8) + (end.disks + end.counts).flatMap { littleEndian($0, 2) }
        bytes += littleEndian(end.size, 4) + littleEndian(end.start, 4)
        return bytes + littleEndian(commentLength ?? comment.count, 2) + comment
    }

    private func common(_ header: Header) -> [UInt8] {
        littleEndian(20, 2) + littleEndian(header.flags, 2) + littleEndian(header.method, 2)
            + littleEndian(0, 2)
            + littleEndian(33, 2) + littleEndian(Int(header.checksum), 4) + littleEndian(header.packedSize, 4)
            + littleEndian(header.size, 4) + littleEndian(header.name.count, 2)
            + littleEndian(header.extraLength ?? header.extra.count, 2)
    }
}

/// An extra field of numbers that do not fit elsewhere.
func wideField(_ numbers: [Int]) -> [UInt8] {
    littleEndian(1, 2) + littleEndian(8 * numbers.count, 2) + numbers.flatMap { littleEndian($0, 8) }
}
