/// Accelerated proximal gradient descent on all samples at once, for convex problems to Float32's precision.
///
///     minimize F(w) = f(w) + R(w)
///
///     p = prox of s·R at y − s·∇f(y)
///     y ← p + ((t − 1)/t₊)(p − x),  t₊ = (1 + √(1 + 4t²·s/s₊))/2,  x ← p
///
/// Here f is the data loss with the penalties that are loss terms, and R the sum of the proximal steps. The step size
/// s grows by a tenth at each iteration and is halved until f is no more curved than 1/s along the step. Where the
/// momentum leads back it is dropped.
///
///     var parameters = model.parameters
///     let report = try ProximalGradient().minimize(
///         &parameters, with: [.proximalStep(L1(), strength: 0.1)]
///     ) { point, gradients in … the data loss at the point, its gradient in place of the gradients … }
///
/// It is no `Optimizer`, since an update along one given gradient cannot try a shorter step.
///
/// - Strengths are those of step 0: a problem whose penalties change has no minimum to find.
/// - Loss terms should be smooth. At the kink of an `L1` as a loss term no step size passes the test, and the run
///   ends without convergence. Make such a penalty a proximal step.
/// - The loss must be the same function at every call. With dropout it is not, and a run ends without convergence.
/// - Where f or R is not convex the objective still falls, to a stationary point.
/// - Complexity: an iteration evaluates the loss twice, and once more for each halving, which in the long run occurs
///   about once in ln 2 / ln 1.1 ≈ 7 iterations. Four buffers as large as the parameters are allocated once; later
///   only copies of views whose elements are not contiguous are.
/// - Source: Beck, Teboulle, "A Fast Iterative Shrinkage-Thresholding Algorithm for Linear Inverse Problems", 2009,
///   with backtracking.
public struct ProximalGradient: Sendable, Hashable {
    /// The largest number of iterations; 0 or more.
    public let maximumIterations: Int
    /// The relative residual up to which a point counts as stationary, see `Report.residual`.
    ///
    /// Below about 2e-7 the rounding of Float32 hides the residual.
    public let tolerance: Double
    /// The step size that is tried first; above 0.
    ///
    /// It is doubled while it is too short and halved while it is too long.
    public let firstStepSize: Float

    /// Makes a solver.
    ///
    /// Traps if the number of iterations is negative, if the tolerance is not a finite number of 0 or more, or if the
    /// step size is not a positive finite number.
    public init(maximumIterations: Int = 10_000, tolerance: Double = 1e-6, firstStepSize: Float = 1) {
        require(
            maximumIterations >= 0, "The number of iterations is 0 or more, not \(maximumIterations).")
        require(
            tolerance >= 0 && tolerance < .infinity,
            "A tolerance is a finite number of 0 or more, not \(tolerance).")
        require(
            firstStepSize > 0 && firstStepSize < .infinity,
            "A first step size is a finite number above 0, not \(firstStepSize).")
        self.maximumIterations = maximumIterations
        self.tolerance = tolerance
        self.firstStepSize = firstStepSize
    }

    /// The state of a run after an iteration, and its result at the end.
    public struct Report: Sendable, Hashable {
        /// The number of iterations made.
        public internal(set) var iterations = 0
        /// The minimized sum F: the data loss and all penalties, each times its strength.
        public internal(set) var objective: Double
        /// The data loss alone.
        public internal(set) var dataLoss: Double
        /// The relative residual ‖ξ‖ / (‖∇f‖ + ‖w‖/s), which is 0 at a stationary point; infinite before the first
        /// accepted step.
        ///
        /// ξ = ∇f(p) − ∇f(y) + (y − p)/s is a subgradient of the objective at the parameters p, since (y − p)/s −
        /// ∇f(y) is one of R there. The divisor is the size of the terms that cancel in ξ, and so of its rounding
        /// error; it is never less than 5e-7 of its largest value so far.
        public internal(set) var residual = Double.infinity
        /// The number of times that the momentum was dropped.
        public internal(set) var restarts = 0
        /// The step size s of the last iteration.
        public internal(set) var stepSize: Float
        /// Whether the residual has come down to the tolerance.
        ///
        /// It is false if the iterations ran out, if Float32 can represent no step that lowers the objective, or if
        /// the task was cancelled.
        public internal(set) var hasConverged = false
    }

    /// Moves the parameters to a minimum of the data loss and the penalties.
    ///
    /// When it throws, the parameters are the point of the last accepted step, whose objective is the lowest so far,
    /// up to rounding. In a cancelled task it finishes the iteration and returns, without convergence.
    ///
    /// - Parameters:
    ///   - parameters: The start, which becomes the minimum.
    ///   - penalties: Loss terms and proximal steps.
    ///   - onIteration: Called after each iteration; ends the run by throwing.
    ///   - loss: The smooth data loss at a point, which it must leave as it was; overwrites every gradient.
    /// - Throws: `PenaltyError`, see `PenaltyPlan`, also for a decay, which is part of no sum to minimize;
    ///   `MinimizationError` if the loss or its gradient is not finite at the start; what the closures throw.
    public func minimize(
        _ parameters: inout Parameters, with penalties: [Penalty] = [],
        onIteration: (Report) throws -> Void = { _ in },
        loss: (_ point: inout Parameters, _ gradients: inout Gradients) throws -> Double
    ) throws -> Report {
        if let decay = penalties.first(where: { $0.stage == .decay }) {
            throw PenaltyError.decayInMinimization(penalty: decay.label)
        }
        var run = ProximalGradientRun(
            plan: try PenaltyPlan(penalties, over: parameters), start: parameters, stepSize: firstStepSize)
        try run.begin(loss)
        if maximumIterations > 0 { try run.lengthenFirstStep(loss) }
        while run.report.iterations < maximumIterations, !Task.isCancelled {
            let hasSteps = try run.iterate(&parameters, loss)
            run.report.hasConverged = hasSteps && run.report.residual <= tolerance
            try onIteration(run.report)
            if run.report.hasConverged || !hasSteps { break }
        }
        return run.report
    }
}
