extension Weights {
    /// Whether no element is NaN or infinite.
    var isFinite: Bool { elements.isFinite }

    /// Whether an element is NaN.
    var hasNaN: Bool {
        for index in 0..<count where elements[unchecked: index].isNaN { return true }
        return false
    }

    /// The value of a norm, or of a constraint, at weights that are not all finite: NaN if one is NaN, else infinite.
    @usableFromInline var valueOfNonfinite: Double { hasNaN ? .nan : .infinity }
}

extension MutableWeights {
    /// Sets every element to one number.
    mutating func fill(with number: Float) {
        for index in 0..<count { elements[unchecked: index] = number }
    }
}
