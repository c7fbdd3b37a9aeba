// Texts, numbers and words.
extension JSONReader {
    /// Passes over a text in quotes; returns whether it has escapes.
    mutating func skipText() throws(JSONError) -> Bool {
        let start = offset
        var hasEscapes = false
        offset += 1
        while let byte {
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return hasEscapes
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try skipEscape()
            case 0x0A, 0x0D:
                throw error("A text ends on its line: close it by a quote, or write \\n for a line break.")
            case ..<0x20:
                throw error("A control character in a text is written as an escape, such as \\t or \\u0007.")
            case ..<0x80:
                offset += 1
            default:
                guard let length = scalarLength else {
                    throw error("These bytes are not UTF-8; save the text as UTF-8.")
                }
                offset += length
            }
        }
        throw error("This text has no closing quote.", at: start)
    }

    /// The number of bytes of the scalar that is read next, if it has two or more; nil if the bytes are not UTF-8.
    private var scalarLength: Int? {
        let (length, second): (Int, ClosedRange<UInt8>)
        switch bytes[offset] {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return nil
        }
        guard offset + length <= bytes.count, second.contains(bytes[offset + 1]),
            bytes[(offset + 1)..<(offset + length)].allSatisfy({ $0 & 0xC0 == 0x80 })
        else { return nil }
        return length
    }

    private mutating func skipEscape() throws(JSONError) {
        let start = offset
        offset += 1
        guard byte == UInt8(ascii: "u") else {
            if let byte, #""\/bfnrt"#.utf8.contains(byte) {
                offset += 1
                return
            }
            throw error(
                #"The escapes are \" \\ \/ \b \f \n \r \t and \u with four digits; a backslash is \\."#,
                at: start)
        }
        offset += 1
        let unit = try skipHexadecimal()
        switch unit {
        case 0xD800...0xDBFF:
            if byte == UInt8(ascii: "\\"), offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "u") {
                offset += 2
                if case 0xDC00...0xDFFF = try skipHexadecimal() { return }
            }
            throw error("This escape is half of a character; its second half is missing.", at: start)
        case 0xDC00...0xDFFF:
            throw error("This escape is half of a character; its first half is missing.", at: start)
        default:
            break
        }
    }

    private mutating func skipHexadecimal() throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = byte?.hexadecimalDigit else {
                throw error(#"The escape \u has four digits of 0 to 9 and a to f."#)
            }
            unit = unit << 4 | digit
            offset += 1
        }
        return unit
    }

    /// Passes over a number, which begins with a sign or a digit.
    mutating func skipNumber() throws(JSONError) {
        let start = offset
        if byte == UInt8(ascii: "-") { offset += 1 }
        let first = offset
        if skipDigits() == 0 { throw malformed(start, "a digit is missing after the sign") }
        if bytes[first] == UInt8(ascii: "0"), offset > first + 1 {
            throw malformed(start, "a number has no zeros before it")
        }
        var mayBeTooLarge = offset - first > 200
        if byte == UInt8(ascii: ".") {
            offset += 1
            if skipDigits() == 0 { throw malformed(start, "a digit is missing after the point") }
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            offset += 1
            let isNegative = byte == UInt8(ascii: "-")
            if isNegative || byte == UInt8(ascii: "+") { offset += 1 }
            let digits = skipDigits()
            if digits == 0 { throw malformed(start, "the digits of the exponent are missing") }
            mayBeTooLarge = mayBeTooLarge || digits > 2 && !isNegative
        }
        if let byte, !byte.endsWord {
            throw malformed(start, "a comma or a closing bracket comes after a number")
        }
        if mayBeTooLarge, let value = Double(String(decoding: bytes[start..<offset], as: UTF8.self)),
            !value.isFinite
        {
            let number = String(decoding: bytes[start..<offset], as: UTF8.self).shortened
            throw error("\(number) is too large; the largest number is about 1.8e308.", at: start)
        }
    }

    private mutating func skipDigits() -> Int {
        let start = offset
        while case UInt8(ascii: "0")...UInt8(ascii: "9") = byte ?? 0 { offset += 1 }
        return offset - start
    }

    private mutating func malformed(_ start: Int, _ reason: String) -> JSONError {
        offset = start
        return error("\(word) is no number in JSON: \(reason).")
    }

    /// Passes over true, false or null.
    mutating func skipWord() throws(JSONError) -> JSONValue.Kind {
        for (name, kind) in [("true", JSONValue.Kind.bool), ("false", .bool), ("null", .null)]
        where bytes[offset...].starts(with: name.utf8) {
            let end = offset + name.utf8.count
            guard end == bytes.count || bytes[end].endsWord else { break }
            offset = end
            return kind
        }
        switch byte {
        case nil: throw unclosed()
        case UInt8(ascii: "'"): throw error("A text is in double quotes, not in single ones.")
        case UInt8(ascii: "/"), UInt8(ascii: "#"): throw error("JSON has no comments; leave them out.")
        case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "]"), UInt8(ascii: "}"):
            throw error("A value is missing before \(word).")
        default: break
        }
        let word = word
        switch word.lowercased() {
        case "true", "false", "null":
            throw error("\(word) is written in small letters: \(word.lowercased()).")
        case "nan", "inf", "infinity", "+inf", "+infinity":
            throw error("JSON has no number \(word).")
        case "none", "nil":
            throw error("JSON has no \(word); the absence of a value is null.")
        default:
            if word.first?.isNumber ?? false || "+.".contains(word.first ?? " ") {
                throw error(
                    "\(word) is no number in JSON: a number begins with a digit or with - and a digit.")
            }
            throw error("\(word) is no value in JSON; a text is in double quotes.")
        }
    }

    /// What is read next up to a space, a comma, a colon or a bracket, for messages.
    var word: String {
        guard offset < bytes.count else { return "the end of the text" }
        let rest = bytes[offset...].prefix(bytes[offset].endsWord ? 1 : 240)
        let end = rest.dropFirst().firstIndex(where: \.endsWord) ?? rest.endIndex
        return String(decoding: rest[..<end], as: UTF8.self).shortened
    }
}

