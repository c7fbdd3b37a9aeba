/// A penalty on one of its views, with what is computed once, when it is attached.
struct Attachment: Sendable {
    /// The index of the penalty among those of the plan.
    let penalty: Int
    let label: String
    let stage: Penalty.Stage
    let metric: ProximalMetric
    private(set) var view: ResolvedView
    /// The factor of the penalty's strength on this view, by its `StrengthFactor`.
    let factor: Double
    let regularizer: any Regularizer
    /// The summands of R, each with its factor in R times `factor`.
    let summands: [Summand]
    // The regularizer as a differentiable one, if it is; cast once, since a cast allocates.
    let differentiable: (any DifferentiableRegularizer)?
    /// Whether R is a sum of one function over all elements, so that any range of weights can be treated without the
    /// others and no view is gathered.
    let isElementwise: Bool
    /// Whether R is a sum of one function over the rows of the view, so that some rows can be treated without the
    /// others.
    let isSumOverRows: Bool

    init(_ penalty: Penalty, index: Int, view: ResolvedView, factor: Double) {
        self.penalty = index
        self.view = view
        self.factor = factor
        label = penalty.label
        stage = penalty.stage
        metric = penalty.metric
        regularizer = penalty.regularizer
        summands = penalty.regularizer.summands(multipliedBy: factor)
        differentiable = penalty.regularizer as? any DifferentiableRegularizer
        isElementwise = penalty.regularizer.isElementwise
        isSumOverRows = penalty.regularizer.summands().allSatisfy(\.regularizer.isSumOverRows)
    }

    /// The same penalty on another view; only for a sum over elements, whose value on
    /// shared elements does not depend on the view.
    func moved(to view: ResolvedView) -> Attachment {
        var copy = self
        copy.view = view
        return copy
    }

    /// Whether its gradient needs copies of elements in memory that the plan provides.
    var needsScratch: Bool { !isElementwise && view.needsScratch(byRows: isSumOverRows) }

    /// Adds strength · factor · ∇R at one tensor of the view to its gradient; nothing at strength 0.
    func addGradient(at weights: Weights, strength: Double, to gradient: inout MutableWeights) {
        let scale = Float(strength * factor)
        if scale != 0 { differentiable?.addGradient(at: weights, scale: scale, to: &gradient) }
    }

    /// Adds strength · factor · ∇R of the whole view to the gradients; nothing at strength 0.
    func addGradient(
        at parameters: Parameters, strength: Double, to gradients: inout Gradients,
        _ scratch: inout ViewScratch
    ) {
        if Float(strength * factor) == 0 { return }
        forEachPair(in: parameters, &gradients, byRows: isSumOverRows, &scratch) { weights, gradient in
            addGradient(at: weights, strength: strength, to: &gradient)
        }
    }

    /// Adds strength · factor · ∇R of the whole view to the gradients, nothing at strength 0, and returns factor · R.
    func valueAddingGradient(
        at parameters: Parameters, strength: Double, to gradients: inout Gradients,
        _ scratch: inout ViewScratch
    ) -> Double {
        let scale = Float(strength * factor)
        guard scale != 0, let differentiable else { return value(at: parameters) }
        var sum = 0.0
        forEachPair(in: parameters, &gradients, byRows: false, &scratch) { weights, gradient in
            sum += factor.times(differentiable.valueAddingGradient(at: weights, scale: scale, to: &gradient))
        }
        return sum
    }

    /// factor · R of the whole view, without the strength.
    func value(at parameters: Parameters) -> Double {
        var sum = 0.0
        forEach(in: parameters) { sum += factor.times(regularizer.value(at: $0)) }
        return sum
    }

    /// Calls a function with each tensor that `forEach` passes, and with its gradient.
    private func forEachPair(
        in parameters: Parameters, _ gradients: inout Gradients, byRows: Bool, _ scratch: inout ViewScratch,
        _ body: (Weights, inout MutableWeights) -> Void
    ) {
        if isElementwise {
            for tensor in view.tensors {
                var gradient = gradients.mutableWeights(tensor)
                body(parameters.weights(tensor), &gradient)
            }
            return
        }
        var elements = gradients.mutableElements
        view.change(&elements, beside: parameters.elements, byRows: byRows, &scratch) { gradient, weights in
            body(Weights(shape: gradient.shape, weights), &gradient)
        }
    }

    /// Calls a function with each tensor of which R is a summand: those of the view, or, if R is a sum over elements,
    /// each tensor of the layout as it is.
    func forEach(in parameters: Parameters, _ body: (Weights) -> Void) {
        if isElementwise {
            for tensor in view.tensors { body(parameters.weights(tensor)) }
        } else {
            var scratch = ViewScratch(for: CollectionOfOne(view))
            view.forEach(in: parameters.elements, &scratch, body)
        }
    }
}

extension Penalty {
    /// The attachments of the penalty, one for each view; throws if a strength, a view, a shape or a strength factor is
    /// invalid.
    func attachments(in layout: Layout, index: Int) throws(PenaltyError) -> [Attachment] {
        if let value = strength.firstInvalidStrength {
            throw .strength(penalty: label, value: value)
        }
        let views: [ResolvedView]
        do {
            views = try view.resolved(in: layout)
        } catch {
            throw PenaltyError(error, penalty: label)
        }
        for view in views {
            do {
                try regularizer.check(view.shape)
            } catch {
                if view.isTensor {
                    throw .shape(penalty: label, parameter: view.name, shape: view.shape, reason: "\(error)")
                }
                throw .view(
                    penalty: label, reason: "it does not accept \(view.shape), made of \(view.name): \(error)"
                )
            }
        }
        if let reason = strengthFactor.mismatch(with: views) {
            throw .strengthFactor(penalty: label, reason: reason)
        }
        return views.map {
            Attachment(
                self, index: index, view: $0, factor: strengthFactor.factor(name: $0.name, shape: $0.shape))
        }
    }
}

extension [Attachment] {
    /// Throws if two views of a decay, whose attachments these are, share a tensor, which would be multiplied twice.
    func checkDecays(of penalty: Penalty) throws(PenaltyError) {
        if penalty.stage != .decay { return }
        var seen: Set<Int> = []
        for attachment in self {
            for (tensor, name) in zip(attachment.view.tensors, attachment.view.names)
            where !seen.insert(tensor).inserted {
                throw .view(
                    penalty: penalty.label,
                    reason: "two of its views share \(name), which would decay twice; give it a filter")
            }
        }
    }
}

extension Attachment {
    /// The strength λ of a decay on this view, with its strength factor.
    func decayRate(_ strengths: [Double]) -> Double { strengths[penalty] * factor }
}
