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
            for input in inputs { checkHomogeneity(at: input.weights) }
        }
    }

    /// Pairs of weights: independent, opposite, along a line through the origin, equal but for one element.
    private mutating func pairs() -> [([Float], [Float])] {
        inputs.flatMap { input -> [([Float], [Float])] in
            let other = generator.grid(input.weights.count, magnitude: input.magnitude)
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
