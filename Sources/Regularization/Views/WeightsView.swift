/// A choice of elements of the parameters that make up the tensor a regularizer is given: where a penalty acts.
///
///     on: .weights                                                        // each selected tensor
///     on: .units(incoming: .named("fully.0.weight"), bias: .named("fully.0.bias"))
///     on: network.units[0]                                                // the same, from the model
///     on: .stacked(.named("encoder.weight"), .named("decoder.weight").transposed)
///     on: .joined(.weights)                                               // all weights as one vector
///
/// A regularizer is always given one tensor, so whatever works on a tensor works on every view: both stages, metrics,
/// sums, schedules, contributions, configuration files. The filters, `ParameterView` and `UnitLayer` are views. Another
/// type becomes a view by a `view` that is made of these.
public protocol WeightsView: Sendable {
    /// The view written out as filters, units and combinations of views.
    var view: ParameterView { get }
}

extension WeightsView where Self == ParameterView {
    /// The units of a layer, or of several layers: a matrix with a row for each unit, its incoming weights first, then
    /// its bias, then its outgoing weights.
    ///
    /// Incoming weights `[units, in, …]` belong to a unit by their first index, biases `[units]` by their only one, and
    /// the outgoing weights, which are the incoming ones `[out, units, …]` of the next layer, by their second. Filters
    /// that select several tensors each are paired in the order of the model's layout: the first tensors of all filters
    /// make one matrix, the second ones another. They have to select equally many tensors; attaching throws if they do
    /// not. `.weights` and `.biases` also select those of the output layer, whose units are no hidden units.
    public static func units(
        incoming: ParameterFilter? = nil, bias: ParameterFilter? = nil, outgoing: ParameterFilter? = nil
    ) -> ParameterView {
        ParameterView(form: .units(UnitFilters(incoming: incoming, bias: bias, outgoing: outgoing)))
    }

    /// Matrices of one shape on top of each other: the rows of the first part, then those of the second, and so on.
    ///
    /// Where each part is several matrices, these are paired in the order of the layout, as those of
    /// `units(incoming:bias:outgoing:)`. Attaching throws if the shapes or the numbers of matrices differ.
    public static func stacked<each Part: WeightsView>(_ parts: repeat each Part) -> ParameterView {
        ParameterView(form: .stacked(views(of: repeat each parts)))
    }

    /// Matrices of one shape on top of each other, from a list of parts.
    public static func stacked(_ parts: [some WeightsView]) -> ParameterView {
        ParameterView(form: .stacked(parts.map(\.view)))
    }

    /// All elements of the parts as one vector: those of the first part first, each matrix row by row.
    public static func joined<each Part: WeightsView>(_ parts: repeat each Part) -> ParameterView {
        ParameterView(form: .joined(views(of: repeat each parts)))
    }

    /// All elements of the parts as one vector, from a list of parts, as `.joined(network.units)`.
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
    /// Each matrix of the view with rows and columns exchanged.
    public var transposed: ParameterView { ParameterView(form: .transposed(view)) }

    /// Each row of the view as a vector of its own, for regularizers of vectors: the penalty is the sum over all rows.
    ///
    /// Such a view is no part of another one: attaching throws unless `eachUnit` is the outermost.
    public var eachUnit: ParameterView { ParameterView(form: .eachUnit(view)) }
}
