/// Activity penalties resolved for a model's layers: what a model holds to honor them.
///
/// Three lines of a training step, and one that reports:
///
///     struct Autoencoder: Model {
///         var activity: ActivityPlan  // try ActivityPlan([ActivityPenalty(L1(), on: "code")], over: [("code", 8)])
///
///         mutating func loss(on batch: Samples, at position: BatchPosition, gradients: inout Gradients) -> Double
///         {
///             activity.beginStep(position.step, samples: batch.count)
///             // … forward: the code's outputs after its activation, samples × units, row-major
///             activity.record(code.span, of: 0)
///             // … dropout, later layers; and backward: the gradient with respect to what was recorded
///             activity.addGradient(of: 0, to: &codeGradient)
///             // … backward through the code's activation and weights
///             return dataLoss
///         }
///
///         var contributions: [Contribution] { activity.contributions }
///         var scheduleEnd: Int { activity.scheduleEnd }
///     }
///
/// Layers are numbered in the order given. Such a model has a `loss(on:)` of its own too, which leaves the plan
/// alone: evaluation is no step. A copy of the outputs is kept for the backward pass and for `contributions`; its
/// storage is reused, so that steps allocate nothing.
public struct ActivityPlan: Sendable {
    /// The penalties, in the order given.
    public let penalties: [ActivityPenalty]
    private(set) var layers: [Layer]
    /// The strength of each penalty at the last step; before the first, at step 0.
    private(set) var strengths: [Double]
    private(set) var samples = 0
    /// The step at which the schedules of the strengths begin.
    private let firstStep: Int

    struct Layer: Sendable {
        let name: String
        let units: Int
        /// The penalties on it.
        let penalties: [Int]
        /// What was recorded last.
        var outputs: [Float] = []
        /// Whether that was in the last step begun.
        var isRecorded = false
        /// [samples, units] of the last step.
        var shape: Shape
        /// That of the last step with another number of samples: the last batch of an epoch is smaller than the
        /// others, and a shape allocates.
        var otherShape: Shape

        mutating func resize(to samples: Int) {
            if shape.rows == samples { return }
            (shape, otherShape) = (otherShape, shape)
            if shape.rows != samples { shape = [samples, units] }
        }
    }

    /// A plan without penalties.
    public init() {
        penalties = []
        layers = []
        strengths = []
        firstStep = 0
    }

    /// Resolves penalties for the layers of a model; traps if two layers have one name.
    ///
    /// - Throws: `PenaltyError` for a pattern that matches no layer, or a strength that is no finite number of 0
    ///   or more; one given as a closure is checked at step 0 here, and traps at the step at which it turns
    ///   invalid. The schedules of the strengths begin at `firstStep`.
    public init(
        _ penalties: [ActivityPenalty], over layers: [(name: String, units: Int)], firstStep: Int = 0
    ) throws(PenaltyError) {
        let layout = Layout(layers.map { ($0.name, [$0.units]) })
        for penalty in penalties { try penalty.check(against: layout) }
        self.penalties = penalties
        self.layers = layers.map { name, units in
            Layer(
                name: name, units: units,
                penalties: penalties.indices.filter { penalties[$0].applies(to: name) },
                shape: [0, units], otherShape: [0, units])
        }
        strengths = penalties.map { $0.strength.value(at: 0) }
        self.firstStep = firstStep
    }

    /// The step from which on every strength stays the same; that of a closure is not known, and counts as constant.
    public var scheduleEnd: Int { firstStep + (penalties.map(\.strength.end).max() ?? 0) }

    /// Whether there is a penalty on a layer.
    public func penalizes(_ layer: Int) -> Bool {
        layers.indices.contains(layer) && !layers[layer].penalties.isEmpty
    }

