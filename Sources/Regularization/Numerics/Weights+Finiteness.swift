extension Weights {
    /// Whether no element is NaN or infinite.
    var isFinite: Bool {
        for index in 0..<count where !elements[unchecked: index].isFinite { return false }
        return true
    }

    /// Whether an element is NaN.
    var hasNaN: Bool {
        for index in 0..<count where elements[unchecked: index].isNaN { return true }
        return false
    }

    /// The value of a norm, or of a constraint, at weights of which one is NaN or infinite.
    var valueOfNonfinite: Double { hasNaN ? .nan : .infinity }
}

extension MutableWeights {
    /// Replaces every element by one number.
    mutating func fill(with number: Float) {
        for index in 0..<count { elements[unchecked: index] = number }
    }
}
