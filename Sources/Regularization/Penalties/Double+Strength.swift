/// Whether a number can be a strength or a factor: finite also as a Float, in which steps are taken.
func isStrength(_ value: Double) -> Bool { value >= 0 && Float(value) < .infinity }

/// What a strength or a factor must be, for messages.
let strengthRule = "a number of 0 or more that Float can hold"

/// What is wrong with a factor; nil if nothing is.
func factorFlaw(_ factor: Double) -> String? {
    isStrength(factor) ? nil : "A factor is \(strengthRule), not \(factor)."
}

/// What is wrong with the strength of a penalty; nil if nothing is, as far as is known at step 0.
func strengthFlaw(_ strength: Schedule) -> String? {
    strength.extremes.first { !isStrength($0) }.map { "A strength is \(strengthRule), not \($0)." }
}

extension Double {
    /// A strength times a value, which is 0 at strength 0 also where the value is infinite.
    func times(_ value: Double) -> Double { self == 0 && value == .infinity ? 0 : self * value }
}
