/// A regularizer whose parts may be combined by iteration where no exact composition is known, written
/// `a.iterative(tolerance:)`.
///
///     .proximalStep((L1() + NuclearNorm()).iterative(tolerance: 1e-6), strength: 1e-3)
///
/// It is the same function R. Where the exact composition is known that is used; where it is not, convex parts are
/// combined by Dykstra's iteration, and parts that are not convex are refused. Among several proximal steps on one
/// tensor it is enough that one asks. `PenaltyPlan.iterations` tells how the last iterations went.
///
/// - Complexity: the sum of the parts' for each round; rounds are tens to thousands. Each iteration allocates memory
///   for one copy of the weights for each part.
public struct Iterative<A: ProximalRegularizer>: CompositeRegularizer {
    /// The regularizer.
    let base: A
    /// How far the parts' points may be from each other in the end, as a share of the largest.
    let tolerance: Double
    let summands: [Summand]
    private let composition: Composition

    init(_ base: A, tolerance: Double) {
        self.base = base
        self.tolerance = trapping(try checked(tolerance: tolerance))
        summands = base.summands().map {
            Summand(regularizer: $0.regularizer, factor: $0.factor, tolerance: tolerance)
        }
        composition = Composition(of: summands)
    }

    /// The name of the regularizer.
    public var name: String { base.name }

    /// The properties of the regularizer.
    public var properties: CompositionProperties { base.properties }

    /// The structure of the regularizer.
    public var structure: Structure { base.structure }

    /// Accepts the shapes that the regularizer accepts.
    public func check(_ shape: Shape) throws { try base.check(shape) }

    /// R(w).
    public func value(at weights: Weights) -> Double { base.value(at: weights) }
}

extension Iterative: ProximalRegularizer {
    /// Why not even an iteration is known, or nil.
    public var refusal: String? { composition.refusal }

    /// Moves the weights to the proximal point of the sum; traps with the reason if that is refused.
    public func applyProx(to weights: inout MutableWeights, scale: Float) {
        _ = iterate(&weights, scale: scale)
    }

    /// Moves the weights to the proximal point, and returns how the iteration went; nil if none was needed.
    public func iterate(_ weights: inout MutableWeights, scale: Float) -> Iteration? {
        composition.apply(to: &weights, scales: Scales(uniform: scale, count: weights.count), name)
    }
}

extension Iterative: MetricProximalRegularizer where A: MetricProximalRegularizer {
    /// Why not even an iteration is known in a diagonal metric, or nil.
    public var metricRefusal: String? { composition.metricRefusal }

    /// Moves the weights to the proximal point in a diagonal metric; traps with the reason if that is refused.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        composition.apply(to: &weights, scales: scales, name)
    }
}

extension Iterative: DifferentiableRegularizer where A: DifferentiableRegularizer {
    /// Adds the gradient of the regularizer.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        base.addGradient(at: weights, scale: scale, to: &gradient)
    }
}

extension ProximalRegularizer {
    /// The same regularizer, whose parts may be combined by iteration where no exact composition is known.
    ///
    /// Traps if the tolerance is below 1e-7 or not below 1.
    public func iterative(tolerance: Double) -> Iterative<Self> { Iterative(self, tolerance: tolerance) }
}

/// A tolerance that an iteration can reach.
func checked(tolerance: Double) throws(ParameterError) -> Double {
    if tolerance >= 1e-7 && tolerance < 1 { return tolerance }
    throw ParameterError(
        "A tolerance is at least 1e-7, which Float32 resolves, and below 1, not \(tolerance).",
        at: "tolerance")
}
