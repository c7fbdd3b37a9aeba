import Testing

@testable import TensorFiles

@Suite("An element is rounded as the processor does, and what it loses is known")
struct TensorElementTests {
    /// An element of a file, converted alone.
    private func converted<Bits: FixedWidthInteger, Element: TensorElement>(
        _ bits: Bits, _ type: TensorType, isBigEndian: Bool, as: Element.Type
    ) -> (element: Element, loss: ConversionLoss) {
        let stored = [isBigEndian ? bits.bigEndian : bits.littleEndian]
        var elements: [Element] = [0]
        var span = elements.mutableSpan
        let loss = convert(bytes(stored).span.bytes, of: type, isBigEndian: isBigEndian, to: &span)
        return (elements[0], loss)
    }

    /// Numbers with exponents at which something changes, with the least and largest significands and some in between.
    private static var doubles: [Double] {
        let exponents: [Int] = [-1075, -1074, -1023, -1022, -150, -149, -127, -126, 0, 127, 128, 1023]
        let significands: [Double] = [
            1, 1 + .ulpOfOne, 1 + 0x1p-24, 1 + 0x1p-23, 1.5, 2 - 0x1p-24, 2 - .ulpOfOne,
        ]
        let special: [Double] = [
            0, .infinity, .nan, .signalingNaN, Double(bitPattern: 0x7FF0_0000_0000_0001),
        ]
        return special
            + exponents.flatMap { exponent in
                significands.map { Double(sign: .plus, exponent: exponent, significand: $0) }
            }
    }

    @Test("Doubles", arguments: [false, true])
    func doubles(isBigEndian: Bool) {
        for number in Self.doubles {
            for number in [number, -number] {
                let (float, loss) = converted(
                    number.bitPattern, .float64, isBigEndian: isBigEndian, as: Float.self)
                #expect(float.bitPattern == Float(number).bitPattern)
                #expect(loss.overflows == (number.isFinite && float.isInfinite), "\(number)")
                #expect(loss.isEmpty == (number.isNaN || Double(float) == number), "\(number)")
                let same = converted(number.bitPattern, .float64, isBigEndian: isBigEndian, as: Double.self)
                #expect(same.element.bitPattern == number.bitPattern && same.loss.isEmpty)
            }
        }
    }

    private func expectWhole<Number: FixedWidthInteger>(_ numbers: [Number], _ type: TensorType) {
        for number in numbers {
            let (float, floatLoss) = converted(number, type, isBigEndian: false, as: Float.self)
            #expect(float == Float(number) && !floatLoss.overflows)
            #expect(floatLoss.isEmpty == (Float(exactly: number) != nil), "\(number)")
            let (double, doubleLoss) = converted(number, type, isBigEndian: true, as: Double.self)
            #expect(double == Double(number) && !doubleLoss.overflows)
            #expect(doubleLoss.isEmpty == (Double(exactly: number) != nil), "\(number)")
        }
    }

    @Test("Whole numbers, around each power of two")
    func wholeNumbers() {
        func all<Number: FixedWidthInteger>(_: Number.Type) -> [Number] {
            (0..<Number.bitWidth).flatMap { shift in
                (-2...2).flatMap { [1 &<< Number(shift) &+ Number(truncatingIfNeeded: $0)] }
            }.flatMap { [$0, ~$0] }
        }
        expectWhole(all(Int64.self), .int64)
        expectWhole(all(UInt64.self), .uint64)
        expectWhole(all(Int32.self), .int32)
        expectWhole(all(UInt32.self), .uint32)
        expectWhole(all(Int16.self), .int16)
        expectWhole(all(UInt16.self), .uint16)
        expectWhole(all(Int8.self), .int8)
        expectWhole(all(UInt8.self), .uint8)
    }
}
