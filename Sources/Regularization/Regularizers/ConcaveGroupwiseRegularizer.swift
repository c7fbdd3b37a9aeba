/// A sum over groups of a concave function of their norms: R(w) = Σ_g φ(‖w_g‖₂).
///
/// φ is the function of a `ConcaveElementwiseRegularizer`. A conforming type has the two properties and the
/// initializer, and is then complete for both stages and in every diagonal metric. It is `Codable` without more code if
/// the regularizer of elements is; the keys of that one stand beside `groups`:
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
    /// The type of the regularizer of elements that has the φ.
    associatedtype Elementwise: ConcaveElementwiseRegularizer

    /// The regularizer of elements that has the φ.
    var elementwise: Elementwise { get }

    /// Makes the regularizer of groups with the φ of a regularizer of elements.
    init(_ groups: Groups, _ elementwise: Elementwise)
}

extension ConcaveGroupwiseRegularizer {
    /// The type with the groups, as `GroupMCP(columns)`.
    public var name: String { "\(Self.self)(\(groups))" }

    /// `.groupsAlike`, since φ is the same for all groups.
    public var properties: CompositionProperties { .groupsAlike }

    /// φ(‖w_g‖).
    @inlinable
    public func value(atNorm norm: Double, of group: Group) -> Double { elementwise.value(atMagnitude: norm) }

    /// φ′(‖w_g‖).
    @inlinable
    public func derivative(atNorm norm: Double, of group: Group) -> Double {
        elementwise.derivative(atMagnitude: norm)
    }

    /// The proximal point of ‖w_g‖ under φ.
    @inlinable
    public func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double {
        elementwise.proximalMagnitude(of: norm, scale: scale)
    }

    /// Moves every group to its proximal point.
    ///
    /// In a diagonal metric the point of a group is found as one root if all its scales are within
    /// `largestConvexScale`. Otherwise it is the best of all stationary points, which are searched for in fine steps.
    /// Traps if the counts of weights and scales differ.
    @inlinable
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        if let scale = scales.uniform { return multiplyGroups(of: &weights, scale: scale) }
        weights.applyProx(of: elementwise, groups, scales)
    }
}

extension ConcaveGroupwiseRegularizer where Self: Codable, Elementwise: Codable {
    /// Reads `groups`, and in the same container the keys of the regularizer of elements.
    public init(from decoder: any Decoder) throws {
        let groups = try decoder.container(keyedBy: NameKey.self).decode(
            Groups.self, forKey: NameKey("groups"))
        self.init(groups, try Elementwise(from: decoder))
    }

    /// Writes the keys that `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: NameKey.self)
        try values.encode(groups, forKey: NameKey("groups"))
        try elementwise.encode(to: encoder)
    }
}
