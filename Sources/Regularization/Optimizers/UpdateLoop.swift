// The one loop that runs all update rules: it decides on pieces, threads and order. On each piece, which stays in
// cache meanwhile, it does
//
//     gradient += the gradients of elementwise loss terms     PiecePenalties
//     w ← (1 − ηλ)w                                           PiecePenalties
//     the update                                              UpdateRule
//     w ← the proximal point of elementwise steps             PiecePenalties
//
// Penalties that need whole tensors act before and after the pass over all pieces, see `PenaltyPlan`.

extension UpdateRule {
    /// Moves the parameters by one update.
    public mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        let buffers = begin(&parameters, &gradients)
        update(&parameters, along: &gradients, consume buffers)
    }

    /// Moves the parameters by one update, with the penalties of a plan.
    ///
    /// Penalties that act on single weights act on each piece while it is in cache.
    public mutating func update(
        _ parameters: inout Parameters, along gradients: inout Gradients, with plan: inout PenaltyPlan
    ) {
        plan.begin(state.updates, of: parameters, along: &gradients, under: planMetric)
        let buffers = begin(&parameters, &gradients)
        update(&parameters, along: &gradients, consume buffers, with: &plan, addsGradients: true)
    }
}

extension PreparedUpdateRule {
    /// Moves the parameters by one update.
    public mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        let buffers = begin(&parameters, &gradients)
        prepare(parameters, &gradients)
        update(&parameters, along: &gradients, consume buffers)
    }

    /// Moves the parameters by one update, with the penalties of a plan.
    ///
    /// All gradients, those of the loss terms included, are complete before the rule prepares and any weight moves.
    public mutating func update(
        _ parameters: inout Parameters, along gradients: inout Gradients, with plan: inout PenaltyPlan
    ) {
        plan.begin(state.updates, of: parameters, along: &gradients, under: planMetric)
        plan.addElementwiseGradients(at: parameters, to: &gradients)
        let buffers = begin(&parameters, &gradients)
        prepare(parameters, &gradients)
        update(&parameters, along: &gradients, consume buffers, with: &plan, addsGradients: false)
    }
}

extension UpdateRule {
    /// Counts the update, lets the rule compute what is the same for all weights, and returns the state with its
    /// buffers.
    ///
    /// The rule's own state has no buffers until they are put back.
    fileprivate mutating func begin(
        _ parameters: inout Parameters, _ gradients: inout Gradients
    ) -> OptimizerState {
        // Read and written as a whole: changing it in place would allocate in a rule that forwards its state to
        // another rule.
        var fullState = state
        fullState.begin(for: parameters, gradients)
        state = fullState.withoutBuffers
        begin()
        return fullState
    }

    /// Updates all pieces, without penalties.
    fileprivate mutating func update(
        _ parameters: inout Parameters, along gradients: inout Gradients,
        _ fullState: consuming OptimizerState
    ) {
        let rule = self
        var isFinite = true
        UpdateBuffers.with(&parameters, &gradients, &fullState) { buffers in
            isFinite = buffers.forEachPiece { piece, _ in
                var contents = buffers.piece(piece.range, of: piece.tensor, stepSizes: nil)
                rule.update(&contents)
                return buffers.isFinite(contents)
            }
        }
        fullState.isFinite = isFinite
        state = fullState
    }

    /// Updates all pieces with the penalties on each, and then applies the proximal steps that need whole tensors.
    fileprivate mutating func update(
        _ parameters: inout Parameters, along gradients: inout Gradients,
        _ fullState: consuming OptimizerState,
        with plan: inout PenaltyPlan, addsGradients: Bool
    ) {
        let (rule, penalties) = (self, plan.piecePenalties)
        let step = plan.step(learningRate: learningRate, metric: metric.value, addsGradients: addsGradients)
        var isFinite = true
        // Moved out of the plan and back, since with two owners the array would be copied when it is written.
        var keptSizes = exchange(&plan.state.stepSizes, with: [])
        keptSizes.withUnsafeMutableBufferPointer { keptSizes in
            let kept = keptSizes.baseAddress
            UpdateBuffers.with(&parameters, &gradients, &fullState) { buffers in
                isFinite = buffers.forEachPiece { piece, scratch in
                    let sizes: UnsafeMutablePointer<Float>? =
                        switch penalties.stepSizes(of: piece.tensor, in: step.metric) {
                        case .none: nil
                        case .ofPiece: scratch
                        case .ofTensor: kept.map { $0 + piece.range.lowerBound }
                        }
                    return rule.update(piece, of: buffers, with: penalties, step, stepSizes: sizes)
                }
            }
        }
        plan.state.stepSizes = consume keptSizes
        plan.applyWholeProximalSteps(to: &parameters, learningRate: step.learningRate, metric: step.metric)
        fullState.isFinite = isFinite && plan.wholeViewsAreFinite(at: parameters)
        state = fullState
    }

    /// Updates a piece with its penalties; returns whether its weights and buffers are finite.
    private func update(
        _ piece: Piece, of buffers: UpdateBuffers, with penalties: PiecePenalties,
        _ step: PiecePenalties.UpdateNumbers,
        stepSizes: UnsafeMutablePointer<Float>?
    ) -> Bool {
        let tensor = piece.tensor
        var weights = buffers.weights(of: piece)
        var gradient = buffers.gradient(of: piece)
        var sizes = MutableSpan(
            _unsafeElements: UnsafeMutableBufferPointer(
                start: stepSizes, count: stepSizes == nil ? 0 : piece.range.count))
        penalties.addGradients(of: tensor, at: weights.readOnly, to: &gradient, step)
        penalties.decay(&weights, of: tensor, step)
        var contents = buffers.piece(piece.range, of: tensor, stepSizes: stepSizes)
        if stepSizes == nil { update(&contents) } else { updateWritingStepSizes(&contents) }
        let isFinite = buffers.isFinite(contents)
        penalties.applyProximalSteps(to: &weights, of: tensor, stepSizes: &sizes, step)
        return isFinite
            && (penalties.viewPlans[tensor]?.keepsFinite ?? true || weights.elements.span.isFinite)
    }
}
