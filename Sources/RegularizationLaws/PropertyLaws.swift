import Regularization

extension Examination {
    /// What the author claims in `properties`.
    mutating func checkProperties() {
        let properties = subject.regularizer.properties
        if properties.contains(.convex) {
            for (first, second) in pairs() {
                checkMidpoint(of: first, second)
                if let proximal = subject.proximal { checkFirmness(of: proximal, at: first, second) }
            }
        }
        if properties.contains(.positivelyHomogeneous) {
            for input in possibleInputs { checkHomogeneity(at: input.weights) }
        }
        for input in possibleInputs {
            if properties.contains(.monotoneInMagnitudes) { checkMonotony(at: input.weights) }
            if properties.contains(.permutationInvariant) {
                for group in exchangeableGroups {
                    checkExchange(of: group, .isPermutationInvariant, at: input.weights)
                }
            }
            if properties.contains(.linearInOrder) {
                checkSum(of: input.weights, .isLinearInOrder) { $0 > input.weights[0] ? 0.75 : -0.5 }
            }
            if properties.contains(.linearInOrderOfMagnitudes) {
                checkSum(of: input.weights, .isLinearInOrderOfMagnitudes) { weight in
                    let larger: Float = abs(weight) > abs(input.weights[0]) ? 0.75 : 0.5
                    return weight == 0 ? 0 : weight > 0 ? larger : -larger
                }
            }
        }
    }

    private var exchangeableGroups: [[Int]] {
        switch subject.regularizer.structure {
        case .grouped(let groups), .radial(let groups): elementsOf(groups)
        default: [Array(0..<subject.shape.count)]
        }
    }

    /// Lowering magnitudes, and changing signs, does not raise the value.
    private mutating func checkMonotony(at weights: [Float]) {
        let value = subject.value(at: weights)
        for _ in 0..<4 {
            let smaller = weights.map { weight in
                [weight, -weight, 0.5 * weight, -0.25 * weight, 0][Int(generator.next() % 5)]
            }
            let found = subject.value(at: smaller)
            require(
                found <= value + 1e-6 * abs(value), .isMonotoneInMagnitudes, at: weights,
                expected: "at most \(value) at \(smaller)", found: "\(found)")
        }
    }

    /// The value of a sum is the sum of the values.
    private mutating func checkSum(of weights: [Float], _ law: Law, and other: (Float) -> Float) {
        let others = weights.map(other)
        let expected = subject.value(at: weights) + subject.value(at: others)
        let found = subject.value(at: zip(weights, others).map { $0 + $1 })
        requireEqual(found, expected, law, at: weights)
    }

    /// Pairs of weights: independent, opposite, along a line through the origin, equal but for one element.
    private mutating func pairs() -> [([Float], [Float])] {
        possibleInputs.flatMap { input -> [([Float], [Float])] in
            var other = generator.grid(input.weights.count, magnitude: input.magnitude)
            if let proximal = subject.proximal, subject.value(at: other) == .infinity {
                other = subject.proximalPoint(by: proximal, of: other, scale: input.magnitude)
            }
            var pairs = [
                (input.weights, other), (input.weights, input.weights.map { -$0 }),
                (other, other.map { 0.25 * $0 }),
            ]
            if !other.isEmpty { pairs.append((other, other.with(0, -other[0]))) }
            return pairs
        }
    }

    private mutating func checkMidpoint(of first: [Float], _ second: [Float]) {
        let mean = (subject.value(at: first) + subject.value(at: second)) / 2
        let found = subject.value(at: zip(first, second).map { ($0 + $1) / 2 })
        require(
            found <= mean + 1e-6 * abs(mean), .isConvex, at: first,
            expected: "at most \(mean) halfway to \(second)", found: "\(found)")
    }

    private mutating func checkFirmness(
        of proximal: any ProximalRegularizer, at first: [Float], _ second: [Float]
    ) {
        for scale in [0.125, 1] as [Float] {
            let p = subject.proximalPoint(by: proximal, of: first, scale: scale)
            let q = subject.proximalPoint(by: proximal, of: second, scale: scale)
            var (squares, product, size) = (0.0, 0.0, 0.0)
            for index in first.indices {
                let moved = Double(p[index]) - Double(q[index])
                let distance = Double(first[index]) - Double(second[index])
                squares += moved * moved
                product += moved * distance
                size += (abs(Double(first[index])) + abs(Double(second[index]))) * abs(moved)
                size += (abs(Double(p[index])) + abs(Double(q[index]))) * abs(distance)
            }
            require(
                squares <= product + 1e-6 * size, .isFirmlyNonexpansive, at: first,
                expected: "at most \(product) beside \(second) at scale \(scale)", found: "\(squares)")
        }
    }

    private mutating func checkHomogeneity(at weights: [Float]) {
        let value = subject.value(at: weights)
        guard value.isFinite else { return }
        for factor in [0, 0.5, 4] as [Float] {
            let expected = Double(factor) * value
            let found = subject.value(at: weights.map { factor * $0 })
            require(
                abs(found - expected) <= 1e-6 * abs(value), .isPositivelyHomogeneous, at: weights,
                expected: "\(factor) · \(value) = \(expected)", found: "\(found)")
        }
    }
}
