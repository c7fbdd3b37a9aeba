extension Float {
    /// Traps with a sentence unless the number is a learning rate, 0 or more and finite; 0 keeps the weights.
    func requireRate(of rule: Any.Type) {
        _ = trapping(try ArgumentError.nonnegative(self, "learning rate", of: rule))
    }
}

/// The ε of an update rule; throws unless it is finite, and large enough to be above 0 where subnormal numbers are not.
func checked(epsilon: Float, of rule: Any.Type) throws(ArgumentError) -> Float {
    if epsilon >= .leastNormalMagnitude && epsilon < .infinity { return epsilon }
    throw ArgumentError(
        "The epsilon of \(rule) is finite and at least 1.2e-38, not \(epsilon).", at: "epsilon")
}
