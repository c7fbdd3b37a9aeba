/// The metric in which an optimizer steps: how far a unit of gradient moves each weight.
public enum Metric: Sendable, Hashable, CustomStringConvertible {
    /// The same step size for every weight.
    case scalar(Float)
    /// A step size for each weight, which the optimizer writes on request.
    case diagonal

    /// `scalar` with the step size, or `diagonal`.
    public var description: String {
        switch self {
        case .scalar(let stepSize): "scalar \(stepSize)"
        case .diagonal: "diagonal"
        }
    }
}

/// An update rule: moves parameters along gradients, and says in which metric it did.
///
/// The metric has no default, because a wrong one makes proximal steps solve another problem. An optimizer
/// of one's own states `.scalar(learningRate)` if a weight moves by learning rate × gradient; `.diagonal`,
/// with `writeStepSizes`, if each weight has its own step size, as Adam's η/(√v̂ + ε); and with momentum the
/// step size that it has at rest, when the gradient does not change, see `SGD`. For its loops there are
/// `updateEach` and `takeSquareRoots`.
public protocol Optimizer: Sendable {
    /// The learning rate η, which a schedule may change between updates.
    var learningRate: Float { get set }

    /// The metric of an update.
    var metric: Metric { get }

    /// Moves the parameters one step. The gradients may be changed in place.
    mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients)

    /// Moves the parameters one step with penalties: adds the gradients of the loss terms, updates, and moves the
    /// weights to the proximal points in the metric of that update.
    ///
    /// Unless given, it does one after the other.
    mutating func update(
        _ parameters: inout Parameters, along gradients: inout Gradients, with penalties: inout PenaltyPlan,
        step: Int)

    /// Writes the step size of the last update of each weight in a range of the layout, which may be any part of a
    /// tensor. Before the first update there may be none: trap with a sentence.
    func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>)

    /// What penalties add at the weights, for reports; none unless this is a `RegularizedOptimizer`.
    func contributions(at parameters: Parameters) -> [Contribution]

    /// How far the weights are from a stationary point of data loss + penalties, in the metric of the last update.
    ///
    /// `gradients` are those of the data loss alone, over all samples. Without penalties it is their norm.
    func stationarityResidual(at parameters: Parameters, gradients: Gradients) -> StationarityResidual
}

extension Optimizer {
    /// Adds gradients, updates, and applies proximal steps, one after the other.
    public mutating func update(
        _ parameters: inout Parameters, along gradients: inout Gradients, with penalties: inout PenaltyPlan,
        step: Int
    ) {
        penalties.addGradients(at: parameters, to: &gradients, step: step)
        update(&parameters, along: &gradients)
        penalties.applyProximalSteps(to: &parameters, after: self, step: step)
    }

    /// Writes the step size of a `.scalar` metric; traps in a `.diagonal` one.
    public func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        guard case .scalar(let stepSize) = metric else {
            fatalError("\(Self.self) states a diagonal metric and must write its step sizes.")
        }
        for index in 0..<range.count { sizes[index] = stepSize }
    }

    /// None.
    public func contributions(at parameters: Parameters) -> [Contribution] { [] }

    /// The norm of the gradients.
    public func stationarityResidual(at parameters: Parameters, gradients: Gradients) -> StationarityResidual
    {
        StationarityResidual(
            norms: gradients.layout.tensors.indices.map {
                gradients.weights($0).elements.sumOfSquares.squareRoot()
            })
    }

    /// This optimizer with penalties.
    ///
    ///     var optimizer = try Adam(learningRate: 1e-3).regularized(
    ///         by: [.proximalStep(L1(), strength: 3e-4)], over: network.parameters)
    ///
    /// - Throws: `PenaltyError`, see `PenaltyPlan`.
    public func regularized(
        by penalties: [Penalty], over parameters: Parameters
    ) throws(PenaltyError) -> RegularizedOptimizer<Self> {
        try RegularizedOptimizer(self, penalties, over: parameters)
    }
}
