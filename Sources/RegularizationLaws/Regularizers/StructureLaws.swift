import Regularization

extension RegularizerExamination {
    /// Checks the part of the statement of `structure` that the law is about; nothing if it states another structure.
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

    /// The row-major indices of the elements of each group.
    func elementsOf(_ groups: Groups) -> [[Int]] {
        (0..<groups.count(in: subject.shape)).map { Array(groups.group($0, in: subject.shape)) }
    }

    /// Checks that the value is a sum over parts: exchanging parts between two tensors leaves the sum of their values
    /// unchanged.
    private mutating func checkSeparability(over parts: [[Int]]) {
        var (first, second) = (feasible(weights), feasible(otherWeights()))
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

    /// Checks that the value is 0 for elements within the interval, and infinite if one element is outside.
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

    /// Checks that the value is coefficient/2 · ‖w − center‖², with the center 0 if it has no elements.
    ///
    /// Not checked if the center has another number of elements than the weights.
    private mutating func checkRidge(_ coefficient: Double, _ center: [Float]) {
        guard center.isEmpty || center.count == weights.count else { return }
        let distances = center.isEmpty ? weights : zip(weights, center).map { $0 - $1 }
        requireEqual(subject.value(at: weights), coefficient / 2 * distances.squaredNorm)
    }

    /// The change of the value if the norm of a group is wrong by the rounding of a rotation in Float.
    private func changeByRounding(of group: [Int], in weights: [Float]) -> Double {
        let value = subject.value(at: weights)
        let changes = [1 - 0x1p-22, 1 + 0x1p-22].map { (factor: Float) in
            var scaled = weights
            for element in group { scaled[element] *= factor }
            return abs(subject.value(at: scaled) - value)
        }
        return changes.filter(\.isFinite).max() ?? 0
    }

    /// Checks that the value depends on the norms of the groups alone and does not fall where one of them rises.
    private mutating func checkRadiality(of groups: Groups) {
        for group in elementsOf(groups) { checkRadiality(of: group) }
        checkElements(outside: groups)
    }

    /// Checks that elements in no group do not affect the value.
    private mutating func checkElements(outside groups: Groups) {
        let members = Set(elementsOf(groups).joined())
        let weights = feasible(weights)
        let changed = zip(weights.indices, otherWeights()).map { members.contains($0) ? weights[$0] : $1 }
        requireEqual(subject.value(at: changed), subject.value(at: weights), " at \(changed)")
    }

    /// Checks that rotating the elements of a group leaves the value unchanged, and that doubling them does not lower
    /// it.
    private mutating func checkRadiality(of group: [Int]) {
        let weights = feasible(weights)
        let value = subject.value(at: weights)
        for (one, other) in zip(group, group.dropFirst()) {
            var rotated = weights
            rotated.rotate(one, other)
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
    /// Checks that exchanging two groups of the same size leaves the value unchanged.
    mutating func checkGroups() {
        guard subject.regularizer.properties.contains(.groupsAlike) else { return }
        guard let groups = subject.regularizer.structure.groups else { return }
        let weights = feasible(weights)
        let value = subject.value(at: weights)
        let elements = elementsOf(groups)
        for (one, other) in zip(elements, elements.dropFirst()) where one.count == other.count {
            var exchanged = weights
            for (a, b) in zip(one, other) { (exchanged[a], exchanged[b]) = (weights[b], weights[a]) }
            requireEqual(subject.value(at: exchanged), value, " at \(exchanged)")
        }
    }
}
