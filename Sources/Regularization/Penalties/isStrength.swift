/// Whether a number can be a strength or a factor: finite also as a Float, in which steps are taken.
func isStrength(_ value: Double) -> Bool { value >= 0 && Float(value) < .infinity }

/// What a strength or a factor must be, for messages.
let strengthRule = "a number of 0 or more that Float can hold"