extension UInt8 {
    /// Whether the byte ends a number or a word: a space, a comma, a colon or a bracket.
    fileprivate var endsWord: Bool {
        switch self {
        case 0x20, 0x0A, 0x0D, 0x09, UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "]"),
            UInt8(ascii: "}"),
            UInt8(ascii: "["), UInt8(ascii: "{"):
            true
        default: false
        }
    }

    /// The value of a hexadecimal digit; nil for another byte.
    fileprivate var hexadecimalDigit: UInt16? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(self - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(self - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(self - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}

/// The UTF-8 of a text whose escapes, which are valid, are resolved.
func resolvingEscapes(in text: ArraySlice<UInt8>) -> [UInt8] {
    var resolved: [UInt8] = []
    var rest = text
    func takeUnit() -> UInt32 {
        let digits = rest.prefix(4)
        rest = rest.dropFirst(4)
        return digits.reduce(0) { $0 << 4 | UInt32($1.hexadecimalDigit ?? 0) }
    }
    while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
            resolved.append(byte)
            continue
        }
        switch escape {
        case UInt8(ascii: "b"): resolved.append(0x08)
        case UInt8(ascii: "f"): resolved.append(0x0C)
        case UInt8(ascii: "n"): resolved.append(0x0A)
        case UInt8(ascii: "r"): resolved.append(0x0D)
        case UInt8(ascii: "t"): resolved.append(0x09)
        case UInt8(ascii: "u"):
            var code = takeUnit()
            if case 0xD800...0xDBFF = code {
                rest = rest.dropFirst(2)
                code = 0x10000 + (code - 0xD800) << 10 + (takeUnit() - 0xDC00)
            }
            if let scalar = Unicode.Scalar(code) { resolved.append(contentsOf: UTF8.encode(scalar)!) }
        default: resolved.append(escape)
        }
    }
    return resolved
}
