/// A sum over the units of a layer of one function of all the weights that belong to a unit.
///
///     R(W, b, V) = Σⱼ A(W[j, :], b[j], V[:, j])
///
/// Unit j of a linear layer has its incoming weights in row j of the layer's weights W, its bias in b, and its
/// outgoing weights in column j of the next layer's weights V. A is any regularizer of a vector, in which they stand
/// one after the other. With a group norm a unit is kept or removed as a whole:
///
///     UnitGroupLasso()                                  // A = GroupLasso(.whole)
///     Unitwise(GroupMCP(.whole, threshold: 1, concavity: 3))
///     Unitwise(L1() + GroupLasso(.whole), of: [.incoming, .bias])
///
/// - Shape: one tensor for each role, with as many units each; weights of rank 2 or more, `[out, in, …]`.
/// - Gradient, proximal point, metric: where A has them, those of A at each unit's vector.
/// - Composition: with nothing else on these tensors; the properties of A. A tensor that is V of one layer and W of
///   the next is in two units' groups, which overlap: that is a loss term, not a proximal step.
/// - Edge cases: those of A, a layer without units has the value 0.
/// - Complexity: that of A for each unit, and a copy of the weights. Vectors of more than 16,384 elements are
///   allocated.
/// - Source: Scardapane, Comminiello, Hussain, Uncini, "Group sparse regularization for deep neural networks", 2017,
///   for outgoing weights; Alvarez, Salzmann, "Learning the Number of Neurons in Deep Networks", 2016, for incoming
///   ones with the bias.
public struct Unitwise<Base: Regularizer>: CoupledRegularizer {
    /// The regularizer A of a unit's vector.
    public let base: Base
    /// What each tensor is to the units.
    public let roles: [UnitRole]

    /// Makes the regularizer; traps unless there is a role.
    public init(_ base: Base, of roles: [UnitRole] = UnitRole.allCases) {
        refuse(rolesFlaw(roles))
        self.base = base
        self.roles = roles
    }

    /// `Unitwise(A)`.
    public var name: String { "Unitwise(\(base.name))" }

    /// The properties of A.
    public var properties: CompositionProperties { base.properties }

    /// Accepts one tensor for each role, with as many units each, whose vectors A accepts.
    public func check(_ shapes: [Shape]) throws {
        guard shapes.count == roles.count else {
            throw ShapeError(
                "units by \(roles.map(\.rawValue)) are in \(roles.count) tensors, not \(shapes.count)")
        }
        for (role, shape) in zip(roles, shapes) { try role.check(shape) }
        let counts = zip(roles, shapes).map { $0.units(in: $1) }
        guard counts.allSatisfy({ $0 == counts[0] }) else {
            throw ShapeError("tensors of \(shapes) have \(counts) units, but need as many each")
        }
        if counts[0] > 0 { try base.check(Shape(vector: shapes.reduce(0) { $0 + $1.count } / counts[0])) }
    }

    /// Σⱼ A(unit j).
    public func value(at weights: CoupledWeights) -> Double {
        var sum = 0.0
        forEachUnit(of: weights) { sum += base.value(at: $0) }
        return sum
    }

    /// Calls a function with the vector of each unit.
    private func forEachUnit(of weights: CoupledWeights, _ body: (Weights) -> Void) {
        let units = Units(roles, in: weights)
        withVectors(of: units.blockCount) { vectors, _ in
            units.forEachBlock { block in
                units.gather(block, of: weights, into: &vectors)
                for unit in block {
                    let vector = vectors.span.extracting(units.place(of: unit, in: block))
                    body(Weights(shape: units.shape, vector))
                }
            }
        }
    }
}

/// `Unitwise` of any regularizer.
protocol UnitwiseRegularizer: CoupledRegularizer {
    var anyBase: any Regularizer { get }
    var roles: [UnitRole] { get }

    /// The number of units of which every weight is exactly zero.
    func deadUnits(of weights: CoupledWeights) -> Int
}

