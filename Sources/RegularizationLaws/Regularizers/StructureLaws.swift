import Regularization

extension RegularizerExamination {
    /// What `structure` claims, as far as the law speaks of it.
    mutating func checkStructure() {
        let elements = weights.indices.map { [$0] }
        switch (subject.regularizer.structure, law) {
        case (.elementwise, .isElementwise), (.separable, .isElementwise):
            checkSeparability(over: elements)
        case (.elementwise, .isUniform):
            checkExchange(of: Array(weights.indices))
        case (.interval(let interval), .isInterval):
            checkInterval(interval)
        case (.grouped(let groups), .isSumOverGroups):
            checkSeparability(over: elementsOf(groups))
            checkElements(outside: groups)
        case (.radial(let groups), .isRadial):
            checkSeparability(over: elementsOf(groups))
            checkRadiality(of: groups)
        case (.normwise(let groups), .isNormwise):
            checkRadiality(of: groups)
        case (.ridge(let coefficient, let center), .isRidge):
            checkRidge(coefficient, center)
        default:
            break
        }
    }

    func elementsOf(_ groups: Groups) -> [[Int]] {
        (0..<groups.count(in: subject.shape)).map { Array(groups.group($0, in: subject.shape)) }
    }

    /// Exchanging parts between two tensors leaves the sum of their values unchanged.
    private mutating func checkSeparability(over parts: [[Int]]) {
        var (first, second) = (possible(weights), possible(otherWeights()))
        let expected = subject.value(at: first) + subject.value(at: second)
        let before = (first, second)
        for part in parts where generator.next() % 2 == 0 {
            for element in part { (first[element], second[element]) = (second[element], first[element]) }
        }
        let found = subject.value(at: first) + subject.value(at: second)
        requireEqual(
            found, expected,
            ", the values of \(before.0) and \(before.1), also with elements exchanged: \(first), \(second)")
    }

    private mutating func checkInterval(_ interval: ClosedRange<Float>) {
        let inside = otherWeights().map { min(max($0, interval.lowerBound), interval.upperBound) }
        requireEqual(subject.value(at: inside), 0, " at \(inside)")
        guard !weights.isEmpty else { return }
        for outside in [interval.lowerBound - magnitude, interval.upperBound + magnitude]
        where outside.isFinite && !interval.contains(outside) {
            let changed = weights.with(0, outside)
            requireEqual(subject.value(at: changed), .infinity, " at \(changed)")
        }
    }

    private mutating func checkRidge(_ coefficient: Double, _ center: [Float]) {
        guard center.isEmpty || center.count == weights.count else { return }
        let distances = center.isEmpty ? weights : zip(weights, center).map { $0 - $1 }
        requireEqual(subject.value(at: weights), coefficient / 2 * distances.squaredNorm)
    }

    /// How much the value changes where the norm of a group is off by what rotating in Float does to it.
    private func changeByRounding(of group: [Int], in weights: [Float]) -> Double {
        let value = subject.value(at: weights)
        let changes = [1 - 0x1p-22, 1 + 0x1p-22].map { (factor: Float) in
            var scaled = weights
            for element in group { scaled[element] *= factor }
            return abs(subject.value(at: scaled) - value)
        }
        return changes.filter(\.isFinite).max() ?? 0
    }

    private mutating func checkRadiality(of groups: Groups) {
        for group in elementsOf(groups) { checkRadiality(of: group) }
        checkElements(outside: groups)
    }

    /// Elements that are in no group do not matter.
    private mutating func checkElements(outside groups: Groups) {
        let members = Set(elementsOf(groups).joined())
        let weights = possible(weights)
        let changed = zip(weights.indices, otherWeights()).map { members.contains($0) ? weights[$0] : $1 }
        requireEqual(subject.value(at: changed), subject.value(at: weights), " at \(changed)")
    }

    /// Rotating a group leaves the value unchanged, and enlarging it does not lower it.
    private mutating func checkRadiality(of group: [Int]) {
        let weights = possible(weights)
        let value = subject.value(at: weights)
        for (one, other) in zip(group, group.dropFirst()) {
            let (a, b) = (weights[one], weights[other])
            let rotated = weights.with(one, 0.6 * a - 0.8 * b).with(other, 0.8 * a + 0.6 * b)
            requireEqual(
                subject.value(at: rotated), value, orWithin: changeByRounding(of: group, in: weights),
                " at \(rotated)")
        }
        var larger = weights
        for element in group { larger[element] *= 2 }
        let found = subject.value(at: larger)
        require(
            found >= value || found >= value - 1e-6 * abs(value),
            expected: "at least \(value) at \(larger)", found: "\(found)")
    }
}

extension RegularizerExamination {
    /// Exchanging two groups of one size leaves the value unchanged.
    mutating func checkGroups() {
        guard subject.regularizer.properties.contains(.groupsAlike) else { return }
        guard let groups = subject.regularizer.structure.groups else { return }
        let weights = possible(weights)
        let value = subject.value(at: weights)
        let elements = elementsOf(groups)
        for (one, other) in zip(elements, elements.dropFirst()) where one.count == other.count {
            var exchanged = weights
            for (a, b) in zip(one, other) { (exchanged[a], exchanged[b]) = (weights[b], weights[a]) }
            requireEqual(subject.value(at: exchanged), value, " at \(exchanged)")
        }
    }
}
