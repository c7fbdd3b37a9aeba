/// A number in decimal notation, as text has it, before it is rounded to a float.
///
/// It is an optional sign, digits with or without a decimal mark, and an optional exponent; no locale has a part in it.
struct DecimalNumber {
    /// The first 19 significant digits, as a whole number.
    private var significand: UInt64 = 0
    /// The power of ten that the significand is to be multiplied by.
    private var exponent = 0
    /// Whether digits other than the first 19 were left out of the significand.
    private var isCut = false
    /// The bit that makes a float negative, or 0.
    private let sign: UInt32

    /// Scans the number that begins at a position, which moves to the first byte after it; nil if none does.
    ///
    /// - Precondition: Some byte from the position on is no part of a number.
    @inline(__always)
    init?(_ bytes: Span<UInt8>, at position: inout Int, mark: UInt8) {
        var index = position
        // Without branches, which processors cannot foresee here.
        let first = bytes[unchecked: index]
        sign = first == UInt8(ascii: "-") ? 1 << 31 : 0
        index &+= (first == UInt8(ascii: "-") ? 1 : 0) &+ (first == UInt8(ascii: "+") ? 1 : 0)
        let start = index
        // More than 19 digits overflow here, and are scanned again below.
        while let digit = digit(bytes[unchecked: index]) {
            significand = significand &* 10 &+ digit
            index &+= 1
        }
        var digits = index &- start
        if bytes[unchecked: index] == mark {
            index &+= 1
            let fraction = index
            while let digit = digit(bytes[unchecked: index]) {
                significand = significand &* 10 &+ digit
                index &+= 1
            }
            exponent = fraction &- index
            digits &-= exponent
        }
        guard digits > 0 else { return nil }
        if digits > 19 { cut(bytes, start..<index, mark: mark) }
        if bytes[unchecked: index] | 0x20 == UInt8(ascii: "e") {
            index &+= 1
            guard let power = Self.scanExponent(bytes, at: &index) else { return nil }
            exponent &+= power
        }
        position = index
    }

    /// Scans digits again, and takes the first 19 of those that are not leading zeros.
    private mutating func cut(_ bytes: Span<UInt8>, _ range: Range<Int>, mark: UInt8) {
        significand = 0
        exponent = 0
        var isFraction = false
        for index in range {
            guard let digit = digit(bytes[index]) else {
                isFraction = true
                continue
            }
            let hasRoom = significand < 1_000_000_000_000_000_000
            if hasRoom { significand = significand * 10 + digit } else { isCut = true }
            exponent += (isFraction ? -1 : 0) + (hasRoom ? 0 : 1)
        }
    }

    /// Scans an optional sign and digits; nil if there is no digit.
    private static func scanExponent(_ bytes: Span<UInt8>, at index: inout Int) -> Int? {
        let isNegative = bytes[index] == UInt8(ascii: "-")
        if isNegative || bytes[index] == UInt8(ascii: "+") { index += 1 }
        guard digit(bytes[index]) != nil else { return nil }
        var power = 0
        while let digit = digit(bytes[index]) {
            // Far beyond every float, whatever the significand: its digits would need a text of a petabyte.
            power = min(power * 10 + Int(digit), 1_000_000_000_000_000)
            index += 1
        }
        return isNegative ? -power : power
    }
}

extension DecimalNumber {
    /// The nearest float, of two the even one, as rounded once from the decimal number; nil where only exact arithmetic
    /// tells which it is, which is rare.
    ///
    /// With u = 2^−53, the digits left out change the significand by less than 0.01 u in relation to it, its conversion
    /// to Double by at most u, the power of ten is off by at most u, and the product by at most u. So the
    /// double is off by less than 4 units in its last place. Where no middle between two floats is as near as that,
    /// the exact number is on the same side of each middle as the double, and rounds to the same float.
    ///
    /// - Source: W. Clinger, "How to Read Floating Point Numbers Accurately", PLDI 1990, section 4, for the use of
    ///   a wider format; the bound is elementary.
    var float: Float? {
        @inline(__always) get {
            if exponent == 0 && !isCut || significand == 0 {
                return Float(bitPattern: Float(significand).bitPattern | sign)
            }
            guard exponent >= -60, exponent <= 60 else { return nil }
            let double = Double(significand) * Self.powersOfTen[exponent &+ 60]
            // Subnormal floats have their middles elsewhere, and the largest float has none above it.
            guard double >= 0x1p-125, double < 0x1p127 else { return nil }
            // A middle between two floats has these 29 last bits: a one and zeros.
            let distance = Int64(double.bitPattern & 0x1FFF_FFFF) - 0x1000_0000
            guard distance.magnitude > 4 else { return nil }
            return Float(bitPattern: Float(double).bitPattern | sign)
        }
    }

    /// 10^−60 to 10^60, each off by at most u, or a thousandth more where the compiler has rounded a literal twice.
    private static let powersOfTen = [
        1e-60, 1e-59, 1e-58, 1e-57, 1e-56, 1e-55, 1e-54, 1e-53, 1e-52, 1e-51, 1e-50, 1e-49, 1e-48, 1e-47,
        1e-46, 1e-45, 1e-44, 1e-43, 1e-42, 1e-41, 1e-40, 1e-39, 1e-38, 1e-37, 1e-36, 1e-35, 1e-34, 1e-33,
        1e-32, 1e-31, 1e-30, 1e-29, 1e-28, 1e-27, 1e-26, 1e-25, 1e-24, 1e-23, 1e-22, 1e-21, 1e-20, 1e-19,
        1e-18, 1e-17, 1e-16, 1e-15, 1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4,
        1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14,
        1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29, 1e30, 1e31,
        1e32, 1e33, 1e34, 1e35, 1e36, 1e37, 1e38, 1e39, 1e40, 1e41, 1e42, 1e43, 1e44, 1e45, 1e46, 1e47, 1e48,
        1e49, 1e50, 1e51, 1e52, 1e53, 1e54, 1e55, 1e56, 1e57, 1e58, 1e59, 1e60,
    ]

    /// The nearest float of a number in decimal notation, by exact arithmetic.
    static func exactFloat(_ number: Span<UInt8>, mark: UInt8) -> Float {
        var text = ""
        for index in number.indices {
            text.unicodeScalars.append(number[index] == mark ? "." : Unicode.Scalar(number[index]))
        }
        return Float(text)!
    }
}

extension DecimalNumber {
    /// Whether a text, as a whole, is a number.
    static func isWritten(in text: String, mark: UInt8) -> Bool {
        let bytes = Array(text.utf8) + [UInt8(ascii: "\n")]
        var position = 0
        return DecimalNumber(bytes.span, at: &position, mark: mark) != nil && position == bytes.count - 1
    }
}

@inline(__always)
private func digit(_ byte: UInt8) -> UInt64? {
    let digit = byte &- UInt8(ascii: "0")
    return digit < 10 ? UInt64(digit) : nil
}
