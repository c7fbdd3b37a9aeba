/// A sum over groups of a function of each group's norm: R(w) = Σ_g φ(‖w_g‖₂).
///
/// φ is nondecreasing with φ(0) = 0, and may depend on the group's index and size, for example by a factor. A function
/// of a group that is not a function of its norm conforms to the core protocols instead.
public protocol GroupwiseRegularizer: Regularizer {
    /// The division of the elements into groups.
    var groups: Groups { get }

    /// φ(‖w_g‖) of a group with that norm, without a strength; NaN at NaN.
    func value(atNorm norm: Double, of group: Group) -> Double
}

extension GroupwiseRegularizer {
    /// Σ φ(‖w_g‖) over all groups, where φ(∞) counts as infinite; 0 if there are none.
    @inlinable
    public func value(at weights: Weights) -> Double {
        var sum = 0.0
        groups.forEachNorm(of: weights) { group, norm in
            sum += norm == .infinity ? norm : value(atNorm: norm, of: group)
        }
        return sum
    }

    /// Accepts the shapes that the groups divide.
    public func check(_ shape: Shape) throws { try groups.check(shape) }

    /// `.radial` on the groups, since φ is a nondecreasing function of the norm.
    @inlinable public var structure: Structure { .radial(groups) }
}

/// A groupwise regularizer with a derivative, which can be a loss term.
public protocol DifferentiableGroupwiseRegularizer: GroupwiseRegularizer, DifferentiableRegularizer {
    /// φ′ at a positive norm; it is not called at norm 0, where the gradient is 0.
    func derivative(atNorm norm: Double, of group: Group) -> Double
}

extension DifferentiableGroupwiseRegularizer {
    /// Adds scale · φ′(‖w_g‖) · w_g/‖w_g‖ to the gradient of each group, and nothing where the norm is 0.
    @inlinable
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        groups.addMultiples(of: weights, to: &gradient) { group, norm in
            (norm == 0 ? nil : Double(scale) * derivative(atNorm: norm, of: group) / norm, 0)
        }
    }

    /// Adds the gradient and returns the value, which need each norm only once.
    @inlinable
    public func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        groups.addMultiples(of: weights, to: &gradient) { group, norm in
            let factor = norm == 0 ? nil : Double(scale) * derivative(atNorm: norm, of: group) / norm
            return (factor, norm == .infinity ? norm : value(atNorm: norm, of: group))
        }
    }
}

/// A groupwise regularizer with a proximal point, which can be a proximal step, in every diagonal metric.
public protocol ProximalGroupwiseRegularizer: GroupwiseRegularizer, MetricProximalRegularizer {
    /// argmin over r ≥ 0 of ½(r − norm)² + scale · φ(r).
    ///
    /// The norm is 0 or more and finite, and the scale is 0 or more. The result is at most the
    /// norm, unless R is a constraint that asks for more; a result of 0 makes the group exactly zero.
    func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double
}

extension ProximalGroupwiseRegularizer {
    /// Multiplies each group so that it has its proximal norm; a group whose proximal norm is 0 becomes exactly zero,
    /// and one with an infinite element stays.
    @inlinable
    func multiplyGroups(of weights: inout MutableWeights, scale: Float) {
        groups.multiplyEach(&weights) { group, norm in
            if norm == 0 || norm == .infinity { return 1 }
            let proximalNorm = norm.isNaN ? norm : proximalNorm(of: norm, scale: Double(scale), in: group)
            return proximalNorm == 0 ? nil : proximalNorm == norm ? 1 : proximalNorm / norm
        }
    }

