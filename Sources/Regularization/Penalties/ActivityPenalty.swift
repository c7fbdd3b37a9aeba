/// A penalty on the outputs of layers instead of on their weights: Keras' `activity_regularizer`.
///
/// A step on n samples minimizes
///
///     data loss + strength · R(h)/n + …
///
/// where h, samples × units, are the outputs of a layer after its activation and before any dropout, which Keras counts
/// as a layer of its own. R is any regularizer with a gradient: `L1` makes activations sparse, `GroupLasso(.columns)`
/// silences whole units. Keras' `L2(c)` is `SquaredL2()` at strength 2c.
///
///     ActivityPenalty(L1(), strength: 1e-3, on: "fully.0")
///     ActivityPenalty(SquaredL2(), strength: .warmUp(to: 1e-2, over: 1_000), on: "fully.0", "fully.1")
///
/// A penalty on several layers is the sum over them. The model has to add it to its loss, since an optimizer is given
/// no outputs: the reference network does so after `regularizeActivity(by:)`, another model with an `ActivityPlan`.
/// Nothing is checked here; those two check every penalty.
public struct ActivityPenalty: Sendable {
    /// The regularizer, applied to a layer's outputs as a tensor `[samples, units]`.
    public let regularizer: any DifferentiableRegularizer
    /// The number by which R is multiplied at each training step, 0 or more.
    public let strength: Schedule
    /// Patterns of layer names, each of which must match a layer.
    ///
    /// They are as in `ParameterFilter.named`: `*` stands for any characters within a component, `?` for one, and a
    /// component `**` for any number of components.
    public let layers: [String]
    /// The name in contributions and errors; `L1 of fully.0` unless given.
    public let label: String

    /// Makes a penalty on the outputs of all layers that one of the patterns matches.
    public init(
        _ regularizer: some DifferentiableRegularizer, strength: some ScheduleConvertible = 1.0,
        on layers: String, _ otherLayers: String..., label: String? = nil
    ) {
        self.regularizer = regularizer
        self.strength = strength.schedule
        self.layers = [layers] + otherLayers
        self.label = label ?? Self.label(of: regularizer, on: self.layers)
    }

    /// The label unless one is given, as `L1 of fully.0`.
    static func label(of regularizer: any Regularizer, on layers: [String]) -> String {
        "\(regularizer.name) of \(layers.joined(separator: ", "))"
    }

    /// Whether one of the patterns matches the name of a layer.
    func applies(to layer: String) -> Bool { layers.contains { NamePattern($0).matches(layer) } }

    /// Throws unless the strength is valid and every pattern matches one of the layers.
    func check(against layers: Layout) throws(PenaltyError) {
        if let value = strength.firstInvalidStrength {
            throw .strength(penalty: label, value: value)
        }
        let names = layers.names
        for pattern in self.layers where !names.contains(where: NamePattern(pattern).matches) {
            throw .layers(
                penalty: label, pattern: pattern, nearest: layers.names(nearestTo: pattern), names: names)
        }
    }
}
