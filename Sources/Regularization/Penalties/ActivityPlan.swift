/// Activity penalties resolved for a model's layers, which a model stores to compute them.
///
/// It takes three lines of a training step, and one that reports:
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
/// Layers are numbered in the order given, from 0. Such a model also has a `loss(on:)` that does not touch the plan,
/// since an evaluation is no training step. A copy of the outputs is kept for the backward pass and for
/// `contributions`; its storage is reused, so that steps allocate nothing.
public struct ActivityPlan: Sendable {
    /// The penalties, in the order given.
    public let penalties: [ActivityPenalty]
    private(set) var layers: [Layer]
    /// The strength of each penalty at the last step; before the first step, the one at step 0.
    private(set) var strengths: [Double]
    /// The number of samples of the step begun last.
    private(set) var samples = 0
    /// The training step at which the schedules of the strengths are at their step 0.
    private let firstStep: Int

    struct Layer: Sendable {
        let name: String
        let units: Int
        /// The indices of the penalties on the layer.
        let penalties: [Int]
        /// The outputs recorded last, row-major, samples × units.
        var outputs: [Float] = []
        /// Whether outputs were recorded since the last step began.
        var isRecorded = false
        /// The shape [samples, units] of the outputs in the last step.
        var shape: Shape
    }

    /// Makes a plan without penalties.
    public init() {
        penalties = []
        layers = []
        strengths = []
        firstStep = 0
    }

    /// Resolves penalties for the layers of a model, each with its name and number of units; traps if two layers have
    /// one name.
    ///
    /// - Throws: `PenaltyError` for a pattern that matches no layer, or a strength that is no finite number of 0 or
    ///   more. A strength given as a closure is checked at step 0 here, and traps at the step at which it becomes
    ///   invalid. The schedules of the strengths begin at `firstStep`. Traps if that is negative.
    public init(
        _ penalties: [ActivityPenalty], over layers: [(name: String, units: Int)], firstStep: Int = 0
    ) throws(PenaltyError) {
        require(firstStep >= 0, "A first step is 0 or more, not \(firstStep).")
        let layout = Layout(layers.map { ($0.name, [$0.units]) })
        for penalty in penalties { try penalty.check(against: layout) }
        self.penalties = penalties
        self.layers = layers.map { name, units in
            Layer(
                name: name, units: units,
                penalties: penalties.indices.filter { penalties[$0].applies(to: name) },
                shape: [0, units])
        }
        strengths = penalties.map { $0.strength.value(at: 0) }
        self.firstStep = firstStep
    }

    /// The first step from which on every strength stays the same; a closure, whose end is not known, counts as
    /// constant.
    public var scheduleEnd: Int { firstStep.addingSaturated(penalties.map(\.strength.end).max() ?? 0) }

    /// Whether there is a penalty on the layer of that index; false if there is no such layer.
    public func penalizes(_ layer: Int) -> Bool {
        layers.indices.contains(layer) && !layers[layer].penalties.isEmpty
    }

    /// Throws a `PenaltyError` if a regularizer does not accept the outputs for a number of samples.
    public func check(samples: Int) throws(PenaltyError) {
        for layer in layers where !layer.penalties.isEmpty {
            if samples == layer.shape.rows { continue }
            let shape = Shape(rows: samples, columns: layer.units)
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

    /// Begins a training step on a number of samples, with the strengths that the schedules have at that step.
    ///
    /// `step` is the number of updates made so far. The plan does not count steps, so beginning one twice, for a
    /// gradient without an update, changes nothing. Traps if a regularizer does not accept the outputs for that number
    /// of samples, see `check(samples:)`, or if a strength is no finite number of 0 or more.
    public mutating func beginStep(_ step: Int, samples: Int) {
        require(samples >= 0, "A step cannot have \(samples) samples.")
        self.samples = samples
        for index in penalties.indices {
            strengths[index] = penalties[index].strength.checkedValue(
                at: step, from: firstStep, of: penalties[index].label)
        }
        do { try check(samples: samples) } catch { fatalError("\(error)") }
        for index in layers.indices where !layers[index].penalties.isEmpty {
            layers[index].isRecorded = false
            layers[index].shape = Shape(rows: samples, columns: layers[index].units)
        }
    }

    /// Stores a copy of a layer's outputs in this step: after its activation, before any dropout, row-major.
    ///
    /// Does nothing if there is no penalty on the layer. Traps if the outputs are not samples × units. A layer that
    /// runs several times in a step counts as several layers here.
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

    /// The outputs of a layer that were recorded last, row-major; empty if there is no penalty on the layer.
    public func outputs(of layer: Int) -> [Float] { penalizes(layer) ? layers[layer].outputs : [] }

    /// Adds Σ strength/samples · ∇R(h) over the penalties on a layer to the gradient with respect to its outputs h.
    ///
    /// Does nothing if there is no penalty on the layer. Traps if no outputs were recorded in this step, or if the
    /// gradient has another count.
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
    /// Replaces the elements by copies of others, in the same storage if it is large enough.
    fileprivate mutating func replace(with elements: Span<Float>) {
        if count > elements.count { removeLast(count - elements.count) }
        if count < elements.count { append(contentsOf: repeatElement(0, count: elements.count - count)) }
        var span = mutableSpan
        for index in 0..<elements.count { span[unchecked: index] = elements[unchecked: index] }
    }
}