    /// Multiplies each group so that it has its proximal norm; in a diagonal metric, finds its proximal point as a root
    /// of a function of one number.
    ///
    /// Stationarity gives pᵢ = zᵢ / (1 + tᵢc) with c = φ′(θ)/θ and θ = ‖p‖, so c solves prox_τφ((1 + τc)θ(c)) = θ(c)
    /// for any τ > 0, and for a convex φ p = 0 iff prox_φ(‖z/t‖) = 0. For a φ that is not stated to be convex, τ is
    /// taken so small that prox_τφ is continuous, and of 0 and the stationary point nearest to z the better one is
    /// taken, which need not be the global minimizer. With equal scales it is the Euclidean proximal point. Traps if
    /// the counts of weights and scales differ.
    @inlinable
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        require(weights.count == scales.count, "The weights and the scales differ in count.")
        if let scale = scales.uniform { return multiplyGroups(of: &weights, scale: scale) }
        for index in 0..<groups.count(in: weights.shape) {
            let group = groups.group(index, in: weights.shape)
            let system = RadialSystem(weights.readOnly, scales, group)
            if system.norm == 0 || system.norm == .infinity { continue }
            guard !system.norm.isNaN else {
                group.forEach { element in weights[element] = .nan }
                continue
            }
            if system.largestScale == 0 {
                // At scale 0 all elements stay, unless R is a constraint, which holds at every scale.
                let norm = proximalNorm(of: system.norm, scale: 0, in: group)
                if norm == system.norm { continue }
                let share = norm / system.norm
                group.forEach { element in weights[element] = Float(Double(weights[element]) * share) + 0 }
                continue
            }
            guard let shrink = shrink(of: weights.readOnly, scales, in: group, system) else {
                group.forEach { element in
                    if system.fixedNorm == 0 || scales[element] != 0 { weights[element] = 0 }
                }
                continue
            }
            group.forEach { element in
                let factor = 1 + Double(scales[element]) * shrink
                weights[element] = Float(Double(weights[element]) / factor)
            }
        }
    }

    /// The number c of the proximal point pᵢ = zᵢ/(1 + tᵢc); nil if the proximal point is 0.
    @inlinable
    func shrink(
        of weights: Weights, _ scales: Scales, in group: Group, _ system: RadialSystem
    ) -> Double? {
        if system.smallestScale == system.largestScale {
            let norm = proximalNorm(of: system.norm, scale: system.largestScale, in: group)
            if norm == system.norm { return 0 }
            return norm == 0 ? nil : (system.norm / norm - 1) / system.largestScale
        }
        let isConvex = properties.contains(.convex)
        if isConvex, proximalNorm(of: system.normOverScales, scale: 1, in: group) == 0 { return nil }
        // τ is of the size of the scales, lest 1 + τc lose the digits of c.
        let tau =
            isConvex
            ? system.largestScale
            : 1e-3 * (system.smallestScale > 0 ? system.smallestScale : system.largestScale)
        let root = risingRoot(startingAt: (isConvex ? 1 : 1e-3) / system.largestScale) { shrink in
            let norm = weights.norm(of: group, scales, shrunkBy: shrink)
            return proximalNorm(of: (1 + tau * shrink) * norm, scale: tau, in: group) - norm
        }
        guard !isConvex, system.fixedNorm == 0 else { return root }
        let zero = value(atNorm: 0, of: group) + system.normOverRootScales * system.normOverRootScales / 2
        return root.flatMap { objective(of: weights, scales, in: group, shrunkBy: $0) < zero ? $0 : nil }
    }

    /// The objective Σ (pᵢ − zᵢ)²/(2tᵢ) + φ(‖p‖) at pᵢ = zᵢ/(1 + tᵢc).
    @inlinable
    func objective(of weights: Weights, _ scales: Scales, in group: Group, shrunkBy shrink: Double) -> Double
    {
        var sum = 0.0
        group.forEach { element in
            let scale = Double(scales[element])
            let point = Double(weights[element]) / (1 + scale * shrink)
            sum += point * point * shrink * shrink * scale
        }
        return sum / 2 + value(atNorm: weights.norm(of: group, scales, shrunkBy: shrink), of: group)
    }
}
