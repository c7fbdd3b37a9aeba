/// The buffers and numbers of one run, in the notation of `ProximalGradient`.
struct ProximalGradientRun {
    typealias Loss = (inout Parameters, inout Gradients) throws -> Double

    /// The value of the data loss at a point, and of f, the data loss with the loss terms.
    struct Value {
        var data: Double
        var smooth: Double
    }

    private(set) var plan: PenaltyPlan
    var report: ProximalGradient.Report
    /// The point y from which a step starts, with ∇f and f there.
    private var ahead: Parameters
    private var gradients: Gradients
    private var value = Value(data: 0, smooth: 0)
    /// The end p of the last step, with ∇f and f there; between iterations the caller holds p, and `trial` is the point
    /// before it.
    private var trial: Parameters
    private var trialGradients: Gradients
    private var trialValue = Value(data: 0, smooth: 0)
    /// The number t of the momentum's sequence.
    private var momentum = 1.0
    /// The factor of the last move by which y lies ahead of x.
    private var lookahead = 0.0
    /// Whether the last step went against its momentum, which is then dropped.
    private var turned = false
    /// Whether y is to be placed anew; false after a restart that refused the last step, where y is x already.
    private var needsLookahead = true
    private var lowestObjective = Double.infinity
    /// The step size of the first accepted step; before it the step size that was given.
    private var initialStepSize: Float
    /// The largest divisor of a residual so far.
    private var largestScale = 0.0

    /// The relative error of a loss in Float32, which counts as if the weights were off by this share of their norm.
    private static let precision = 0x1p-21
    /// The factor by which the step size grows at each iteration, before the test.
    private static let growth: Float = 1.1

    init(plan: PenaltyPlan, start: Parameters, stepSize: Float) {
        self.plan = plan
        ahead = start
        trial = start
        gradients = Gradients(like: start)
        trialGradients = gradients
        initialStepSize = stepSize
        report = ProximalGradient.Report(objective: 0, dataLoss: 0, stepSize: stepSize)
    }

    /// Evaluates the objective at the start.
    mutating func begin(_ loss: Loss) throws {
        value = try plan.evaluate(loss, at: &ahead, &gradients)
        guard value.smooth.isFinite else { throw MinimizationError.lossNotFinite(value.smooth) }
        guard gradients.sumOfSquares.isFinite else { throw MinimizationError.gradientNotFinite }
        report.dataLoss = value.data
        report.objective = value.smooth + plan.proximalValue(at: ahead)
        lowestObjective = report.objective
    }

    /// Doubles the step size while steps from the start pass the test, so that the run does not begin with one too
    /// short.
    mutating func lengthenFirstStep(_ loss: Loss) throws {
        for _ in 0..<40 {
            let before = report.stepSize
            report.stepSize *= 2
            if moveToTrial() {
                trialValue = try plan.evaluate(loss, at: &trial, &trialGradients)
                if !isShortEnough(measure(from: ahead)) {
                    report.stepSize = before
                    break
                }
            }
        }
    }

    /// Moves the point by one step; false if Float32 can represent no step that lowers the objective.
    mutating func iterate(_ point: inout Parameters, _ loss: Loss) throws -> Bool {
        if report.iterations > 0 { try lookAhead(from: point, loss) }
        report.iterations += 1
        let stepSize = report.stepSize
        guard let step = try takeStep(from: point, loss) else {
            if lookahead == 0 { return false }
            report.stepSize = stepSize
            try restart(from: point, loss)
            return true
        }
        let objective = trialValue.smooth + plan.proximalValue(at: trial)
        // The function scheme of O'Donoghue and Candès, which keeps the objective falling where f is not convex.
        guard objective <= lowestObjective + Self.precision * abs(lowestObjective) else {
            if lookahead == 0 { report.stepSize /= 2 }
            try restart(from: point, loss)
            return true
        }
        if report.residual == .infinity { initialStepSize = report.stepSize }
        lowestObjective = min(lowestObjective, objective)
        report.objective = objective
        report.dataLoss = trialValue.data
        report.residual = residual(of: step)
        // The gradient scheme of O'Donoghue, Candès, "Adaptive Restart for Accelerated Gradient Schemes", 2015, §3.2.
        turned = step.turn > 0
        if turned { report.restarts += 1 }
        swap(&point, &trial)
        return true
    }

