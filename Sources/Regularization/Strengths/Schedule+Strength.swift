/// Whether a number can be a strength or a factor: 0 or more, and finite also as a Float, in which steps are computed.
func isStrength(_ value: Double) -> Bool { value >= 0 && Float(value) < .infinity }

/// The condition for a strength or a factor in words, for messages.
let strengthRule = "a number of 0 or more that Float can hold"

/// The factor; throws an `ArgumentError` at the named parameter unless `isStrength` holds.
func checked(factor: Double, at argument: String? = "factor") throws(ArgumentError) -> Double {
    if isStrength(factor) { return factor }
    throw ArgumentError("A factor is \(strengthRule), not \(factor).", at: argument)
}

/// The strength; throws an `ArgumentError` unless it is valid at every step (of a closure, at step 0).
func checked(strength: Schedule) throws(ArgumentError) -> Schedule {
    guard let value = strength.firstInvalidStrength else { return strength }
    throw ArgumentError("A strength is \(strengthRule), not \(value).", at: "strength")
}

extension Schedule {
    /// The first number of the schedule that is no strength; nil if all are valid (of a closure, the one at step 0).
    var firstInvalidStrength: Double? { extremes.first { !isStrength($0) } }

    /// The strength of a penalty at a step of a training, for a schedule that begins at `firstStep`; traps with the
    /// penalty's label if it is invalid.
    func checkedValue(at step: Int, from firstStep: Int, of label: String) -> Double {
        let value = value(at: step > firstStep ? step - firstStep : 0)
        require(
            isStrength(value),
            "Penalty \"\(label)\" has strength \(value) at step \(step); it must be \(strengthRule).")
        return value
    }
}

extension Double {
    /// A strength times a value; 0 if the strength is 0 and the value infinite.
    func times(_ value: Double) -> Double { self == 0 && value == .infinity ? 0 : self * value }
}
