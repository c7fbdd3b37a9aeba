/// The sum of the groups' L2 norms, each times a factor, which makes whole groups exactly zero as a proximal step.
///
///     R(w) = Σ_g ω_g ‖w_g‖₂
///
/// - Shape: one that the groups divide.
/// - Gradient: ω_g w_g/‖w_g‖, 0 where the group is 0.
/// - Proximal point: max(0, 1 − tω_g/‖w_g‖)·w_g.
/// - Metric: diagonal, by Newton's method on the secular equation, see `applyProx(to:scales:)`.
/// - Composition: convex, positively homogeneous, radial on its groups: after L1, which is the sparse group
///   lasso.
/// - Edge cases: an empty group contributes nothing; NaN in a group makes the group NaN; a group with an infinite
///   element stays as it is, and so does one with the factor 0.
/// - Complexity: O(n); in a diagonal metric about six passes over the groups that do not become zero.
/// - Source: Yuan, Lin, "Model selection and estimation in regression with grouped variables", 2006.
public struct GroupLasso: DifferentiableGroupwiseRegularizer, ProximalGroupwiseRegularizer, Hashable {
    /// The division of the elements into groups.
    public let groups: Groups
    /// The rule for the factor ω of each group.
    public let weighting: GroupWeighting

    /// Makes the regularizer; `check(_:)` compares custom factors with the groups of a shape.
    ///
    /// Traps for groups that no shape has, and for a custom factor that is negative or that Float cannot hold.
    public init(_ groups: Groups, weighting: GroupWeighting = .squareRootOfSize) {
        self.groups = trapping(try groups.checked())
        self.weighting = trapping(try weighting.checked())
    }

    /// `GroupLasso(columns)`, with the groups, and with the weighting unless it is by √size.
    public var name: String {
        "GroupLasso(\(groups)\(weighting.clause(unless: .squareRootOfSize)))"
    }

    /// Convex and positively homogeneous.
    public var properties: CompositionProperties {
        let always: CompositionProperties = [.convex, .positivelyHomogeneous]
        return weighting.isAlike ? always.union(.groupsAlike) : always
    }

    /// K(w) = R(w), with the factors ω of the groups.
    public var kink: Kink { .groups(groups) { [weighting] group in weighting.factor(of: group) } }

    /// Accepts the shapes that the groups divide and that have as many groups as there are custom factors.
    public func check(_ shape: Shape) throws {
        try groups.check(shape)
        try weighting.check(groupCount: groups.count(in: shape))
    }

    /// ω_g‖w_g‖.
    public func value(atNorm norm: Double, of group: Group) -> Double {
        weighting.factor(of: group) * norm
    }

    /// ω_g.
    public func derivative(atNorm norm: Double, of group: Group) -> Double {
        weighting.factor(of: group)
    }

    /// max(0, ‖w_g‖ − tω_g).
    public func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double {
        let threshold = scale * weighting.factor(of: group)
        return norm <= threshold ? 0 : norm - threshold
    }

    /// Moves every group to its proximal point.
    ///
    /// In a diagonal metric p = 0 iff ‖z/t‖ ≤ ω; else pᵢ = zᵢu/(u + tᵢ), where u is the root of Σ (zᵢ/(u + tᵢ))² = ω².
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        if let scale = scales.uniform { return multiplyGroups(of: &weights, scale: scale) }
        weights.shrink(groups, scales, weight: { weighting.factor(of: $0) }) { group, weights, scales in
            _ = move(group, of: &weights, scales: scales)
        }
    }
}

extension GroupLasso: Codable {
    /// Reads `groups` and, where it is given, `weighting`.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try values.decode(Groups.self, forKey: .groups),
            weighting: try values.decode(.weighting, default: .squareRootOfSize))
    }
}

extension GroupLasso: NewtonRegularizer {
    package func move(_ group: Group, of weights: inout MutableWeights, scales: Scales) -> Int {
        weights.shrink(group, scales, weight: weighting.factor(of: group))
    }
}

extension MutableWeights {
    /// Moves a group to its proximal point, in Double, and returns the number of Newton's steps.
    fileprivate mutating func shrink(_ group: Group, _ scales: Scales, weight: Double) -> Int {
        let system = RadialSystem(readOnly, scales, group)
        if weight == 0 || system.norm == 0 || system.norm == .infinity || system.largestScale == 0 {
            return 0
        }
        if system.norm.isNaN || system.normOverScales <= weight {
            let value: Float = system.norm.isNaN ? .nan : 0
            group.forEach { element in self[element] = value }
            return 0
        }
        let root = readOnly.secularRoot(of: group, scales, weight: weight, system)
        group.forEach { element in
            let scale = Double(scales[element])
            if scale != 0 {
                self[element] = Float(Double(self[element]) * (root.value / (root.value + scale)))
            }
        }
        return root.steps
    }
}

extension Weights {
    /// The root u of Σ (zᵢ/(u + tᵢ))² = ω², by Newton's method on 1/ω − 1/‖z/(u + t)‖.
    ///
    /// From a lower bound the method rises monotonically to the root (Moré, Sorensen, "Computing a trust region step",
    /// 1983). (u + t)⁻² is convex in t, so by Jensen's inequality ω² ≥ ‖z‖²/(u + t̄)² with the mean t̄ weighted by z²,
    /// which bounds u from below. Convergence is quadratic: a step from an excess below 1e-5 ends below Float's
    /// resolution.
    fileprivate func secularRoot(
        of group: Group, _ scales: Scales, weight: Double, _ system: RadialSystem
    ) -> NewtonRoot {
        var root = NewtonRoot(
            value: max(0, system.fixedNorm / weight, system.norm / weight - system.meanScale))
        while root.steps < 50 {
            root.steps += 1
            var squares = 0.0
            var cubes = 0.0
            group.forEach { element in
                let denominator = root.value + Double(scales[element])
                if denominator == 0 { return }
                let inverse = 1 / denominator
                let quotient = Double(self[element]) * inverse
                squares += quotient * quotient
                cubes += quotient * quotient * inverse
            }
            let excess = squares.squareRoot() / weight - 1
            let next = root.value + excess * squares / cubes
            if !(next > root.value) { break }
            root.value = next
            if excess < 1e-5 { break }
        }
        return root
    }
}
