import Regularization

extension Examination {
    /// What `structure` claims.
    mutating func checkStructure() {
        for input in inputs {
            switch subject.regularizer.structure {
            case .unknown:
                return
            case .elementwise, .separable, .interval:
                checkSeparability(over: input.weights.indices.map { [$0] }, .isElementwise, at: input)
            case .grouped:
                return
            case .radial(let groups):
                let groups = (0..<groups.count(in: subject.shape)).map {
                    Array(groups.group($0, in: subject.shape))
                }
                checkSeparability(over: groups, .isRadial, at: input)
                for group in groups { checkRadiality(of: group, at: input.weights) }
            case .ridge(let coefficient, _):
                let expected = coefficient / 2 * input.weights.squaredNorm
                requireEqual(subject.value(at: input.weights), expected, .isRidge, at: input.weights)
            }
        }
    }

    /// Exchanging parts between two tensors leaves the sum of their values unchanged.
    private mutating func checkSeparability(over parts: [[Int]], _ law: Law, at input: Input) {
        var first = input.weights
        var second = generator.grid(first.count, magnitude: input.magnitude)
        let expected = subject.value(at: first) + subject.value(at: second)
        for part in parts where generator.next() % 2 == 0 {
            for element in part { (first[element], second[element]) = (second[element], first[element]) }
        }
        let found = subject.value(at: first) + subject.value(at: second)
        requireEqual(found, expected, law, at: input.weights)
    }

    /// Rotating a group leaves the value unchanged, and enlarging it does not lower it.
    private mutating func checkRadiality(of group: [Int], at weights: [Float]) {
        let value = subject.value(at: weights)
        for (one, other) in zip(group, group.dropFirst()) {
            let (a, b) = (weights[one], weights[other])
            let rotated = weights.with(one, 0.6 * a - 0.8 * b).with(other, 0.8 * a + 0.6 * b)
            requireEqual(subject.value(at: rotated), value, .isRadial, at: weights)
        }
        var larger = weights
        for element in group { larger[element] *= 2 }
        let found = subject.value(at: larger)
        require(
            found >= value - 1e-6 * abs(value), .isRadial, at: weights,
            expected: "at least \(value) with the group \(group) doubled", found: "\(found)")
    }

    private mutating func requireEqual(_ found: Double, _ expected: Double, _ law: Law, at weights: [Float]) {
        let isEqual = found == expected || abs(found - expected) <= 2e-6 * max(abs(found), abs(expected))
        require(isEqual, law, at: weights, expected: "\(expected)", found: "\(found)")
    }
}
