/// A sum over groups of a concave function of their norms: R(w) = Σ_g φ(‖w_g‖₂), with the φ of a regularizer of elements.
///
/// A complete one for both stages, in every diagonal metric, has the two properties and the initializer, and is `Codable`
/// by a word if that of elements is, with its keys beside `groups`:
///
///     struct GroupLogSum: ConcaveGroupwiseRegularizer, Codable {
///         let groups: Groups
///         let elementwise: LogSum
///         init(_ groups: Groups, _ elementwise: LogSum) {
///             (self.groups, self.elementwise) = (groups, elementwise)
///         }
///     }
public protocol ConcaveGroupwiseRegularizer: DifferentiableGroupwiseRegularizer, ProximalGroupwiseRegularizer
{
    /// The type of the regularizer of elements.
    associatedtype Elementwise: ConcaveElementwiseRegularizer

    /// The regularizer of elements with the same φ.
    var elementwise: Elementwise { get }

    /// Makes the regularizer with the φ of one of elements.
    init(_ groups: Groups, _ elementwise: Elementwise)
}

extension ConcaveGroupwiseRegularizer {
    /// `GroupMCP(columns)`, the type with the groups.
    public var name: String { "\(Self.self)(\(groups))" }

    /// One function for all groups.
    public var properties: CompositionProperties { .groupsAlike }

    /// φ(‖w‖).
    @inlinable
    public func value(atNorm norm: Double, of group: Group) -> Double { elementwise.value(atMagnitude: norm) }

    /// φ′(‖w‖).
    @inlinable
    public func derivative(atNorm norm: Double, of group: Group) -> Double {
        elementwise.derivative(atMagnitude: norm)
    }

    /// The proximal point of φ.
    @inlinable
    public func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double {
        elementwise.proximalMagnitude(of: norm, scale: scale)
    }

    /// Moves every group to its proximal point: in a metric by one root where all scales are within the convex range,
    /// else to the best of all stationary points, which are looked for in fine steps.
    @inlinable
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        if let scale = scales.uniform { return multiplyGroups(of: &weights, scale: scale) }
        weights.applyProx(of: elementwise, groups, scales)
    }
}

extension ConcaveGroupwiseRegularizer where Self: Codable, Elementwise: Codable {
    /// Reads `groups`, and beside it what the regularizer of elements reads.
    public init(from decoder: any Decoder) throws {
        let groups = try decoder.container(keyedBy: NameKey.self).decode(
            Groups.self, forKey: NameKey("groups"))
        self.init(groups, try Elementwise(from: decoder))
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: NameKey.self)
        try values.encode(groups, forKey: NameKey("groups"))
        try elementwise.encode(to: encoder)
    }
}
