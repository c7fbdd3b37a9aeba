import Regularization

/// What the header of an array says that NumPy saved: a dictionary in Python's syntax with `descr`, `fortran_order` and
/// `shape`, which is parsed and never evaluated.
struct NPYHeader {
    /// The most dimensions that an array has in NumPy.
    static let largestRank = 64

    /// The type of the elements.
    let type: NPYType
    /// Whether the first index runs fastest.
    let isColumnMajor: Bool
    /// The dimensions, outermost first.
    let dimensions: [Int]

    /// Why a header is not read: a sentence.
    struct Failure: Error {
        let reason: String
    }

    /// Parses the text of a header, which is UTF-8 or else Latin-1.
    init(_ text: [UInt8], isUTF8: Bool) throws(Failure) {
        if isUTF8, String(validating: text, as: UTF8.self) == nil {
            throw Failure(reason: "The header is no UTF-8, as it is in version 3.0.")
        }
        var text = PythonText(text, isUTF8: isUTF8)
        var type: NPYType?
        var isColumnMajor: Bool?
        var dimensions: [Int]?
        try text.expect("{")
        while !text.take("}") {
            let key = try text.string()
            try text.expect(":")
            switch key {
            case "descr" where type == nil: type = try text.type()
            case "fortran_order" where isColumnMajor == nil: isColumnMajor = try text.bool()
            case "shape" where dimensions == nil: dimensions = try text.dimensions()
            case "descr", "fortran_order", "shape":
                throw Failure(reason: "The header has \(key) twice.")
            default:
                throw Failure(
                    reason:
                        "The header has \(quoted(key)); it has descr, fortran_order and shape, and nothing else."
                )
            }
            if !text.take(",") {
                try text.expect("}")
                break
            }
        }
        try text.expectEnd()
        guard let type, let isColumnMajor, let dimensions else {
            let missing = [
                type == nil ? "descr" : nil, isColumnMajor == nil ? "fortran_order" : nil,
                dimensions == nil ? "shape" : nil,
            ]
            throw Failure(
                reason: "The header has no \(missing.compactMap(\.self).joined(separator: " and no ")).")
        }
        (self.type, self.isColumnMajor, self.dimensions) = (type, isColumnMajor, dimensions)
    }
}

/// The text of a header, read from its beginning to its end; white space between two tokens is of no meaning.
private struct PythonText {
    private let text: [UInt8]
    private let isUTF8: Bool
    private var position = 0

    init(_ text: [UInt8], isUTF8: Bool) { (self.text, self.isUTF8) = (text, isUTF8) }

    private var next: UInt8? { position < text.count ? text[position] : nil }

    private func failure(_ expected: String) -> NPYHeader.Failure {
        let rest = text[position...]
        let found = rest.isEmpty ? "and it ends there" : "not \(quoted(string(rest.prefix(20))))"
        return NPYHeader.Failure(
            reason: "At byte \(position) of the header \(expected) is expected, \(found).")
    }

    private mutating func skipSpace() {
        while let byte = next, byte == UInt8(ascii: " ") || 9...13 ~= byte { position += 1 }
    }

    /// Goes on behind a character if it is the next one.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func expect(_ character: Unicode.Scalar) throws(NPYHeader.Failure) {
        if !take(character) { throw failure("a \(character)") }
    }

    mutating func expectEnd() throws(NPYHeader.Failure) {
        skipSpace()
        if next != nil { throw failure("nothing more") }
    }

    private func string(_ bytes: ArraySlice<UInt8>) -> String {
        if isUTF8 { return String(decoding: bytes, as: UTF8.self) }
        var string = String.UnicodeScalarView()
        for byte in bytes { string.append(Unicode.Scalar(byte)) }
        return String(string)
    }

    /// A string in single or double quotes.
    mutating func string() throws(NPYHeader.Failure) -> String {
        skipSpace()
        guard let quote = next, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
            throw failure("a text in quotes")
        }
        let start = position + 1
        guard let end = text[start...].firstIndex(of: quote) else { throw failure("a text that ends") }
        if let index = text[start..<end].firstIndex(where: { $0 == UInt8(ascii: "\\") || $0 < 0x20 }) {
            position = index
            throw failure("a text without escapes")
        }
        position = end + 1
        return string(text[start..<end])
    }

    /// A type: a string, or a list of fields, of which the text is kept.
    mutating func type() throws(NPYHeader.Failure) -> NPYType {
        skipSpace()
        let start = position
        if next == UInt8(ascii: "[") || next == UInt8(ascii: "(") {
            try skipBrackets()
            return NPYType(fields: string(text[start..<position]))
        }
        let descr = try string()
        guard let type = NPYType(descr) else {
            throw NPYHeader.Failure(
                reason:
                    "The descr \(quoted(descr)) is none that np.save writes; that of 32-bit floats is <f4.")
        }
        return type
    }

    /// Goes on behind brackets with numbers, strings and further brackets in them.
    ///
    /// What is in them is of no use here, so that its order is not checked.
    private mutating func skipBrackets() throws(NPYHeader.Failure) {
        var depth = 0
        repeat {
            guard let byte = next else { throw failure("a ]") }
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "("): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: ")"): depth -= 1
            case UInt8(ascii: "'"), UInt8(ascii: "\""): try skipString(quote: byte)
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "L"), UInt8(ascii: ","): break
            case UInt8(ascii: " "), 9...13: break
            default: throw failure("a list of fields")
            }
            position += 1
        } while depth > 0
    }

    /// Goes on to the quote that ends a string, in which a backslash takes away the meaning of the character behind it.
    private mutating func skipString(quote: UInt8) throws(NPYHeader.Failure) {
        position += 1
        while let byte = next, byte != quote { position += byte == UInt8(ascii: "\\") ? 2 : 1 }
        if position >= text.count {
            position = text.count
            throw failure("the end of a text")
        }
    }

    mutating func bool() throws(NPYHeader.Failure) -> Bool {
        skipSpace()
        for (word, value) in [("True", true), ("False", false)]
        where text[position...].starts(with: word.utf8) {
            position += word.utf8.count
            return value
        }
        throw failure("True or False")
    }

    /// A tuple of whole numbers, such as `()`, `(3,)` and `(2, 3)`.
    mutating func dimensions() throws(NPYHeader.Failure) -> [Int] {
        try expect("(")
        var dimensions: [Int] = []
        while !take(")") {
            dimensions.append(try dimension())
            if dimensions.count > NPYHeader.largestRank {
                throw NPYHeader.Failure(
                    reason:
                        """
                        The shape has more than the \(NPYHeader.largestRank) dimensions that NumPy has at most.
                        """
                )
            }
            if take(",") { continue }
            guard dimensions.count > 1, take(")") else {
                throw failure(dimensions.count == 1 ? "a comma, as in (3,)," : "a comma or a )")
            }
            break
        }
        return dimensions
    }

    /// A whole number in digits; Python 2 wrote an L behind it.
    private mutating func dimension() throws(NPYHeader.Failure) -> Int {
        skipSpace()
        let digits = text[position...].prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard let number = Int(string(digits)), digits.count == 1 || digits.first != UInt8(ascii: "0") else {
            throw failure("a dimension, a whole number from 0 to \(Int.max),")
        }
        position += digits.count
        _ = take("L")
        return number
    }
}
