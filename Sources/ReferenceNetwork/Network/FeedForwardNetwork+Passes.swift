import Regularization

extension FeedForwardNetwork {
    /// The mean data loss over a batch in training mode, with the dropout of its position; overwrites every gradient.
    ///
    /// The gradients, in the layout of the parameters, are those of the data loss and of the penalties on outputs, see
    /// `regularizeActivity(by:firstStep:)`. Subnormal numbers, below 1.2e-38 in magnitude, count as zero in these
    /// passes, since x86-64 processors are slow with them. Traps if the batch does not fit the network, see
    /// `check(_:)`.
    ///
    /// - Complexity: O(samples × weights), without allocation after the first step of a batch size.
    public mutating func loss(on batch: Samples, at position: BatchPosition, gradients: inout Gradients)
        -> Double
    {
        requireFit(of: batch)
        // Moved out of the network, since with a second owner they would be copied at the first change.
        var workspace = exchange(&self.workspace, with: Workspace())
        var activity = exchange(&self.activity, with: ActivityPlan())
        activity.beginStep(position.step, samples: batch.count)
        let value = flushingSubnormals {
            forward(batch.features, samples: batch.count, droppingAt: position, &workspace, &activity)
            var logits = workspace.outputs.take(hidden.count)
            // The loss of an infinite logit may be finite, with a gradient of 0.
            let isFinite = logits.span.isFinite
            var span = logits.mutableSpan
            let finiteValue = loss.differentiate(&span, outputs: outputs, toward: batch)
            let value = isFinite ? finiteValue : .nan
            activity.addGradient(of: hidden.count, to: &span)
            workspace.outputs[hidden.count] = logits
            backward(batch.features, samples: batch.count, &workspace, &gradients, activity)
            return value
        }
        self.workspace = workspace
        self.activity = activity
        return value
    }

    /// The mean data loss over a batch in evaluation mode, without dropout and penalties.
    ///
    /// Traps if the batch does not fit the network, see `check(_:)`.
    ///
    /// - Complexity: O(samples × weights).
    public mutating func loss(on batch: Samples) -> Double {
        requireFit(of: batch)
        var logits = evaluate(batch.features, samples: batch.count)
        if !logits.span.isFinite { return .nan }
        var span = logits.mutableSpan
        return loss.differentiate(&span, outputs: outputs, toward: batch)
    }

    /// "The outputs of" the first layer whose outputs are not finite, see `Model`.
    public func nonfiniteOutputs(on batch: Samples, at position: BatchPosition?) -> String? {
        var workspace = Workspace()
        var activity = ActivityPlan()
        forward(batch.features, samples: batch.count, droppingAt: position, &workspace, &activity)
        for (layer, outputs) in workspace.outputs.enumerated() where !outputs.span.isFinite {
            let weights = parameters.layout.tensors[weightTensor(of: layer)].name
            return "The outputs of \(weights.split(separator: ".").dropLast().joined(separator: "."))"
        }
        return nil
    }

    /// Traps unless the batch fits: a class or value too many would be read from the row of the next sample.
    private func requireFit(of batch: Samples) {
        do { try checkShapes(of: batch) } catch { fatalError("\(error)") }
    }

    /// The logits, samples × outputs: the outputs of the last layer without dropout, before any softmax or sigmoid.
    func evaluate(_ features: [Float], samples: Int) -> [Float] {
        var workspace = Workspace()
        var activity = ActivityPlan()
        forward(features, samples: samples, droppingAt: nil, &workspace, &activity)
        return workspace.outputs[hidden.count]
    }

    /// Computes the outputs of every layer into the workspace, and records those that are penalized before their
    /// dropout.
    ///
    /// There is no dropout if `position` is nil.
    private func forward(
        _ features: [Float], samples: Int, droppingAt position: BatchPosition?,
        _ workspace: inout Workspace, _ activity: inout ActivityPlan
    ) {
        let position = dropout > 0 ? position : nil
        workspace.prepare(widths: widths, samples: samples, masked: position != nil)
        for layer in widths.indices {
            var output = workspace.outputs.take(layer)
            var mask = workspace.masks.take(layer)
            let drops = position != nil && layer < hidden.count
            if let position, drops {
                var factors = mask.mutableSpan
                DropoutFactors(rate: dropout, seed: seed, step: position.step, layer: layer)
                    .write(into: &factors, units: widths[layer], firstSample: position.firstSample)
            }
            let input = layer == 0 ? features : workspace.outputs[layer - 1]
            var span = output.mutableSpan
            if activity.penalizes(layer) {
                multiply(input, by: layer, samples, droppedBy: nil, into: &span)
                activity.record(span.span, of: layer)
                if drops { span.multiply(by: mask.span) }
            } else {
                multiply(input, by: layer, samples, droppedBy: drops ? mask : nil, into: &span)
            }
            workspace.outputs[layer] = output
            workspace.masks[layer] = mask
        }
    }

