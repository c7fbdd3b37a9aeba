/// Whether a number can be a strength or a factor: 0 or more, and finite also as a Float, in which steps are computed.
func isStrength(_ value: Double) -> Bool { value >= 0 && Float(value) < .infinity }

/// The condition for a strength or a factor in words, for messages.
let strengthRule = "a number of 0 or more that Float can hold"

/// The factor; throws a `ParameterError` at the named parameter unless `isStrength` holds.
func checked(factor: Double, at parameter: String? = "factor") throws(ParameterError) -> Double {
    if isStrength(factor) { return factor }
    throw ParameterError("A factor is \(strengthRule), not \(factor).", at: parameter)
}

/// The strength; throws a `ParameterError` unless it is valid at every step (of a closure, at step 0).
func checked(strength: Schedule) throws(ParameterError) -> Schedule {
    guard let value = strength.extremes.first(where: { !isStrength($0) }) else { return strength }
    throw ParameterError("A strength is \(strengthRule), not \(value).", at: "strength")
}

extension Double {
    /// A strength times a value; 0 if the strength is 0 and the value infinite.
    func times(_ value: Double) -> Double { self == 0 && value == .infinity ? 0 : self * value }
}
