extension MutableWeights {
    /// Calls a function with each group and with these weights, on several threads where the weights are many.
    ///
    /// The function may change only elements of its group, since others may be in use on another thread.
    mutating func forEach(of groups: Groups, _ body: (Group, inout MutableWeights) -> Void) {
        concurrently(groups.count(in: shape)) { index, weights in
            body(groups.group(index, in: weights.shape), &weights)
        }
    }

    /// Writes one value to every element of a group.
    mutating func fill(_ group: Group, with value: Float) {
        group.forEach { element in self[element] = value }
    }
}

extension Weights {
    /// The sum of a function over the groups; NaN where the function is NaN for one of them.
    func sum(over groups: Groups, _ function: (Group) -> Double) -> Double {
        var sum = 0.0
        for index in 0..<groups.count(in: shape) { sum += function(groups.group(index, in: shape)) }
        return sum
    }

    /// The sum of the magnitudes of a group's elements, accumulated in Double.
    func sumOfMagnitudes(of group: Group) -> Double {
        var sum = 0.0
        group.forEach { element in sum += Double(abs(self[element])) }
        return sum
    }
}

extension Weights {
    /// The L2 norm of the elements of a group, accumulated in Double.
    @inlinable
    public func norm(of group: Group) -> Double {
        var sum = 0.0
        group.forEach { element in
            let weight = Double(self[element])
            sum += weight * weight
        }
        return sum.squareRoot()
    }
}
