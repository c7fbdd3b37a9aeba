/// A number that became NaN or infinite in a training step, and where.
///
/// The description is a sentence that says what it is, and what to do.
public struct NonfiniteNumber: Error, Sendable, Equatable, CustomStringConvertible {
    /// The part of a training step in which a number was not finite for the first time.
    public enum Origin: Sendable, Hashable {
        /// The weights of a parameter, or the optimizer's buffers, after an update with all penalties, where it is not
        /// known which of them failed.
        case step(of: String)
        /// A parameter, before the update.
        case parameter(String)
        /// The outputs of a layer, or whatever else a model names in `nonfiniteOutputs`.
        case outputs(String)
        /// The data loss of a part of the data: "training" or "validation".
        case loss(of: String)
        /// The gradient of the data loss with respect to a parameter.
        case gradient(of: String)
        /// The value of the penalty with a label.
        case penaltyValue(String)
        /// The gradient of the penalty with a label, with respect to a parameter.
        case penaltyGradient(String, of: String)
        /// The weights of a parameter in the optimizer's update, without penalties.
        case update(of: String)
        /// An element of the optimizer's buffer of that name, with the layout of the parameter.
        case buffer(String, of: String)
        /// The weights of a parameter in the decays or proximal steps of the penalties with these labels.
        case proximalStep([String], of: String)
    }

    /// Where the number was found.
    public let origin: Origin
    /// The number itself: NaN, or an infinity.
    public let value: Double

    /// Makes an error about a number and its origin.
    public init(_ origin: Origin, value: Double) {
        self.origin = origin
        self.value = value
    }

    /// Whether the origins are equal, and both numbers are NaN or the same infinity.
    public static func == (left: Self, right: Self) -> Bool {
        left.origin == right.origin && (left.value == right.value || left.value.isNaN && right.value.isNaN)
    }

    /// Sentences that say which number is not finite, and what to do.
    public var description: String {
        let large = "lower the learning rate, clip the gradients, or scale the features"
        return switch origin {
        case .step(let name):
            "The step of \(name) gives \(value): \(large)."
        case .parameter(let name):
            "\(name) holds \(value) before the update: begin with finite weights."
        case .outputs(let name):
            "\(name) hold \(value), from finite data and weights: \(large)."
        case .loss(let part):
            """
            The \(part) loss is \(value), from finite weights: \(large); in a model of one's own, look for a mistake \
            in its loss, and for numbers in its data that are not finite.
            """
        case .gradient(let name):
            """
            The gradient of \(name) holds \(value), though the loss is finite: \(large); in a model of one's own, look \
            for a mistake in its gradients.
            """
        case .penaltyValue(let label):
            "The value of the penalty \"\(label)\" is \(value) at finite weights. \(Self.advice)"
        case .penaltyGradient(let label, let name):
            "The gradient of the penalty \"\(label)\" holds \(value) at \(name). \(Self.advice)"
        case .update(let name):
            "The update of \(name) gives \(value), from finite gradients: \(large)."
        case .buffer(let buffer, let name):
            """
            The optimizer's buffer "\(buffer)" holds \(value) for \(name), from finite gradients: they are too large \
            for it, so clip them, or scale the features.
            """
        case .proximalStep(let labels, let name):
            """
            The \(labels.count == 1 ? "penalty" : "penalties") \
            \(labels.map { "\"\($0)\"" }.joined(separator: ", ")) moved finite weights of \(name) to \(value). \
            \(labels.count == 1 ? Self.advice : Self.adviceForSeveral)
            """
        }
    }

    private static let advice =
        "Lower its strength; if the regularizer is one's own, RegularizerLaws finds the mistake."
    private static let adviceForSeveral =
        "Lower their strengths; if a regularizer is one's own, RegularizerLaws finds the mistake."
}

extension Parameters {
    /// The name of the first tensor with a number that is not finite, and that number; nil if all are finite.
    package var firstNonfinite: (name: String, value: Double)? {
        for (index, tensor) in layout.tensors.enumerated() {
            if let value = weights(index).elements.firstNonfinite { return (tensor.name, value) }
        }
        return nil
    }
}

extension Gradients {
    /// The name of the first tensor with a number that is not finite, and that number; nil if all are finite.
    package var firstNonfinite: (name: String, value: Double)? { tensors.firstNonfinite }
}

extension Span<Float> {
    /// The first number that is not finite; nil if all are.
    package var firstNonfinite: Double? {
        if isFinite { return nil }
        return indices.first { !self[$0].isFinite }.map { Double(self[$0]) }
    }
}
