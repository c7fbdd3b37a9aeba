/// The regularizers that configurations can name: the built-in ones, and those that are added.
///
///     let registry = RegularizerRegistry.builtIn.adding(Charbonnier.self)
///
/// A registry is a value and is given to the coder that reads or writes penalties; nothing is global. With
/// Foundation's coders:
///
///     decoder.userInfo[.regularizers] = registry
///     let penalties = try decoder.decode([Penalty].self, from: data)
///
/// A coder without a registry knows the built-in regularizers. The product `RegularizationJSON` gives the registry to
/// its coders, and turns errors into sentences.
public struct RegularizerRegistry: Sendable {
    private var types: [String: any (Regularizer & Codable).Type] = [:]
    private var namesOfTypes: [ObjectIdentifier: String] = [:]

    /// The names of all regularizers, in alphabetical order.
    public var names: [String] { types.keys.sorted() }

    /// This registry with one more regularizer, named as its type unless a name is given.
    ///
    /// The type's `encode(to:)` has to write every key that its `init(from:)` reads, keys with a default too, as
    /// synthesized coding does: a key that is not written again counts as misspelled. A type that is added under two
    /// names can be read by both and is written by the later one.
    ///
    /// Traps if the name belongs to another type or to a composition (`sum`, `multiple`, `iterative`).
    public func adding<R: Regularizer & Codable>(_ type: R.Type, as name: String? = nil) -> Self {
        let name = name ?? String(describing: type)
        let id = ObjectIdentifier(type)
        require(
            CompositionName(rawValue: name) == nil && types[name].map { ObjectIdentifier($0) == id } ?? true,
            "\"\(name)\" is the name of another regularizer; register \(type) under a name of its own.")
        var copy = self
        copy.types[name] = type
        copy.namesOfTypes[id] = name
        return copy
    }

    /// The type of that name; nil if there is none.
    subscript(name: String) -> (any (Regularizer & Codable).Type)? { types[name] }

    /// The name under which a type is written; nil if the type is not in the registry.
    package func name(of type: any Any.Type) -> String? { namesOfTypes[ObjectIdentifier(type)] }

    init() {}
}

extension CodingUserInfoKey {
    /// The key under which a coder's user information holds its `RegularizerRegistry`.
    public static let regularizers = CodingUserInfoKey(rawValue: "regularizers")!
}

extension [CodingUserInfoKey: Any] {
    /// The registry that was given to a coder, or the built-in one.
    var registry: RegularizerRegistry { self[.regularizers] as? RegularizerRegistry ?? .builtIn }
}

extension RegularizerRegistry {
    /// The registry of the regularizers in this module.
    public static let builtIn = RegularizerRegistry()
        .adding(Box.self)
        .adding(GroupL0Ball.self)
        .adding(GroupLInfinity.self)
        .adding(GroupLasso.self)
        .adding(GroupMCP.self)
        .adding(GroupSCAD.self)
        .adding(Huber.self)
        .adding(L0.self)
        .adding(L0Ball.self)
        .adding(L1.self)
        .adding(L1Ball.self)
        .adding(L2Ball.self)
        .adding(L2Sphere.self)
        .adding(LHalf.self)
        .adding(LogCosh.self)
        .adding(LogSum.self)
        .adding(MCP.self)
        .adding(MutualCoherence.self)
        .adding(NestedGroupLasso.self)
        .adding(Nonnegative.self)
        .adding(NuclearNorm.self)
        .adding(Orthogonality.self)
        .adding(RankBall.self)
        .adding(SCAD.self)
        .adding(SRIP.self)
        .adding(Simplex.self)
        .adding(SortedL1.self)
        .adding(SpectralNorm.self)
        .adding(SquaredDistance.self)
        .adding(SquaredL2.self)
        .adding(Stiefel.self)
        .adding(TotalVariation.self)
        .adding(WeightedL1.self)
}
