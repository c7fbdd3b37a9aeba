extension Float {
    /// The value of a function at the magnitude, with the sign of this number.
    ///
    /// A value of zero is +0. NaN stays NaN if the function of NaN is NaN.
    @inlinable
    @inline(__always)
    func withMagnitude(_ function: (Double) -> Double) -> Float {
        let magnitude = Float(function(Double(abs(self))))
        return self < 0 ? 0 - magnitude : magnitude
    }
}
