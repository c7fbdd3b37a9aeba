/// An error of a penalty that cannot be attached to a model's parameters, to its layers' outputs or to an optimizer.
///
/// It is thrown before the first training step. The description is one or more sentences that name the penalty, the
/// parameter or layer and a way out.
public enum PenaltyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A filter selects nothing, names a parameter that does not exist, or is malformed.
    case filter(penalty: String, FilterError)
    /// The regularizer is not defined for the shape of a selected tensor.
    case shape(penalty: String, parameter: String, shape: Shape, reason: String)
    /// The strength is negative, NaN, infinite or larger than Float can hold.
    case strength(penalty: String, value: Double)
    /// The strength factors by name have a name that the penalty does not apply to, or a factor that is no strength.
    case strengthFactor(penalty: String, reason: String)
    /// The view cannot be resolved, its tensors do not fit together, or the regularizer does not accept their shape.
    case view(penalty: String, reason: String)
    /// Two proximal steps, or two summands of one, have no proven composition on a tensor.
    case composition(penalties: [String], parameter: String, reason: String)
    /// The proximal point is known in the Euclidean metric only, and the optimizer's metric is diagonal.
    case euclideanOnly(penalty: String, regularizer: String, parameter: String)
    /// Proximal steps on one tensor ask for different metrics.
    case mixedMetrics(penalty: String, other: String, parameter: String)
    /// The optimizer has no metric in which a proximal step could be taken.
    case undefinedMetric(penalty: String, parameter: String)
    /// A decay was given to a minimization, but a decay is part of an optimizer's update and of no function to
    /// minimize.
    case decayInMinimization(penalty: String)
    /// The optimizer has penalties already, which the checks of the new ones would not take into account.
    case alreadyRegularized(penalties: [String])
    /// A pattern of an activity penalty matches no layer; with the names nearest to it and all names that there are.
    case layers(penalty: String, pattern: String, nearest: [String], names: [String])
    /// The regularizer of an activity penalty is not defined for the outputs of a layer on a batch.
    case outputs(penalty: String, layer: String, shape: Shape, reason: String)

    /// The mistake, the penalty and parameter or layer where it is, and what to do.
    public var description: String { escapingControls(sentences) }

    private var sentences: String {
        switch self {
        case .filter(let penalty, let error):
            return "Penalty \"\(penalty)\": \(error)."
        case .shape(let penalty, let parameter, let shape, let reason):
            return """
                Penalty \"\(penalty)\" does not accept \(parameter) of shape \(shape): \(reason). \
                Correct the regularizer, or exclude the parameter with .excluding(.exactly("\(parameter)")).
                """
        case .strength(let penalty, let value):
            return "Penalty \"\(penalty)\" has strength \(value); a strength is \(strengthRule)."
        case .strengthFactor(let penalty, let reason), .view(let penalty, let reason):
            return "Penalty \"\(penalty)\": \(reason)."
        case .composition(let penalties, let parameter, let reason):
            let names = penalties.map { "\"\($0)\"" }.joined(separator: " and ")
            return "\(penalties.count == 1 ? "Penalty" : "Penalties") \(names) on \(parameter): \(reason)."
        case .euclideanOnly(let penalty, let regularizer, let parameter):
            return """
                Penalty \"\(penalty)\" on \(parameter): the proximal point of \(regularizer) is known in the Euclidean \
                metric only, and this optimizer steps in a metric of its own. Ask for metric: .euclidean, \
                use SGD, or make it a .lossTerm.
                """
        case .decayInMinimization(let penalty):
            return """
                Penalty \"\(penalty)\": a decay is part of an optimizer's updates and of no sum that could be \
                minimized. Use .lossTerm(SquaredL2()) or .proximalStep(SquaredL2()).
                """
        case .alreadyRegularized(let penalties):
            let names = penalties.map { "\"\($0)\"" }.joined(separator: ", ")
            return "The optimizer has the penalties \(names) already; attach all penalties in one call."
        case .layers(let penalty, let pattern, let nearest, let names):
            return """
                Penalty \"\(penalty)\": no layer matches \"\(pattern)\".\(nearest.suggestion) \
                The layers are \(names.list).
                """
        case .outputs(let penalty, let layer, let shape, let reason):
            return """
                Penalty \"\(penalty)\" does not accept the outputs of \(layer), samples × units, of shape \(shape): \
                \(reason).
                """
        case .mixedMetrics(let penalty, let other, let parameter):
            return """
                Penalties \"\(penalty)\" and \"\(other)\" on \(parameter) are proximal steps in different metrics. \
                Give them the same metric; decoupled weight decay is .decay(λ, on:), which goes with both.
                """
        case .undefinedMetric(let penalty, let parameter):
            return """
                Penalty \"\(penalty)\" on \(parameter): how far this optimizer moves a weight is no multiple of its \
                gradient, so that it has no metric for a proximal step. Ask for metric: .euclidean, use another \
                optimizer, or make it a .lossTerm.
                """
        }
    }
}

extension PenaltyError {
    init(_ error: ViewError, penalty: String) {
        switch error {
        case .filter(let error): self = .filter(penalty: penalty, error)
        case .mismatch(let reason): self = .view(penalty: penalty, reason: reason)
        }
    }
}