    /// Lengthens the step size, places y ahead of x = p, and evaluates f there unless y is x.
    private mutating func lookAhead(from point: borrowing Parameters, _ loss: Loss) throws {
        guard needsLookahead else {
            needsLookahead = true
            return
        }
        lengthenSequence()
        ahead.set(to: point, plus: Float(lookahead), timesMoveFrom: trial)
        if lookahead > 0 {
            value = try plan.evaluate(loss, at: &ahead, &gradients)
            if value.smooth.isFinite, gradients.sumOfSquares.isFinite { return }
            ahead.set(to: point, plus: 0, timesMoveFrom: trial)
            momentum = 1
            lookahead = 0
            report.restarts += 1
        }
        swap(&gradients, &trialGradients)
        value = trialValue
    }

    /// Advances the step size s, the sequence t, and the factor by which y lies ahead.
    ///
    /// If s may grow, the sequence needs st² ≥ s₊t₊(t₊ − 1), which remains true if the test halves s₊ afterwards.
    /// Source: Scheinberg, Goldfarb, Bai, "Fast First-Order Methods for Composite Convex Optimization with
    /// Backtracking", 2014; for s₊ = s the sequence is Beck and Teboulle's.
    private mutating func lengthenSequence() {
        // Where the loss is linear the step size would grow without end.
        report.stepSize = min(report.stepSize * Self.growth, 1e30)
        if turned {
            momentum = 1
            lookahead = 0
        } else {
            let next = (1 + (1 + 4 * momentum * momentum / Double(Self.growth)).squareRoot()) / 2
            lookahead = (momentum - 1) / next
            momentum = next
        }
    }

    /// Drops the momentum and refuses the last step, so that y is x.
    private mutating func restart(from point: borrowing Parameters, _ loss: Loss) throws {
        momentum = 1
        lookahead = 0
        report.restarts += 1
        ahead.set(to: point, plus: 0, timesMoveFrom: point)
        value = try plan.evaluate(loss, at: &ahead, &gradients)
        needsLookahead = false
    }

    /// Halves the step size until the step passes the test; nil if the step is then too short to move any weight.
    private mutating func takeStep(from point: borrowing Parameters, _ loss: Loss) throws -> StepSums? {
        var isFirst = true
        while true {
            let hasSteps = moveToTrial()
            if !hasSteps, !isFirst || report.stepSize < initialStepSize * 0x1p-20 { return nil }
            // A proximal point that is NaN never equals y, so that only this ends the loop.
            if report.stepSize == 0 { return nil }
            trialValue = try plan.evaluate(loss, at: &trial, &trialGradients)
            let step = measure(from: point)
            if isShortEnough(step) { return step }
            isFirst = false
            report.stepSize /= 2
        }
    }

    /// Whether f lies below its quadratic model of curvature 1/s along the step from y to p.
    ///
    /// Two tests must both pass. One is by values, f(p) ≤ f(y) + ⟨∇f(y), d⟩ + ‖d‖²/(2s) with d = p − y (Beck, Teboulle
    /// 2009), which near the optimum drowns in rounding. The other is by gradients, ⟨∇f(p) − ∇f(y), d⟩ ≤ ‖d‖²/s,
    /// which is the same for a quadratic and does not drown (Becker, Candès, Grant, "Templates for convex cone
    /// problems", 2011, §5.3). Both allow for rounding: moving the weights by δ changes f by ‖∇f‖δ + δ²/(2s), and ∇f
    /// by δ/s.
    private func isShortEnough(_ step: StepSums) -> Bool {
        let inverse = 1 / Double(report.stepSize)
        let gradientNorm = step.gradientSquares.squareRoot()
        let weightError = Self.precision * step.pointSquares.squareRoot()
        let valueNoise =
            Self.precision * abs(value.smooth) + gradientNorm * weightError + weightError * weightError
            * inverse
        let gradientNoise = Self.precision * gradientNorm + weightError * inverse
        let bound = value.smooth + step.descent + step.squares * inverse / 2
        return trialValue.smooth <= bound + valueNoise
            && step.curvature <= step.squares * inverse + gradientNoise * step.squares.squareRoot()
    }

