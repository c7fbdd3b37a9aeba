/// An array as NumPy saves it, with any header, which is padded to a multiple of 64 bytes.
func npy(_ header: String, _ data: [UInt8], version: UInt8 = 1) -> [UInt8] {
    npy(Array(header.utf8), data, version: version)
}

func npy(_ header: [UInt8], _ data: [UInt8], version: UInt8 = 1) -> [UInt8] {
    let width = version == 1 ? 2 : 4
    let text =
        header + Array(repeating: UInt8(ascii: " "), count: -(header.count + 9 + width) & 63)
        + [UInt8(ascii: "\n")]
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + littleEndian(text.count, width) + text + data
}

/// The floats 1, 2 … as NumPy saves them.
func npy(floats count: Int) -> [UInt8] {
    npy(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (\(count),), }",
        (0..<count).flatMap { littleEndian(Int(Float($0 + 1).bitPattern), 4) })
}

/// A header whose shape is that of one byte.
func header(descr: String) -> String { "{'descr': \(descr), 'fortran_order': False, 'shape': (1,), }" }

func littleEndian(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}
