/// The proximal point of Σ φ(‖w_g‖) in a diagonal metric, φ concave.
///
/// Stationarity gives p = 0 or pᵢ = zᵢ/(1 + tᵢc) with c = φ′(θ)/θ and θ = ‖p‖, which falls from ‖z‖ as c
/// grows. The objective as a function of θ is E(θ) + φ(θ) where E, the least Σ (pᵢ − zᵢ)²/(2tᵢ) with ‖p‖ = θ,
/// is convex with E′ = −cθ and E″ ≥ 1/max t.
extension MutableWeights {
    @usableFromInline
    mutating func applyProx(
        of penalty: some ConcaveElementwiseRegularizer, _ groups: Groups, _ scales: Scales
    ) {
        require(count == scales.count, "The weights and the scales differ in count.")
        for index in 0..<groups.count(in: shape) {
            let group = groups.group(index, in: shape)
            let system = RadialSystem(readOnly, scales, group)
            if system.norm == 0 || system.norm == .infinity || system.largestScale == 0 { continue }
            let shrink = system.norm.isNaN ? .nan : readOnly.shrink(of: group, scales, by: penalty, system)
            if shrink == 0 { continue }
            group.forEach { element in
                let factor = 1 + Double(scales[element]) * shrink
                self[element] = shrink == .infinity ? 0 : Float(Double(self[element]) / factor) + 0
            }
        }
    }
}

extension Weights {
    /// The number c of the proximal point pᵢ = zᵢ/(1 + tᵢc): 0 if the group stays as it is, infinite if it becomes
    /// zero.
    fileprivate func shrink(
        of group: Group, _ scales: Scales, by penalty: some ConcaveElementwiseRegularizer,
        _ system: RadialSystem
    ) -> Double {
        let (norm, largest) = (system.norm, system.largestScale)
        let scalar = penalty.proximalMagnitude(of: norm, scale: largest)
        if system.smallestScale == largest {
            return scalar == norm ? 0 : scalar == 0 ? .infinity : (norm / scalar - 1) / largest
        }
        // E(θ) ≥ (‖z‖ − θ)²/(2 max t), with equality at ‖z‖.
        if scalar == norm { return 0 }
        let canVanish = system.fixedNorm == 0
        // E(θ) ≥ E(0) − ‖z/t‖θ, and φ(θ) − ‖z/t‖θ is concave, so it is least at an end.
        if canVanish, penalty.value(atMagnitude: norm) >= system.normOverScales * norm { return .infinity }
        if largest > penalty.largestConvexScale { return bestShrink(of: group, scales, by: penalty, system) }
        if canVanish, system.normOverScales <= penalty.derivative(atMagnitude: 0) { return .infinity }
        return risingRoot(startingAt: 1 / largest) { excess(at: $0, of: group, scales, penalty) } ?? .infinity
    }

    /// cθ − φ′(θ), which has the sign of the derivative of the objective with respect to c.
    private func excess(
        at shrink: Double, of group: Group, _ scales: Scales, _ penalty: some ConcaveElementwiseRegularizer
    ) -> Double {
        let norm = norm(of: group, scales, shrunkBy: shrink)
        return shrink * norm - penalty.derivative(atMagnitude: norm)
    }

    /// The c with the least objective among 0, infinity and those where the derivative of the objective turns positive.
    ///
    /// The derivative is made of zᵢ/(1 + tᵢc), which as functions of log c change over a decade around 1/tᵢ. So steps
    /// of a factor of √2 miss no minimum but one that is hardly lower than the points beside it.
    private func bestShrink(
        of group: Group, _ scales: Scales, by penalty: some ConcaveElementwiseRegularizer,
        _ system: RadialSystem
    ) -> Double {
        var smallest = system.largestScale
        group.forEach { element in
            let scale = Double(scales[element])
            if scale > 0 { smallest = min(smallest, scale) }
        }
        let canVanish = system.fixedNorm == 0
        let distance = system.normOverRootScales
        var (best, lowest) = (Double.infinity, canVanish ? distance * distance / 2 : .infinity)
        if penalty.derivative(atMagnitude: system.norm) == 0, penalty.value(atMagnitude: system.norm) < lowest
        {
            (best, lowest) = (0, penalty.value(atMagnitude: system.norm))
        }
        var (low, lowExcess) = (0.0, excess(at: 0, of: group, scales, penalty))
        var high = 1e-3 / system.largestScale
        while high < 1e3 / smallest || (!canVanish && lowExcess < 0 && high < 1e300) {
            let highExcess = excess(at: high, of: group, scales, penalty)
            if lowExcess < 0, highExcess >= 0 {
                let offset = risingRoot(startingAt: high - low) {
                    excess(at: low + $0, of: group, scales, penalty)
                }
                let candidate = low + (offset ?? 0)
                let objective = objective(of: group, scales, shrunkBy: candidate, penalty)
                if objective < lowest { (best, lowest) = (candidate, objective) }
            }
            (low, lowExcess) = (high, highExcess)
            high *= 2.0.squareRoot()
        }
        return best
    }

    /// The objective Σ (pᵢ − zᵢ)²/(2tᵢ) + φ(‖p‖) at pᵢ = zᵢ/(1 + tᵢc).
    private func objective(
        of group: Group, _ scales: Scales, shrunkBy shrink: Double,
        _ penalty: some ConcaveElementwiseRegularizer
    ) -> Double {
        var sum = 0.0
        group.forEach { element in
            let scale = Double(scales[element])
            let difference = shrink * Double(self[element]) / (1 + scale * shrink)
            sum += difference * difference * scale
        }
        return sum / 2 + penalty.value(atMagnitude: norm(of: group, scales, shrunkBy: shrink))
    }
}
