import Regularization

extension Examination {
    /// What `structure` claims.
    mutating func checkStructure() {
        for input in possibleInputs {
            let elements = input.weights.indices.map { [$0] }
            switch subject.regularizer.structure {
            case .unknown:
                return
            case .elementwise:
                checkSeparability(over: elements, .isElementwise, at: input)
                checkExchange(of: Array(elements.joined()), .isUniform, at: input.weights)
            case .separable:
                checkSeparability(over: elements, .isElementwise, at: input)
            case .interval(let interval):
                checkInterval(interval, at: input)
            case .grouped(let groups):
                checkSeparability(over: elementsOf(groups), .isSumOverGroups, at: input)
            case .radial(let groups):
                checkSeparability(over: elementsOf(groups), .isRadial, at: input)
                for group in elementsOf(groups) { checkRadiality(of: group, at: input.weights) }
            case .ridge(let coefficient, let center):
                checkRidge(coefficient, center, at: input.weights)
            }
        }
    }

    /// The inputs, or their proximal points where the value is infinite: a constraint is tried where it is met.
    var possibleInputs: [Input] {
        guard let proximal = subject.proximal else { return inputs }
        return inputs.map { input in
            if subject.value(at: input.weights) < .infinity { return input }
            let point = subject.proximalPoint(by: proximal, of: input.weights, scale: input.magnitude)
            return Input(weights: point, magnitude: input.magnitude)
        }
    }

    func elementsOf(_ groups: Groups) -> [[Int]] {
        (0..<groups.count(in: subject.shape)).map { Array(groups.group($0, in: subject.shape)) }
    }

    /// Exchanging parts between two tensors leaves the sum of their values unchanged.
    private mutating func checkSeparability(over parts: [[Int]], _ law: Law, at input: Input) {
        var first = input.weights
        var second = generator.grid(first.count, magnitude: input.magnitude)
        if let proximal = subject.proximal, subject.value(at: second) == .infinity {
            second = subject.proximalPoint(by: proximal, of: second, scale: input.magnitude)
        }
        let expected = subject.value(at: first) + subject.value(at: second)
        for part in parts where generator.next() % 2 == 0 {
            for element in part { (first[element], second[element]) = (second[element], first[element]) }
        }
        let found = subject.value(at: first) + subject.value(at: second)
        requireEqual(found, expected, law, at: input.weights)
    }

    /// Exchanging neighbours within a group leaves the value unchanged.
    mutating func checkExchange(of group: [Int], _ law: Law, at weights: [Float]) {
        let value = subject.value(at: weights)
        for (one, other) in zip(group, group.dropFirst()) {
            let exchanged = weights.with(one, weights[other]).with(other, weights[one])
            requireEqual(subject.value(at: exchanged), value, law, at: weights)
        }
    }

    private mutating func checkInterval(_ interval: ClosedRange<Float>, at input: Input) {
        let inside = generator.grid(input.weights.count, magnitude: input.magnitude).map {
            min(max($0, interval.lowerBound), interval.upperBound)
        }
        requireEqual(subject.value(at: inside), 0, .isInterval, at: inside)
        guard !input.weights.isEmpty else { return }
        for outside in [interval.lowerBound - input.magnitude, interval.upperBound + input.magnitude]
        where outside.isFinite && !interval.contains(outside) {
            let weights = input.weights.with(0, outside)
            requireEqual(subject.value(at: weights), .infinity, .isInterval, at: weights)
        }
    }

    private mutating func checkRidge(_ coefficient: Double, _ center: [Float], at weights: [Float]) {
        guard center.isEmpty || center.count == weights.count else { return }
        let distances = center.isEmpty ? weights : zip(weights, center).map { $0 - $1 }
        let expected = coefficient / 2 * distances.squaredNorm
        requireEqual(subject.value(at: weights), expected, .isRidge, at: weights)
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
            found >= value || found >= value - 1e-6 * abs(value), .isRadial, at: weights,
            expected: "at least \(value) with the group \(group) doubled", found: "\(found)")
    }

    mutating func requireEqual(_ found: Double, _ expected: Double, _ law: Law, at weights: [Float]) {
        let distance = abs(found - expected)
        let slack = 2e-6 * max(abs(found), abs(expected))
        let isEqual = found == expected || (distance < .infinity && distance <= slack)
        require(isEqual, law, at: weights, expected: "\(expected)", found: "\(found)")
    }
}
