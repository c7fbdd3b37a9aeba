extension [UInt8] {
    /// The whole number in some bytes, of which the first is the least significant one.
    func littleEndian(at offset: Int, count: Int) -> UInt64 {
        self[offset..<offset + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Appends a whole number in some bytes, the least significant one first.
    mutating func appendLittleEndian(_ number: Int, count: Int) {
        for place in 0..<count { append(UInt8(truncatingIfNeeded: number >> (8 * place))) }
    }
}
