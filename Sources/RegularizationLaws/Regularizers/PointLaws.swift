import Regularization

extension RegularizerExamination {
    /// Checks that every proximal point is min(max(w, a), b) in each group, with a and b the smallest and the largest
    /// element of the point there.
    mutating func checkClamping() {
        guard subject.regularizer.properties.contains(.clamping) else { return }
        let weights = weights
        for (point, _, context) in points() {
            for group in groups where !group.isEmpty {
                let (moved, before) = (group.map { point[$0] }, group.map { weights[$0] })
                guard let low = moved.min(), let high = moved.max() else { continue }
                let slack = 1e-6 * before.largestMagnitude
                for (found, weight) in zip(moved, before) {
                    let expected = min(max(weight, low), high)
                    require(
                        abs(Double(found) - Double(expected)) <= slack,
                        expected: "\(weight) limited to \(low)...\(high) \(context)",
                        found: "\(found) in \(point)")
                }
            }
        }
    }

    /// Checks that every proximal point keeps the elements of each group that gain most, as many as for other weights,
    /// and makes the others 0.
    ///
    /// Keeping an element instead of making it 0 gains w²/(2t); the code compares w²/t.
    mutating func checkKeptElements() {
        guard subject.regularizer.properties.contains(.keepingLargest) else { return }
        let (weights, others) = (weights, otherWeights())
        for (point, scales, context) in points() {
            guard let reference = otherPoint(of: others) else { continue }
            for group in groups {
                let kept = group.filter { point[$0] != 0 }
                let count = min(
                    group.count { reference[$0] != 0 }, group.count { weights[$0] != 0 })
                require(
                    kept.count == count, expected: "\(count) of the elements \(group) kept \(context)",
                    found: "\(kept.count) in \(point)")
                let gains = weights.indices.map { element in
                    let weight = Double(weights[element])
                    return weight == 0 ? 0 : weight * weight / Double(scales[element])
                }
                let smallest = kept.map { gains[$0] }.min() ?? .infinity
                for element in group {
                    let isRight =
                        point[element] == weights[element]
                        || point[element] == 0 && gains[element] <= smallest * (1 + 1e-6)
                    require(
                        isRight, expected: "the largest of the elements \(group) kept \(context)",
                        found: "\(point)")
                }
            }
        }
    }

    /// Checks that the value is the same for other weights with zeros at the same elements.
    mutating func checkSupport() {
        guard subject.regularizer.properties.contains(.supportOnly) else { return }
        let weights = feasible(weights)
        let others = zip(weights, otherWeights()).map { $0 == 0 ? 0 : $1 }
        requireEqual(subject.value(at: others), subject.value(at: weights), " at \(others)")
    }

    /// The elements of each group that `structure` states; one group of all elements if it states none.
    private var groups: [[Int]] {
        subject.regularizer.structure.groups.map { elementsOf($0) } ?? [Array(weights.indices)]
    }

    private typealias Point = (elements: [Float], scales: [Float], context: String)

    /// Proximal points of the weights, at two scales and, where there are any, in diagonal metrics; `scales` has one
    /// for each element, `context` says where in a violation.
    private mutating func points() -> [Point] {
        var points: [Point] = []
        if let proximal = subject.proximal {
            for scale in [0.125 * magnitude, magnitude] {
                let point = subject.proximalPoint(by: proximal, of: weights, scale: scale)
                points.append((point, weights.map { _ in scale }, "at scale \(scale)"))
            }
        }
        if let proximal = subject.metricProximal {
            for metric in metrics() {
                let point = subject.proximalPoint(by: proximal, of: weights, in: metric)
                points.append((point, metric.scales, "at the scales \(metric.scales)"))
            }
        }
        return points
    }

    /// The Euclidean proximal point of other weights, at another scale than those of `points`; nil if there is none.
    private func otherPoint(of others: [Float]) -> [Float]? {
        subject.proximal.map { subject.proximalPoint(by: $0, of: others, scale: 0.25 * magnitude) }
    }
}
