/// A regularizer whose summands may be combined by iteration where no exact composition is known, written
/// `a.iterative(tolerance:)`.
///
///     .proximalStep((L1() + NuclearNorm()).iterative(tolerance: 1e-6), strength: 1e-3)
///
/// It is the same function R. Where an exact composition is known, that one is used. Where none is, convex summands are
/// combined by Dykstra's iteration, and summands that are not convex are refused. Among several proximal steps on one
/// tensor it is enough that one permits an iteration. `PenaltyPlan.iterations` has the results of the last iterations.
///
/// - Complexity: in each round the sum of the summands' complexities; rounds are tens to thousands. Each iteration
///   allocates memory for one copy of the weights for each summand, fewer where some compose exactly, and one more.
public struct Iterative<A: ProximalRegularizer>: CompositeRegularizer {
    /// The regularizer whose summands may be combined.
    let base: A
    /// The difference of the summands' points at which an iteration ends, relative to the largest magnitude.
    let tolerance: Double
    private let plans: SumPlans
    var summands: [Summand] { plans.summands }

    init(_ base: A, tolerance: Double) {
        self.base = base
        self.tolerance = trapping(try checked(tolerance: tolerance))
        plans = SumPlans(
            of: base.summands().map {
                Summand(regularizer: $0.regularizer, factor: $0.factor, tolerance: tolerance)
            })
    }

    /// The name of the regularizer.
    public var name: String { base.name }

    /// The properties of the regularizer.
    public var properties: CompositionProperties { base.properties }

    /// The structure of the regularizer, which does not change.
    public var structure: Structure { base.structure }

    /// Accepts the shapes that the regularizer accepts.
    public func check(_ shape: Shape) throws { try base.check(shape) }

    /// R(w), the value of the regularizer.
    public func value(at weights: Weights) -> Double { base.value(at: weights) }
}

extension Iterative: ProximalRegularizer {
    /// The reason why neither an exact composition nor an iteration is known; nil if one is.
    public var refusal: String? { plans.refusal }

    /// Moves the weights to the proximal point of the sum; traps with the reason if `refusal` is not nil.
    public func applyProx(to weights: inout MutableWeights, scale: Float) {
        _ = iterate(&weights, scale: scale)
    }

    /// Moves the weights to the proximal point, and returns the result of the iteration; nil if none was needed.
    ///
    /// Traps with the reason if `refusal` is not nil.
    public func iterate(_ weights: inout MutableWeights, scale: Float) -> Iteration? {
        plans.apply(to: &weights, scales: Scales(uniform: scale, count: weights.count), name)
    }
}

extension Iterative: MetricProximalRegularizer where A: MetricProximalRegularizer {
    /// The reason why neither an exact composition nor an iteration is known in a diagonal metric; nil if one is.
    public var metricRefusal: String? { plans.metricRefusal }

    /// Moves the weights to the proximal point of the sum in a diagonal metric; traps with the reason if
    /// `metricRefusal` is not nil.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        plans.apply(to: &weights, scales: scales, name)
    }
}

extension Iterative: DifferentiableRegularizer where A: DifferentiableRegularizer {
    /// Adds scale times the gradient of the regularizer.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        base.addGradient(at: weights, scale: scale, to: &gradient)
    }
}

extension ProximalRegularizer {
    /// The same regularizer, with permission to combine its summands by iteration where no exact composition is known.
    ///
    /// Traps if the tolerance is less than 1e-7, or is 1 or more.
    public func iterative(tolerance: Double) -> Iterative<Self> { Iterative(self, tolerance: tolerance) }
}

/// The tolerance; throws unless an iteration in Float32 can reach it.
func checked(tolerance: Double) throws(ArgumentError) -> Double {
    if tolerance >= 1e-7 && tolerance < 1 { return tolerance }
    throw ArgumentError(
        "A tolerance is at least 1e-7, which Float32 resolves, and below 1, not \(tolerance).",
        at: "tolerance")
}
