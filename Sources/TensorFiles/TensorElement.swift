/// A type that the elements of a file are converted to: Float or Double.
protocol TensorElement: BinaryFloatingPoint, BitwiseCopyable, Sendable {
    /// The same number, exactly.
    var double: Double { get }
    static var type: TensorType { get }
}

extension Float: TensorElement {
    var double: Double { Double(self) }
    static var type: TensorType { .float32 }
}

extension Double: TensorElement {
    var double: Double { self }
    static var type: TensorType { .float64 }
}

/// What conversions lost: no bit if nothing, the first bit if a finite number became infinite, others if one was
/// rounded.
struct ConversionLoss {
    fileprivate var bits: UInt64 = 0

    /// Whether a number was rounded, or became infinite.
    var isEmpty: Bool { bits == 0 }
    /// Whether a finite number became infinite.
    var overflows: Bool { bits >> 63 == 1 }
}

/// Converts the elements in some bytes of a file, each rounded once to the nearest number, ties to even.
///
/// - Returns: What was lost with any of them.
func convert<Element: TensorElement>(
    _ bytes: RawSpan, of type: TensorType, isBigEndian: Bool, to elements: inout MutableSpan<Element>
) -> ConversionLoss {
    switch type {
    case .float64:
        convert(bytes, isBigEndian, to: &elements) { (bits: UInt64) in rounded(Double(bitPattern: bits)) }
    case .float32:
        convert(bytes, isBigEndian, to: &elements) { (bits: UInt32) in
            (Element(Float(bitPattern: bits)), 0)
        }
    case .float16:
        convert(bytes, isBigEndian, to: &elements) { (bits: UInt16) in (Element(float(half: bits)), 0) }
    case .bfloat16:
        convert(bytes, isBigEndian, to: &elements) { (bits: UInt16) in
            (Element(Float(bitPattern: UInt32(bits) << 16)), 0)
        }
    case .int64: convert(bytes, isBigEndian, to: &elements) { (bits: Int64) in rounded(whole: bits) }
    case .uint64: convert(bytes, isBigEndian, to: &elements) { (bits: UInt64) in rounded(whole: bits) }
    case .int32: convert(bytes, isBigEndian, to: &elements) { (bits: Int32) in rounded(Double(bits)) }
    case .uint32: convert(bytes, isBigEndian, to: &elements) { (bits: UInt32) in rounded(Double(bits)) }
    case .int16: convert(bytes, isBigEndian, to: &elements) { (bits: Int16) in rounded(Double(bits)) }
    case .uint16: convert(bytes, isBigEndian, to: &elements) { (bits: UInt16) in rounded(Double(bits)) }
    case .int8: convert(bytes, isBigEndian, to: &elements) { (bits: Int8) in rounded(Double(bits)) }
    case .uint8: convert(bytes, isBigEndian, to: &elements) { (bits: UInt8) in rounded(Double(bits)) }
    case .bool: convert(bytes, isBigEndian, to: &elements) { (bits: UInt8) in (bits == 0 ? 0 : 1, 0) }
    case .other: fatalError("\(type.name) has no conversion.")
    }
}

@inline(__always)
private func convert<Bits: FixedWidthInteger & BitwiseCopyable, Element>(
    _ bytes: RawSpan, _ isBigEndian: Bool, to elements: inout MutableSpan<Element>,
    _ value: (Bits) -> (Element, UInt64)
) -> ConversionLoss {
    precondition(bytes.byteCount == elements.count * (Bits.bitWidth / 8))
    var losses: UInt64 = 0
    for index in 0..<elements.count {
        let bits = bytes.unsafeLoadUnaligned(
            fromUncheckedByteOffset: index &* (Bits.bitWidth / 8), as: Bits.self)
        let (element, loss) = value(isBigEndian ? Bits(bigEndian: bits) : Bits(littleEndian: bits))
        elements[unchecked: index] = element
        losses |= loss
    }
    return ConversionLoss(bits: losses)
}

/// A number as the nearest element, and the bits that it loses; without branches, so that several are converted at
/// once.
@inline(__always)
private func rounded<Element: TensorElement>(_ number: Double) -> (Element, UInt64) {
    let element = Element(number)
    let (before, after) = (number.magnitude.bitPattern, element.double.magnitude.bitPattern)
    // Added to an exponent of all ones, that of infinity and NaN, it carries into the first bit.
    let one: UInt64 = 1 << 52
    let isFinite = ~UInt64(bitPattern: Int64(bitPattern: before &+ one) >> 63)
    return (element, (before ^ after | (after &+ one) & 1 << 63) & isFinite)
}

/// A whole number as the nearest element, and the bits that it loses: those beyond the significand, counted from the
/// last 1.
@inline(__always)
private func rounded<Element: TensorElement, Number: FixedWidthInteger>(
    whole number: Number
) -> (Element, UInt64) {
    let magnitude = UInt64(truncatingIfNeeded: number.magnitude)
    let digits = magnitude &>> UInt64(truncatingIfNeeded: magnitude.trailingZeroBitCount)
    return (Element(number), digits >> UInt64(Element.significandBitCount + 1))
}

/// The Float of a number of half precision: a sign, 5 bits of exponent, 10 of significand.
@inline(__always)
private func float(half bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let magnitude = UInt32(bits & 0x7fff)
    // Subnormal numbers are whole multiples of the least one; all ones in the exponent are infinity or NaN in both.
    let subnormal = (Float(Int32(truncatingIfNeeded: magnitude)) * 0x1p-24).bitPattern
    let normal = magnitude << 13 + (magnitude < 0x7c00 ? 112 << 23 : 224 << 23)
    return Float(bitPattern: sign | (magnitude < 0x400 ? subnormal : normal))
}
