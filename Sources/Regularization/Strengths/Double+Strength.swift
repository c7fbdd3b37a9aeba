/// Whether a number can be a strength or a factor: finite also as a Float, in which steps are taken.
func isStrength(_ value: Double) -> Bool { value >= 0 && Float(value) < .infinity }

/// What a strength or a factor must be, for messages.
let strengthRule = "a number of 0 or more that Float can hold"

/// A factor that can be one.
func checked(factor: Double, at parameter: String? = "factor") throws(ParameterError) -> Double {
    if isStrength(factor) { return factor }
    throw ParameterError("A factor is \(strengthRule), not \(factor).", at: parameter)
}

/// A strength that a penalty can have, as far as is known at step 0.
func checked(strength: Schedule) throws(ParameterError) -> Schedule {
    guard let value = strength.extremes.first(where: { !isStrength($0) }) else { return strength }
    throw ParameterError("A strength is \(strengthRule), not \(value).", at: "strength")
}

extension Double {
    /// A strength times a value, which is 0 at strength 0 also where the value is infinite.
    func times(_ value: Double) -> Double { self == 0 && value == .infinity ? 0 : self * value }
}
