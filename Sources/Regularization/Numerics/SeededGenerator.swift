/// A generator of random bits that are the same for the same seed on every platform.
///
/// Source: SplitMix64; Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        defer { state &+= Self.step }
        return Self.number(0, seed: state)
    }

    /// The number at an index in the sequence of a seed, counted from 0, without drawing those before it.
    ///
    /// As the seed of another generator it makes randomness a function of where it is drawn: of the epoch, or of
    /// step, layer and sample, one after the other. The sequences of seeds that follow each other have nothing in
    /// common.
    package static func number(_ index: Int, seed: UInt64) -> UInt64 {
        var bits = seed &+ (UInt64(truncatingIfNeeded: index) &+ 1) &* step
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// A number in [0, 1) from 24 random bits.
    package mutating func nextUnitFloat() -> Float {
        Float(next() >> 40) * 0x1p-24
    }
}
