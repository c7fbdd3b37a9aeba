/// A type that the elements of a file are converted to: Float or Double.
protocol TensorElement: Sendable, BitwiseCopyable {
    init(_ number: Double)
    init(_ number: Float)
    init(_ number: Int64)
    init(_ number: UInt64)
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

/// What the conversion of an element lost.
struct Loss: OptionSet {
    let rawValue: UInt8
    /// A number was rounded.
    static let rounding = Loss(rawValue: 1)
    /// A finite number became infinite.
    static let overflow = Loss(rawValue: 2)
}

/// Converts the elements in some bytes of a file, each rounded once to the nearest number, ties to even.
///
/// - Returns: What was lost with any of them.
func convert<Element: TensorElement>(
    _ bytes: RawSpan, of type: TensorType, isBigEndian: Bool, to elements: inout MutableSpan<Element>
) -> Loss {
    switch type {
    case .float64:
        convert(bytes, isBigEndian, to: &elements) { (bits: UInt64) in
            let number = Double(bitPattern: bits)
            let element = Element(number)
            let isRounded = element.double != number && !number.isNaN
            let overflows = element.double.isInfinite && number.isFinite
            return (element, overflows ? [.overflow, .rounding] : isRounded ? .rounding : [])
        }
    case .float32:
        convert(bytes, isBigEndian, to: &elements) { (bits: UInt32) in
            (Element(Float(bitPattern: bits)), [])
        }
    case .float16:
        convert(bytes, isBigEndian, to: &elements) { (bits: UInt16) in (Element(float(half: bits)), []) }
    case .bfloat16:
        convert(bytes, isBigEndian, to: &elements) { (bits: UInt16) in
            (Element(Float(bitPattern: UInt32(bits) << 16)), [])
        }
    case .int64:
        convert(bytes, isBigEndian, to: &elements) { (bits: Int64) in
            let element = Element(bits)
            return (element, Int64(exactly: element.double) == bits ? [] : .rounding)
        }
    case .uint64:
        convert(bytes, isBigEndian, to: &elements) { (bits: UInt64) in
            let element = Element(bits)
            return (element, UInt64(exactly: element.double) == bits ? [] : .rounding)
        }
    case .int32: convertSmall(Int32.self, bytes, isBigEndian, to: &elements)
    case .uint32: convertSmall(UInt32.self, bytes, isBigEndian, to: &elements)
    case .int16: convertSmall(Int16.self, bytes, isBigEndian, to: &elements)
    case .uint16: convertSmall(UInt16.self, bytes, isBigEndian, to: &elements)
    case .int8: convertSmall(Int8.self, bytes, isBigEndian, to: &elements)
    case .uint8: convertSmall(UInt8.self, bytes, isBigEndian, to: &elements)
    case .bool:
        convert(bytes, isBigEndian, to: &elements) { (bits: UInt8) in
            (Element(bits == 0 ? Float(0) : 1), [])
        }
    case .other: fatalError("\(type.name) has no conversion.")
    }
}

@inline(__always)
private func convertSmall<Bits: FixedWidthInteger & BitwiseCopyable, Element: TensorElement>(
    _ type: Bits.Type, _ bytes: RawSpan, _ isBigEndian: Bool, to elements: inout MutableSpan<Element>
) -> Loss {
    convert(bytes, isBigEndian, to: &elements) { (bits: Bits) in
        let element = Element(Int64(bits))
        return (element, Int64(element.double) == Int64(bits) ? [] : .rounding)
    }
}

@inline(__always)
private func convert<Bits: FixedWidthInteger & BitwiseCopyable, Element>(
    _ bytes: RawSpan, _ isBigEndian: Bool, to elements: inout MutableSpan<Element>,
    _ value: (Bits) -> (Element, Loss)
) -> Loss {
    precondition(bytes.byteCount == elements.count * (Bits.bitWidth / 8))
    var losses: Loss = []
    for index in 0..<elements.count {
        let bits = bytes.unsafeLoadUnaligned(
            fromUncheckedByteOffset: index &* (Bits.bitWidth / 8), as: Bits.self)
        let (element, loss) = value(isBigEndian ? Bits(bigEndian: bits) : Bits(littleEndian: bits))
        elements[unchecked: index] = element
        losses.formUnion(loss)
    }
    return losses
}

/// The Float of a number of half precision: a sign, 5 bits of exponent, 10 of significand.
private func float(half bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let magnitude = UInt32(bits & 0x7fff)
    // All ones in the exponent are infinity or NaN in either type.
    let isFinite = magnitude < 0x7c00
    // Shifted into place the exponent is too small by 112, which a product corrects, subnormal numbers included.
    let float = Float(bitPattern: magnitude << 13) * 0x1p112
    return Float(bitPattern: sign | (isFinite ? float.bitPattern : 0x7f80_0000 | magnitude << 13))
}