    /// The relative residual at the end of a step.
    ///
    /// A step size far below the first one no longer measures curvature but indicates a loss with kinks or noise; a
    /// divisor far below the largest one indicates a minimum at zero without penalties.
    private mutating func residual(of step: StepSums) -> Double {
        let longest = Double(max(report.stepSize, initialStepSize / 64))
        let scale = step.gradientSquares.squareRoot() + step.pointSquares.squareRoot() / longest
        largestScale = max(largestScale, scale)
        let size = step.subgradientSquares.squareRoot()
        return size == 0 ? 0 : size / max(scale, Self.precision * largestScale)
    }

    /// Moves `trial` to the proximal point p, and returns whether p differs from y.
    private mutating func moveToTrial() -> Bool {
        trial.set(to: ahead, minus: report.stepSize, times: gradients)
        plan.applyProximalSteps(to: &trial, stepSize: report.stepSize)
        return !trial.isEqual(to: ahead)
    }
}

extension ProximalGradientRun {
    /// Sums over the weights of a step from y to p, with the point x before it and d = p − y.
    struct StepSums {
        /// ‖d‖².
        var squares = 0.0
        /// ⟨∇f(y), d⟩.
        var descent = 0.0
        /// ⟨∇f(p) − ∇f(y), d⟩.
        var curvature = 0.0
        /// ⟨y − p, p − x⟩.
        var turn = 0.0
        /// ‖∇f(p) − ∇f(y) − d/s‖².
        var subgradientSquares = 0.0
        /// ‖∇f(p)‖².
        var gradientSquares = 0.0
        /// ‖p‖².
        var pointSquares = 0.0
    }

    private func measure(from point: borrowing Parameters) -> StepSums {
        var step = StepSums()
        let inverse = 1 / Double(report.stepSize)
        let (before, start, end) = (point.elements, ahead.elements, trial.elements)
        let (startGradients, endGradients) = (gradients.elements, trialGradients.elements)
        for index in 0..<end.count {
            let endPoint = Double(end[index])
            let move = endPoint - Double(start[index])
            let (gradient, endGradient) = (Double(startGradients[index]), Double(endGradients[index]))
            let subgradient = endGradient - gradient - move * inverse
            step.squares += move * move
            step.descent += gradient * move
            step.curvature += (endGradient - gradient) * move
            step.turn -= move * (endPoint - Double(before[index]))
            step.subgradientSquares += subgradient * subgradient
            step.gradientSquares += endGradient * endGradient
            step.pointSquares += endPoint * endPoint
        }
        return step
    }
}

extension PenaltyPlan {
    /// The data loss and f at a point; the gradients become ∇f.
    fileprivate func evaluate(
        _ loss: ProximalGradientRun.Loss, at point: inout Parameters, _ gradients: inout Gradients
    ) throws -> ProximalGradientRun.Value {
        let data = try loss(&point, &gradients)
        let penalty = valueAddingGradients(at: point, to: &gradients)
        return ProximalGradientRun.Value(data: data, smooth: data + penalty)
    }

    /// Σ strength · R(w) over the proximal steps, at step 0.
    fileprivate func proximalValue(at parameters: Parameters) -> Double {
        var sum = 0.0
        for index in penalties.indices where penalties[index].stage == .proximalStep {
            let strength = strength(of: index, at: 0)
            if strength != 0 { sum += strength * unitValue(of: index, at: parameters) }
        }
        return sum
    }
}

extension Gradients {
    fileprivate var sumOfSquares: Double { elements.sumOfSquares }
}