    /// Throws a `PenaltyError` if a regularizer does not accept the outputs for so many samples.
    public func check(samples: Int) throws(PenaltyError) {
        for layer in layers where !layer.penalties.isEmpty {
            if samples == layer.shape.rows || samples == layer.otherShape.rows { continue }
            let shape: Shape = [samples, layer.units]
            for penalty in layer.penalties {
                do {
                    try penalties[penalty].regularizer.check(shape)
                } catch {
                    throw .outputs(
                        penalty: penalties[penalty].label, layer: layer.name, shape: shape, reason: "\(error)"
                    )
                }
            }
        }
    }

    /// Begins a training step on so many samples, at the strengths that the schedules have after so many
    /// updates.
    ///
    /// The plan keeps no count: to begin a step once more, for a gradient without an update, changes nothing.
    /// Traps if a regularizer does not accept the outputs of so many samples, see `check(samples:)`, or if a
    /// strength is no finite number of 0 or more.
    public mutating func beginStep(_ step: Int, samples: Int) {
        require(samples >= 0, "A step cannot have \(samples) samples.")
        self.samples = samples
        for index in penalties.indices {
            let value = penalties[index].strength.value(at: max(0, step - firstStep))
            require(
                isStrength(value),
                """
                Penalty "\(penalties[index].label)" has strength \(value) at step \(step); it must be \(strengthRule).
                """)
            strengths[index] = value
        }
        do { try check(samples: samples) } catch { fatalError("\(error)") }
        for index in layers.indices where !layers[index].penalties.isEmpty {
            layers[index].isRecorded = false
            layers[index].resize(to: samples)
        }
    }

    /// Keeps a layer's outputs of this step: after its activation, before any dropout, row-major; nothing if there
    /// is no penalty on the layer.
    ///
    /// Traps if they are not samples × units. What runs several times in a step is several layers here.
    public mutating func record(_ outputs: Span<Float>, of layer: Int) {
        require(layers.isEmpty || layers.indices.contains(layer), "There is no layer \(layer).")
        if !penalizes(layer) { return }
        let shape = layers[layer].shape
        require(
            outputs.count == shape.count,
            "The outputs of \"\(layers[layer].name)\" are \(outputs.count) numbers, not \(shape).")
        layers[layer].isRecorded = true
        layers[layer].outputs.replace(with: outputs)
    }

    /// The outputs of a layer that were recorded last; empty if there is no penalty on the layer.
    public func outputs(of layer: Int) -> [Float] { penalizes(layer) ? layers[layer].outputs : [] }

    /// Adds Σ strength/samples · ∇R(h), over the penalties on a layer, to the gradient with respect to the
    /// outputs h that were recorded in this step; nothing if there is no penalty on the layer.
    public func addGradient(of layer: Int, to gradient: inout MutableSpan<Float>) {
        if !penalizes(layer) { return }
        let layer = layers[layer]
        require(layer.isRecorded, "The outputs of \"\(layer.name)\" were not recorded in this step.")
        require(
            gradient.count == layer.shape.count,
            "The gradient of \"\(layer.name)\" has \(gradient.count) numbers, not \(layer.shape).")
        if samples == 0 { return }
        let outputs = Weights(shape: layer.shape, layer.outputs.span)
        for penalty in layer.penalties {
            let scale = Float(strengths[penalty] / Double(samples))
            if scale == 0 { continue }
            var view = MutableWeights(
                shape: layer.shape, gradient._mutatingExtracting(0..<gradient.count))
            penalties[penalty].regularizer.addGradient(at: outputs, scale: scale, to: &view)
        }
    }
}

extension Array where Element == Float {
    /// Copies the elements, keeping the storage where it is large enough.
    fileprivate mutating func replace(with elements: Span<Float>) {
        if count > elements.count { removeLast(count - elements.count) }
        if count < elements.count { append(contentsOf: repeatElement(0, count: elements.count - count)) }
        var span = mutableSpan
        for index in 0..<elements.count { span[unchecked: index] = elements[unchecked: index] }
    }
}