    /// Computes the outputs of one layer: the product with its weights, plus the bias, through the activation, times
    /// dropout's factors.
    private func multiply(
        _ input: [Float], by layer: Int, _ samples: Int, droppedBy mask: [Float]?,
        into output: inout MutableSpan<Float>
    ) {
        let activation = layer < hidden.count ? activation : .identity
        let mask = mask ?? []
        let factors: Span<Float>? = mask.isEmpty ? nil : mask.span
        let tensor = weightTensor(of: layer)
        MatrixProduct.multiply(
            .aTimesBTransposed, rows: samples, columns: widths[layer],
            inner: layer == 0 ? inputs : widths[layer - 1],
            input.span, parameters.weights(tensor).elements, into: &output,
            bias: bias ? parameters.weights(tensor + 1).elements : nil,
            negativeSlope: activation.negativeSlope,
            factors: activation.curve == nil ? factors : nil)
        if let curve = activation.curve {
            curve.apply(to: &output)
            if let factors { output.multiply(by: factors) }
        }
    }

    /// Computes all gradients, last layer first, from the gradient of the logits, which is the last element of
    /// `workspace.outputs`.
    private func backward(
        _ features: [Float], samples: Int, _ workspace: inout Workspace, _ gradients: inout Gradients,
        _ activity: borrowing ActivityPlan
    ) {
        for layer in stride(from: hidden.count, through: 0, by: -1) {
            let width = widths[layer]
            let inputWidth = layer == 0 ? inputs : widths[layer - 1]
            let outputGradients =
                layer == hidden.count ? workspace.outputs[layer] : workspace.outputGradients[layer]
            let input = layer == 0 ? features : workspace.outputs[layer - 1]
            let tensor = weightTensor(of: layer)
            var weightGradient = gradients.mutableWeights(tensor)
            MatrixProduct.multiply(
                .aTransposedTimesB, rows: width, columns: inputWidth, inner: samples,
                outputGradients.span, input.span, into: &weightGradient.elements)
            if bias {
                var biasGradient = gradients.mutableWeights(tensor + 1)
                sumColumns(of: outputGradients.span, into: &biasGradient.elements)
            }
            if layer == 0 { return }
            var inputGradients = workspace.outputGradients.take(layer - 1)
            var span = inputGradients.mutableSpan
            propagate(outputGradients, through: layer, samples, workspace, activity, into: &span)
            workspace.outputGradients[layer - 1] = inputGradients
        }
    }

    /// Computes the gradient with respect to the outputs of the layer before `layer`, before that layer's activation
    /// and dropout.
    private func propagate(
        _ outputGradients: [Float], through layer: Int, _ samples: Int, _ workspace: borrowing Workspace,
        _ activity: borrowing ActivityPlan, into inputGradients: inout MutableSpan<Float>
    ) {
        let outputs = workspace.outputs[layer - 1]
        let mask = workspace.masks[layer - 1]
        // An output that dropout keeps is the activation over 1 − dropout; the gradient of a dropped one is 0 in any
        // case.
        let factors: Span<Float>? = dropout > 0 ? mask.span : nil
        if activity.penalizes(layer - 1) {
            // The gradient of the penalty is added after that of dropout and before that of the activation, so that the
            // product cannot include them.
            MatrixProduct.multiply(
                .aTimesB, rows: samples, columns: widths[layer - 1], inner: widths[layer],
                outputGradients.span, parameters.weights(weightTensor(of: layer)).elements,
                into: &inputGradients,
                factors: factors)
            activity.addGradient(of: layer - 1, to: &inputGradients)
            return activation.multiplyByDerivative(&inputGradients, at: activity.outputs(of: layer - 1).span)
        }
        let negativeSlope = activation.negativeSlope
        MatrixProduct.multiply(
            .aTimesB, rows: samples, columns: widths[layer - 1], inner: widths[layer],
            outputGradients.span, parameters.weights(weightTensor(of: layer)).elements, into: &inputGradients,
            negativeSlope: negativeSlope, outputs: negativeSlope == 1 ? nil : outputs.span, factors: factors)
        activation.curve?.multiplyByDerivative(&inputGradients, at: outputs.span, times: 1 - dropout)
    }
}
