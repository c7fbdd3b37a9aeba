import Regularization

extension ProximalGradient {
    /// Trains a model on all samples at once, to a minimum of its loss and the penalties.
    ///
    ///     let report = try ProximalGradient().fit(
    ///         &network, to: samples, with: [.proximalStep(L1(), strength: 0.1)])
    ///
    /// The loss that is minimized is that of training mode at step 0. With dropout it is the loss of the network
    /// without the units that step 0 drops, so that the network should have none. A line shows the progress, as
    /// `Trainer.showsProgress` says.
    ///
    /// - Throws: the errors of the model's `check` for the samples, and those of `minimize`; the model then has the
    ///   best parameters found so far.
    /// - Complexity: that of `minimize`. The parameters are moved into the model for each evaluation, not copied, if
    ///   they are a stored property.
    public func fit<M: Model>(
        _ model: inout M, to batch: M.Batch, with penalties: [Penalty] = [], showsProgress: Bool = true,
        onIteration: (Report) throws -> Void = { _ in }
    ) throws -> Report {
        try model.check(batch)
        var parameters = model.parameters
        var progress = ProgressLine(of: maximumIterations, isWanted: showsProgress)
        defer {
            progress.finish()
            model.parameters = parameters
        }
        return try minimize(&parameters, with: penalties) { report in
            progress.show(report)
            try onIteration(report)
        } loss: { point, gradients in
            swap(&model.parameters, &point)
            defer { swap(&model.parameters, &point) }
            return model.loss(on: batch, at: .step(0), gradients: &gradients)
        }
    }
}