extension CoupledRegularizer {
    /// The regularizers that it is made of, or itself.
    package var leaves: [Any] { (self as? any UnitwiseRegularizer)?.anyBase.leaves ?? [self] }
}

extension Unitwise: UnitwiseRegularizer {
    var anyBase: any Regularizer { base }

    func deadUnits(of weights: CoupledWeights) -> Int {
        var dead = 0
        forEachUnit(of: weights) { if $0.count > 0, $0.exactZeros == $0.count { dead += 1 } }
        return dead
    }
}

extension Unitwise: DifferentiableCoupledRegularizer where Base: DifferentiableRegularizer {
    /// Adds the gradient of A at every unit.
    public func addGradient(
        at weights: CoupledWeights, scale: Float, to gradient: inout MutableCoupledWeights
    ) {
        let units = Units(roles, in: weights)
        withVectors(of: units.blockCount) { vectors, slopes in
            units.forEachBlock { block in
                units.gather(block, of: weights, into: &vectors)
                units.gather(block, of: gradient.weights, into: &slopes)
                for unit in block {
                    let place = units.place(of: unit, in: block)
                    var slope = MutableWeights(shape: units.shape, slopes._mutatingExtracting(place))
                    let vector = Weights(shape: units.shape, vectors.span.extracting(place))
                    base.addGradient(at: vector, scale: scale, to: &slope)
                }
                units.scatter(block, from: slopes.span, to: &gradient)
            }
        }
    }
}

extension Unitwise: ProximalCoupledRegularizer where Base: ProximalRegularizer {
    /// Why A has no proximal point, or nil.
    public var refusal: String? { base.refusal }

    /// Moves every unit to the proximal point of A.
    public func applyProx(to weights: inout MutableCoupledWeights, scale: Float) {
        let units = Units(roles, in: weights.weights)
        withVectors(of: units.blockCount) { vectors, _ in
            units.forEachBlock { block in
                units.gather(block, of: weights.weights, into: &vectors)
                for unit in block {
                    let place = units.place(of: unit, in: block)
                    var vector = MutableWeights(shape: units.shape, vectors._mutatingExtracting(place))
                    base.applyProx(to: &vector, scale: scale)
                }
                units.scatter(block, from: vectors.span, to: &weights)
            }
        }
    }
}

extension Unitwise: MetricProximalCoupledRegularizer where Base: MetricProximalRegularizer {
    /// Why A has no proximal point in a diagonal metric, or nil.
    public var metricRefusal: String? { base.metricRefusal }

    /// Moves every unit to the proximal point of A in the metric.
    public func applyProx(to weights: inout MutableCoupledWeights, scales: CoupledScales) {
        let units = Units(roles, in: weights.weights)
        withVectors(of: units.blockCount) { vectors, sizes in
            units.forEachBlock { block in
                units.gather(block, of: weights.weights, into: &vectors)
                units.gather(block, of: scales.steps, into: &sizes)
                for unit in block {
                    let place = units.place(of: unit, in: block)
                    var vector = MutableWeights(shape: units.shape, vectors._mutatingExtracting(place))
                    let scales = Scales(sizes.span.extracting(place), factor: scales.factor)
                    base.applyProx(to: &vector, scales: scales)
                }
                units.scatter(block, from: vectors.span, to: &weights)
            }
        }
    }
}

/// The group lasso of units: a unit's incoming weights, bias and outgoing weights are one group, √size its weight.
///
///     R(W, b, V) = Σⱼ ωⱼ √(‖W[j, :]‖² + b[j]² + ‖V[:, j]‖²)
///
/// As a proximal step it makes all weights of a unit zero together, so that the unit can be removed from the network.
public typealias UnitGroupLasso = Unitwise<GroupLasso>

extension Unitwise<GroupLasso> {
    /// Makes the group lasso of units; weighted by √size, or not.
    public init(weighting: GroupWeighting = .squareRootOfSize, of roles: [UnitRole] = UnitRole.allCases) {
        self.init(GroupLasso(.whole, weighting: weighting), of: roles)
    }
}
