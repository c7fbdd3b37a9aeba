import Files
import Testing

@Suite("CRC-32, as zlib computes it")
struct CRC32Tests {
    private func checksum(_ parts: ArraySlice<UInt8>...) -> UInt32 {
        var checksum = CRC32()
        for part in parts { checksum.update(Array(part).span.bytes) }
        return checksum.value
    }

    /// Bit by bit, by the definition.
    private func bitwise(_ bytes: [UInt8]) -> UInt32 {
        var state: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            state ^= UInt32(byte)
            for _ in 0..<8 { state = state >> 1 ^ (state & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        return ~state
    }

    @Test(
        "Known values",
        arguments: [
            ("", 0), ("a", 0xE8B7_BE43), ("123456789", 0xCBF4_3926),
            ("The quick brown fox jumps over the lazy dog", 0x414F_A339),
        ] as [(String, UInt32)])
    func known(_ text: String, value: UInt32) {
        #expect(checksum(Array(text.utf8)[...]) == value)
    }

    @Test("Inputs of any length, and from any place in memory on, are as bit by bit")
    func lengths() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 31 >> 3) }
        for count in 0..<100 {
            let prefix = Array(bytes.prefix(count))
            #expect(checksum(prefix[...]) == bitwise(prefix), "\(count)")
        }
        #expect(checksum(bytes[...]) == bitwise(bytes))
        #expect(
            checksum([UInt8](repeating: 0, count: 1000)[...]) == bitwise([UInt8](repeating: 0, count: 1000)))
        for start in 0..<16 {
            var checksum = CRC32()
            checksum.update(bytes.span.bytes.extracting(droppingFirst: start))
            #expect(checksum.value == bitwise(Array(bytes[start...])), "from \(start) on")
        }
    }

    @Test("The parts in which the bytes come are of no matter")
    func parts() {
        let bytes = (0..<100).map { UInt8(truncatingIfNeeded: $0 &* 77) }
        for split in 0...bytes.count {
            #expect(checksum(bytes[..<split], bytes[split...]) == bitwise(bytes), "\(split)")
            #expect(
                checksum(bytes[..<(split / 2)], bytes[(split / 2)..<split], [], bytes[split...])
                    == bitwise(bytes))
        }
    }

    @Test("A value in between changes nothing")
    func valueInBetween() {
        var checksum = CRC32()
        checksum.update(Array("12345".utf8).span.bytes)
        #expect(checksum.value == bitwise(Array("12345".utf8)))
        checksum.update(Array("6789".utf8).span.bytes)
        #expect(checksum.value == 0xCBF4_3926)
    }
}
