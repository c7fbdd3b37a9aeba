/// An entry of a zip archive, as the directory describes it.
struct ZipEntry {
    /// The bytes of the name; the flags say how they are read.
    let name: [UInt8]
    let flags: UInt64
    /// How it is packed; 0 if it is as it was.
    let method: UInt64
    let checksum: UInt32
    let size: Int
    let packedSize: Int
    /// The first byte of its header before the data.
    let start: Int

    /// The flag of a name in UTF-8.
    static let utf8: UInt64 = 1 << 11
    /// The flag of sizes that are not in the header before the data but behind them.
    static let sizesFollow: UInt64 = 1 << 3
    /// The flags of data or headers that are encrypted.
    static let encrypted: UInt64 = 1 << 0 | 1 << 6 | 1 << 13

    /// What the header before the data begins with, and its size without name and extra fields.
    static let (signature, headerSize) = (Array("PK\u{3}\u{4}".utf8), 30)
    static let (directorySignature, directoryHeaderSize) = (Array("PK\u{1}\u{2}".utf8), 46)
    static let (endSignature, endSize) = (Array("PK\u{5}\u{6}".utf8), 22)
    static let (wideEndSignature, wideEndSize) = (Array("PK\u{6}\u{6}".utf8), 56)
    static let (locatorSignature, locatorSize) = (Array("PK\u{6}\u{7}".utf8), 20)
    /// In place of a number that does not fit.
    static let (narrow, narrowCount) = (0xFFFF_FFFF, 0xFFFF)

    /// The name as text: UTF-8, or else the characters of code page 437, as Python reads them; nil if it is no UTF-8.
    var text: String? {
        if flags & Self.utf8 != 0 { return String(validating: name, as: UTF8.self) }
        var text = String.UnicodeScalarView()
        for byte in name { text.append(byte < 0x80 ? Unicode.Scalar(byte) : codePage437[Int(byte) - 0x80]) }
        return String(text)
    }
}

extension ZipEntry {
    /// The entry that a directory has at an offset, and where the next one is; nil if it is damaged.
    static func read(_ directory: [UInt8], at offset: Int) -> (ZipEntry, next: Int)? {
        func number(_ place: Int, _ count: Int) -> UInt64 {
            directory.littleEndian(at: offset + place, count: count)
        }
        guard offset <= directory.count - directoryHeaderSize,
            directory[offset...].starts(with: directorySignature)
        else { return nil }
        let name = offset + directoryHeaderSize
        let extra = name + Int(number(28, 2))
        let comment = extra + Int(number(30, 2))
        let next = comment + Int(number(32, 2))
        // It begins in this part of the archive, of which there is one.
        guard next <= directory.count, number(34, 2) == 0,
            let numbers = wide(
                [number(24, 4), number(20, 4), number(42, 4)], extra: Array(directory[extra..<comment]))
        else { return nil }
        let entry = ZipEntry(
            name: Array(directory[name..<extra]), flags: number(8, 2), method: number(10, 2),
            checksum: UInt32(number(16, 4)), size: numbers[0], packedSize: numbers[1], start: numbers[2])
        return (entry, next)
    }

    /// Numbers of a header, of which each that did not fit is the next one in the field 1 of the extra fields; nil if
    /// it is not there, or if the fields are damaged.
    static func wide(_ numbers: [UInt64], extra: [UInt8]) -> [Int]? {
        var wide: [UInt64]?
        var offset = 0
        while offset + 4 <= extra.count {
            let start = offset + 4
            let size = Int(extra.littleEndian(at: offset + 2, count: 2))
            guard size <= extra.count - start else { return nil }
            if extra.littleEndian(at: offset, count: 2) == 1 {
                guard wide == nil else { return nil }
                wide = (0..<size / 8).map { extra.littleEndian(at: start + 8 * $0, count: 8) }
            }
            offset = start + size
        }
        var rest = (wide ?? [])[...]
        var all: [Int] = []
        for number in numbers {
            guard let number = number == narrow ? rest.popFirst() : number, let int = Int(exactly: number)
            else {
                return nil
            }
            all.append(int)
        }
        return all
    }
}

/// The characters of the bytes from 0x80 on.
private let codePage437 = Array(
    """
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
    αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}
    """.unicodeScalars)
