/// A root c ≥ 0 at which a function rises from below 0, to full precision.
///
/// It is 0 if the function is not below 0 at 0, and nil if the function stays below 0 up to 1e300. The root is
/// bracketed by quadrupling the guess, and found by regula falsi that halves the value at the end which stays, as the
/// Illinois rule does, and by bisection at every fourth step and where a step would leave the bracket.
@inlinable
func risingRoot(startingAt guess: Double, of function: (Double) -> Double) -> Double? {
    var low = 0.0
    var lowValue = function(0)
    if !(lowValue < 0) { return 0 }
    var high = guess
    var highValue = function(high)
    while highValue < 0 {
        (low, lowValue) = (high, highValue)
        high *= 4
        if high > 1e300 { return nil }
        highValue = function(high)
    }
    for iteration in 1...200 {
        if highValue == 0 || !(high - low > 1e-15 * high) { break }
        var next = (low * highValue - high * lowValue) / (highValue - lowValue)
        if iteration % 4 == 0 || !(next > low && next < high) { next = low + (high - low) / 2 }
        let value = function(next)
        if value < 0 {
            (low, lowValue) = (next, value)
            highValue /= 2
        } else {
            (high, highValue) = (next, value)
            lowValue /= 2
        }
    }
    return high
}
