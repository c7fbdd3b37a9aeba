/// The sum of the groups' largest magnitudes, each times a factor, which makes the large elements of a group equal.
///
///     R(w) = Σ_g ω_g max_{i ∈ g} |wᵢ|
///
/// As a proximal step it makes whole groups exactly zero, as `GroupLasso` does, but no single element of a group that
/// stays.
///
/// - Shape: one that the groups divide.
/// - Gradient: ω_g sign(wᵢ) at the largest magnitude of the group and 0 elsewhere; divided equally among the elements
///   that have this magnitude, which is the shortest subgradient; 0 where the group is 0.
/// - Proximal point: wᵢ limited to ±θ, where Σ (|wᵢ| − θ)₊ = tω_g; 0 iff Σ |wᵢ| ≤ tω_g.
/// - Metric: diagonal, with the θ for which Σ (|wᵢ| − θ)₊/tᵢ = ω_g; 0 iff Σ |wᵢ|/tᵢ ≤ ω_g.
/// - Composition: convex, positively homogeneous, a sum over its groups, monotone in the magnitudes and
///   linear in their order, and the same for every order of a group's elements; its proximal point clamps.
/// - Edge cases: an empty group contributes nothing; NaN in a group makes the group NaN; a group with an infinite
///   element stays as it is, and so does one with the factor 0.
/// - Complexity: O(n) for value and gradient; the proximal point takes about ten passes over the groups that
///   do not become zero. Without memory on the heap.
/// - Source: Parikh, Boyd, "Proximal Algorithms", 2013, §6.5; Duchi, Singer, "Efficient Online and Batch
///   Learning Using Forward Backward Splitting", 2009, §5.4.
public struct GroupLInfinity: DifferentiableRegularizer, MetricProximalRegularizer, Hashable {
    /// The division of the elements into groups.
    public let groups: Groups
    /// The rule for the factor ω of each group.
    public let weighting: GroupWeighting

    /// Makes the regularizer; `check(_:)` compares custom factors with the groups of a shape.
    ///
    /// Traps for groups that no shape has, and for a custom factor that is negative or that Float cannot hold.
    public init(_ groups: Groups, weighting: GroupWeighting = .none) {
        self.groups = trapping(try groups.checked())
        self.weighting = trapping(try weighting.checked())
    }

    /// `GroupLInfinity(columns)`, with the groups, and with the weighting unless it is none.
    public var name: String {
        "GroupLInfinity(\(groups)\(weighting.clause(unless: .none)))"
    }

    /// `.grouped` by its groups, of which it is a sum.
    public var structure: Structure { .grouped(groups) }

    /// Convex, positively homogeneous, monotone in magnitudes and linear where these keep their order, for any order of
    /// a group's elements; its proximal point clamps, and unless factors are custom, groups of one size are treated
    /// alike.
    public var properties: CompositionProperties {
        let always: CompositionProperties = [
            .convex, .positivelyHomogeneous, .monotoneInMagnitudes, .permutationInvariant,
            .linearInOrderOfMagnitudes, .clamping,
        ]
        return weighting.isAlike ? always.union(.groupsAlike) : always
    }

    /// Accepts the shapes that the groups divide and that have as many groups as there are custom factors.
    public func check(_ shape: Shape) throws {
        try groups.check(shape)
        try weighting.check(groupCount: groups.count(in: shape))
    }

    /// Σ ω_g max |wᵢ| over the groups; 0 for a group whose factor is 0.
    public func value(at weights: Weights) -> Double {
        weights.sum(over: groups) { group in
            let weight = weighting.factor(of: group)
            return weight == 0 ? 0 : weight * Double(weights.largestMagnitude(of: group))
        }
    }

    /// Adds scale · ω_g · sign(wᵢ), divided by the number of elements with the largest magnitude, to the gradient of
    /// these.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        require(weights.count == gradient.count, "The weights and the gradient differ in count.")
        for index in 0..<groups.count(in: weights.shape) {
            let group = groups.group(index, in: weights.shape)
            let weight = weighting.factor(of: group)
            let largest = weights.largestMagnitude(of: group)
            if weight == 0 || largest == 0 { continue }
            var count = 0.0
            group.forEach { element in count += abs(weights[element]) == largest ? 1 : 0 }
            let share = largest.isNaN ? .nan : Float(Double(scale) * weight / count)
            group.forEach { element in
                if abs(weights[element]) < largest { return }
                gradient[element] += weights[element] < 0 ? -share : share
            }
        }
    }

    /// Limits the magnitudes of every group to its θ; traps if the counts of weights and scales differ.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        require(weights.count == scales.count, "The weights and the scales differ in count.")
        if scales.uniform == 0 { return }
        weights.forEach(of: groups) { group, weights in _ = move(group, of: &weights, scales: scales) }
    }
}

extension GroupLInfinity: Codable {
    /// Reads `groups` and, where it is given, `weighting`.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try values.decode(Groups.self, forKey: .groups),
            weighting: try values.decode(.weighting, default: .none))
    }
}

extension GroupLInfinity: NewtonRegularizer {
    package func move(_ group: Group, of weights: inout MutableWeights, scales: Scales) -> Int {
        let weight = weighting.factor(of: group)
        if let scale = scales.uniform {
            let scale = Double(min(scale, .greatestFiniteMagnitude))
            return weights.limit(group, weight: weight) { _ in scale }
        }
        return weights.limit(group, weight: weight) { element in
            Double(min(scales[ofEach: element], .greatestFiniteMagnitude))
        }
    }
}

extension Weights {
    /// The largest magnitude in a group; 0 if it is empty, NaN if it contains one.
    fileprivate func largestMagnitude(of group: Group) -> Float {
        var largest: Float = 0
        group.forEach { element in
            let magnitude = abs(self[element])
            if !(magnitude <= largest) && !largest.isNaN { largest = magnitude }
        }
        return largest
    }
}

extension MutableWeights {
    /// Limits the elements of a group to ±θ and returns the number of Newton's steps that found θ.
    ///
    /// Σ (|zᵢ| − θ)₊/tᵢ = ω over the elements with tᵢ > 0, unless the largest magnitude with tᵢ = 0, which stays, is
    /// larger.
    @inline(__always)
    fileprivate mutating func limit(_ group: Group, weight: Double, scale: (Int) -> Double) -> Int {
        if weight == 0 { return 0 }
        var (largest, steepest, fixed, sum) = (0.0, 0.0, 0.0, 0.0)
        group.forEach { element in
            let (magnitude, scale) = (Double(abs(self[element])), scale(element))
            if scale == 0 {
                fixed = magnitude <= fixed ? fixed : magnitude
            } else {
                sum += magnitude / scale
                if magnitude >= largest {
                    steepest = max(magnitude == largest ? steepest : 0, 1 / scale)
                    largest = magnitude
                }
            }
        }
        if sum.isNaN || fixed.isNaN { fill(group, with: .nan) }
        if !(sum < .infinity && fixed < .infinity) { return 0 }
        var (limit, steps) = (0.0, 0)
        if sum > weight {
            let root = group.hingeRoot(sum: weight, below: weight / steepest) { element in
                let scale = scale(element)
                if scale == 0 { return (0, 0) }
                return ((Double(abs(self[element])) - largest) / scale, 1 / scale)
            }
            (limit, steps) = (largest - root.value, root.steps)
        }
        let bound = Float(max(limit, fixed, 0))
        group.forEach { element in
            let weight = self[element]
            if abs(weight) <= bound { return }
            self[element] = bound == 0 || weight > 0 ? bound : -bound
        }
        return steps
    }
}
