import Regularization

extension RegularizerExamination {
    /// Whether the regularizer states a property.
    private func claims(_ property: CompositionProperties) -> Bool {
        subject.regularizer.properties.contains(property)
    }

    /// Checks that the value halfway between two points is at most the mean of their values.
    mutating func checkMidpoints() {
        guard claims(.convex) else { return }
        for (first, second) in pairs() {
            let mean = (subject.value(at: first) + subject.value(at: second)) / 2
            let middle = zip(first, second).map { ($0 + $1) / 2 }
            let found = subject.value(at: middle)
            let size = max(first.largestMagnitude, second.largestMagnitude)
            require(
                found <= mean + 1e-6 * abs(mean)
                    || found == .infinity && isFeasibleButForRounding(middle, size),
                expected: "at most \(mean) halfway from \(first) to \(second)", found: "\(found)")
        }
    }

    /// Whether a point is feasible up to rounding: its projection moves it by at most 2⁻²⁰ of `size`.
    func isFeasibleButForRounding(_ point: [Float], _ size: Double) -> Bool {
        guard let proximal = subject.proximal else { return false }
        let projection = subject.proximalPoint(by: proximal, of: point, scale: magnitude)
        return zip(projection, point).allSatisfy { abs(Double($0) - Double($1)) <= 0x1p-20 * size }
    }

    /// Checks ‖p − q‖² ≤ ⟨p − q, v − w⟩ for the proximal points p and q of two points v and w.
    mutating func checkFirmness() {
        guard claims(.convex), let proximal = subject.proximal else { return }
        for (first, second) in pairs() {
            for scale in [0.125 * magnitude, magnitude] {
                let p = subject.proximalPoint(by: proximal, of: first, scale: scale)
                let q = subject.proximalPoint(by: proximal, of: second, scale: scale)
                // An element of a proximal point that is a difference of the weight and a number of its size has the
                // rounding of the weight.
                var (squares, product, size, rounding) = (0.0, 0.0, 0.0, 0.0)
                for index in first.indices {
                    let moved = Double(p[index]) - Double(q[index])
                    let distance = Double(first[index]) - Double(second[index])
                    squares += moved * moved
                    product += moved * distance
                    size += (abs(Double(first[index])) + abs(Double(second[index]))) * abs(moved)
                    size += (abs(Double(p[index])) + abs(Double(q[index]))) * abs(distance)
                    rounding += (abs(Double(first[index])) + abs(Double(second[index]))) * abs(distance)
                }
                require(
                    squares <= product + 1e-6 * size + 0x1p-23 * rounding,
                    expected: "at most \(product) between \(first) and \(second) at scale \(scale)",
                    found: "\(squares)")
            }
        }
    }

    /// Pairs of points: independent, opposite, on one ray from the origin, equal but for one element, and different but
    /// for one.
    private mutating func pairs() -> [([Float], [Float])] {
        let (weights, other) = (feasible(weights), feasible(otherWeights()))
        var pairs = [
            (weights, other), (weights, weights.map { -$0 }), (other, other.map { 0.25 * $0 }),
        ]
        for element in Set([0, other.count - 1]) where other.indices.contains(element) {
            pairs.append((other, other.with(element, -other[element])))
            pairs.append((other, weights.with(element, other[element])))
        }
        return pairs
    }

    /// Checks R(c·w) = c·R(w) for c = 0, ½ and 4.
    mutating func checkHomogeneity() {
        guard claims(.positivelyHomogeneous) else { return }
        let weights = feasible(weights)
        let value = subject.value(at: weights)
        guard value.isFinite else { return }
        for factor in [0, 0.5, 4] as [Float] {
            let expected = Double(factor) * value
            let found = subject.value(at: weights.map { factor * $0 })
            require(
                abs(found - expected) <= 1e-6 * abs(value),
                expected: "\(factor) · \(value) = \(expected) at \(factor) · \(weights)", found: "\(found)")
        }
    }

    /// Checks that smaller magnitudes and other signs do not raise the value.
    mutating func checkMonotony() {
        guard claims(.monotoneInMagnitudes) else { return }
        let weights = feasible(weights)
        let value = subject.value(at: weights)
        for _ in 0..<4 {
            let smaller = weights.map { weight in
                [weight, -weight, 0.5 * weight, -0.25 * weight, 0][Int(generator.next() % 5)]
            }
            let found = subject.value(at: smaller)
            require(
                found <= value + 1e-6 * abs(value), expected: "at most \(value) at \(smaller)",
                found: "\(found)")
        }
    }

    /// Checks that exchanging elements of a group leaves the value unchanged; the tensor is the group if `structure`
    /// states none.
    mutating func checkPermutations() {
        guard claims(.permutationInvariant) else { return }
        let groups = subject.regularizer.structure.groups.map { elementsOf($0) }
        for group in groups ?? [Array(weights.indices)] { checkExchange(of: group) }
    }

    /// Checks that exchanging any two neighbors in a list of elements leaves the value unchanged.
    mutating func checkExchange(of group: [Int]) {
        let weights = feasible(weights)
        let value = subject.value(at: weights)
        for (one, other) in zip(group, group.dropFirst()) {
            let exchanged = weights.with(one, weights[other]).with(other, weights[one])
            requireEqual(subject.value(at: exchanged), value, " at \(exchanged)")
        }
    }

    /// Checks R(v + w) = R(v) + R(w) for tensors v and w whose elements, or magnitudes, are in the same order.
    mutating func checkSumInOrder() {
        let isOfMagnitudes = law == .isLinearInOrderOfMagnitudes
        guard claims(isOfMagnitudes ? .linearInOrderOfMagnitudes : .linearInOrder) else { return }
        let weights = feasible(weights)
        let others = weights.map { weight in
            if !isOfMagnitudes { return weight > weights[0] ? 0.75 * magnitude : -0.5 * magnitude }
            let larger = (abs(weight) > abs(weights[0]) ? 0.75 : 0.5) * magnitude
            return weight == 0 ? 0 : weight > 0 ? larger : -larger
        }
        let sum = zip(weights, others).map { $0 + $1 }
        // Rounding can change the order of a sum's elements, and the value of differences would show it.
        guard zip(sum, zip(weights, others)).allSatisfy({ $0 - $1.0 == $1.1 }) else { return }
        let expected = subject.value(at: weights) + subject.value(at: others)
        requireEqual(subject.value(at: sum), expected, " at the sum \(sum) of \(weights) and \(others)")
    }
}
