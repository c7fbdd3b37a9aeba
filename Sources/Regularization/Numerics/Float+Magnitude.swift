extension Float {
    /// A function of the magnitude, with the sign of the number; a zero is +0, and NaN stays NaN if the
    /// function leaves it so.
    @inlinable
    @inline(__always)
    func withMagnitude(_ function: (Double) -> Double) -> Float {
        let magnitude = Float(function(Double(abs(self))))
        return self < 0 ? 0 - magnitude : magnitude
    }
}
