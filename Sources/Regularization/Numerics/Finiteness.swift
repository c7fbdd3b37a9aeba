/// Whether the numbers that a loop has looked at are finite.
///
/// The exponent of NaN and of an infinity is all ones, so that one more carries into the sign's bit. These are integer
/// operations that every processor has for vectors, which a sum of floats, whose order matters, is not.
@usableFromInline
struct Finiteness {
    @usableFromInline var carries: UInt32 = 0

    @inlinable
    @inline(__always)
    init() {}

    @inlinable
    @inline(__always)
    mutating func look(at number: Float) {
        carries |= (number.bitPattern & 0x7fff_ffff) &+ 0x0080_0000
    }

    @inlinable
    @inline(__always)
    var isFinite: Bool { carries < 0x8000_0000 }
}
