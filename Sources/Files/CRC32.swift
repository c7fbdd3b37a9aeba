/// The checksum of zip archives and of zlib: the CRC of 32 bits with the reflected polynomial 0xEDB88320.
///
///     var checksum = CRC32()
///     checksum.update(bytes)
///     checksum.value
///
/// - Source: ISO 3309. Sixteen bytes at a time as in Kounavis and Berry, "A systematic approach to building high
///   performance, software-based, CRC generators", 2005.
package struct CRC32: Sendable {
    private var state: UInt32 = 0xFFFF_FFFF

    package init() {}

    /// The checksum of all bytes so far.
    package var value: UInt32 { ~state }

    /// Adds bytes after those that were added before.
    package mutating func update(_ bytes: RawSpan) {
        var state = state
        var offset = 0
        let tables = Self.tables.span
        while offset &+ 16 <= bytes.byteCount {
            var low = bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self).littleEndian
            var high = bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset &+ 8, as: UInt64.self)
                .littleEndian
            low ^= UInt64(state)
            state = 0
            for place in 0..<8 {
                state ^= tables[unchecked: (15 &- place) &* 256 &+ Int(low & 0xFF)]
                state ^= tables[unchecked: (7 &- place) &* 256 &+ Int(high & 0xFF)]
                low >>= 8
                high >>= 8
            }
            offset &+= 16
        }
        while offset < bytes.byteCount {
            let byte = bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
            state = state >> 8 ^ tables[unchecked: Int(UInt8(truncatingIfNeeded: state) ^ byte)]
            offset &+= 1
        }
        self.state = state
    }

    /// Sixteen tables of 256 checksums: entry b of table k is that of the byte b before k bytes that are 0.
    private static let tables: [UInt32] = {
        var tables = (0..<256).map { byte in
            (0..<8).reduce(UInt32(byte)) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        for index in 256..<16 * 256 {
            let before = tables[index - 256]
            tables.append(before >> 8 ^ tables[Int(before & 0xFF)])
        }
        return tables
    }()
}
