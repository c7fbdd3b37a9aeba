/// Where a penalty acts: which elements of the parameters make up the tensor that its regularizer sees.
///
///     on: .weights                                                        // each selected tensor
///     on: .units(incoming: .named("fully.0.weight"), bias: .named("fully.0.bias"))
///     on: network.units[0]                                                // the same, from the model
///     on: .stacked(.named("encoder.weight"), .named("decoder.weight").transposed)
///     on: .joined(.weights)                                               // all weights as one vector
///
/// A regularizer always sees one tensor, so whatever works on a tensor works on every view: both stages, metrics, sums,
/// schedules, contributions, files. The filters, `ParameterView` and `UnitLayer` are views; a type of one's own is one
/// by saying which of these it stands for.
public protocol WeightsView: Sendable {
    /// What makes up the tensor.
    var view: ParameterView { get }
}

extension WeightsView where Self == ParameterView {
    /// The units of a layer, or of several: a matrix with a row for each unit, its incoming weights first, then its
    /// bias, then its outgoing weights.
    ///
    /// Incoming weights `[units, in, …]` belong to a unit by their first index, biases `[units]` by their only one, and
    /// the outgoing weights, which are the incoming ones `[out, units, …]` of the next layer, by their second. Filters
    /// that select several tensors each are paired in the order of the model: the first of each are one view, the
    /// second of each another. They select equally many. `.weights` and `.biases` take the outputs in too, which are no
    /// hidden units.
    public static func units(
        incoming: ParameterFilter? = nil, bias: ParameterFilter? = nil, outgoing: ParameterFilter? = nil
    ) -> ParameterView {
        ParameterView(form: .units(UnitFilters(incoming: incoming, bias: bias, outgoing: outgoing)))
    }

    /// Matrices of one shape on top of each other: the rows of the first, then those of the second, and so on.
    ///
    /// Where each part is several matrices, they are paired in the order of the model, as with units.
    public static func stacked<each Part: WeightsView>(_ parts: repeat each Part) -> ParameterView {
        ParameterView(form: .stacked(views(of: repeat each parts)))
    }

    /// The same of a list.
    public static func stacked(_ parts: [some WeightsView]) -> ParameterView {
        ParameterView(form: .stacked(parts.map(\.view)))
    }

    /// Everything that the parts select as one vector, of the first part first, each tensor row-major.
    public static func joined<each Part: WeightsView>(_ parts: repeat each Part) -> ParameterView {
        ParameterView(form: .joined(views(of: repeat each parts)))
    }

    /// The same of a list, as `.joined(network.units)`.
    public static func joined(_ parts: [some WeightsView]) -> ParameterView {
        ParameterView(form: .joined(parts.map(\.view)))
    }

    private static func views<each Part: WeightsView>(of parts: repeat each Part) -> [ParameterView] {
        var views: [ParameterView] = []
        for part in repeat each parts { views.append(part.view) }
        return views
    }
}

extension WeightsView {
    /// Each matrix with rows and columns exchanged.
    public var transposed: ParameterView { ParameterView(form: .transposed(view)) }

    /// Each row by itself, as a vector: for regularizers of vectors, whose sum over the units is what counts.
    public var eachUnit: ParameterView { ParameterView(form: .eachUnit(view)) }
}
