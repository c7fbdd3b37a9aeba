import Regularization

/// Σ √|w|, which is not convex.
struct ClaimsConvexity: ElementwiseRegularizer {
    var properties: CompositionProperties { .convex }
    func value(at weight: Float) -> Double { Double(abs(weight)).squareRoot() }
}

/// The count of nonzeros with its hard threshold, which jumps.
struct ClaimsConvexityOfACount: ProximalElementwiseRegularizer {
    var properties: CompositionProperties { .convex }
    func value(at weight: Float) -> Double { weight == 0 ? 0 : weight.isNaN ? .nan : 1 }
    func proximalPoint(of weight: Float, scale: Float) -> Float {
        abs(weight) <= (2 * scale).squareRoot() ? 0 : weight
    }
}

/// ½Σw², which is homogeneous of degree two.
struct ClaimsHomogeneity: ElementwiseRegularizer {
    var properties: CompositionProperties { [.convex, .positivelyHomogeneous] }
    func value(at weight: Float) -> Double { 0.5 * Double(weight) * Double(weight) }
}

/// The norm of the whole tensor, which is no sum over elements.
struct ClaimsElementwise: Regularizer {
    var structure: Structure { .elementwise }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { GroupLasso(.whole).value(at: weights) }
}

/// Each element's magnitude by its place.
struct ClaimsUniform: Regularizer {
    var structure: Structure { .elementwise }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double {
        (0..<weights.count).reduce(0) { $0 + Double($1 + 1) * abs(Double(weights[$1])) }
    }
}

/// The indicator of −2, 0 and 2, whose points are within an interval but are no interval, and which is not convex.
struct ClaimsInterval: ProximalRegularizer {
    var structure: Structure { .interval(-2...2) }
    var properties: CompositionProperties { .convex }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double {
        weights.elements.indices.allSatisfy { [-2, 0, 2].contains(weights[$0]) } ? 0 : .infinity
    }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        for index in 0..<weights.count {
            weights[index] = 2 * min(max((weights[index] / 2).rounded(), -1), 1)
        }
    }
}

/// The largest magnitude of the tensor, which is no sum over its rows.
struct ClaimsGroups: Regularizer {
    var structure: Structure { .grouped(.rows) }
    func check(_ shape: Shape) throws { try Groups.rows.check(shape) }
    func value(at weights: Weights) -> Double {
        weights.elements.indices.reduce(0) { max($0, abs(Double(weights[$1]))) }
    }
}

/// The sum of the positive elements, which falls where signs change.
struct ClaimsMonotony: Regularizer {
    var properties: CompositionProperties { .monotoneInMagnitudes }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double {
        weights.elements.indices.reduce(0) { $0 + max(0, Double(weights[$1])) }
    }
}

/// The first element's magnitude.
struct ClaimsInvariance: Regularizer {
    var properties: CompositionProperties { .permutationInvariant }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { weights.count == 0 ? 0 : abs(Double(weights[0])) }
}

/// The norm, which is linear along rays alone.
struct ClaimsLinearity: Regularizer {
    var properties: CompositionProperties { [.linearInOrder, .linearInOrderOfMagnitudes] }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double {
        GroupLasso(.whole, weighting: .none).value(at: weights)
    }
}

/// L1, which rotating a row changes.
struct ClaimsRadial: Regularizer {
    var structure: Structure { .radial(.rows) }
    func check(_ shape: Shape) throws { try Groups.rows.check(shape) }
    func value(at weights: Weights) -> Double { L1().value(at: weights) }
}

/// The largest norm of a row, which is no sum over the rows.
struct ClaimsSumOverGroups: Regularizer {
    var structure: Structure { .radial(.rows) }
    func check(_ shape: Shape) throws { try Groups.rows.check(shape) }
    func value(at weights: Weights) -> Double {
        (0..<weights.shape.rows).reduce(0) {
            max($0, weights.norm(of: Groups.rows.group($1, in: weights.shape)))
        }
    }
}

/// The largest L1 norm of a row, which is no function of the L2 norms.
struct ClaimsNorms: Regularizer {
    var structure: Structure { .normwise(.rows) }
    func check(_ shape: Shape) throws { try Groups.rows.check(shape) }
    func value(at weights: Weights) -> Double {
        (0..<weights.shape.rows).reduce(0) { largest, row in
            max(
                largest,
                Groups.rows.group(row, in: weights.shape).reduce(0) { $0 + abs(Double(weights[$1])) })
        }
    }
}

/// Falls with the norms of the rows.
struct ClaimsRisingNorms: Regularizer {
    var structure: Structure { .normwise(.rows) }
    func check(_ shape: Shape) throws { try Groups.rows.check(shape) }
    func value(at weights: Weights) -> Double {
        1 / (1 + GroupLasso(.rows, weighting: .none).value(at: weights))
    }
}

/// The norm of all elements, of which one is in no group.
struct ForgetsAnElement: Regularizer {
    var structure: Structure { .normwise(.indexSets([[0, 1], [2]])) }
    func check(_ shape: Shape) throws {
        if shape.count < 4 { throw ShapeError("\(shape) has fewer than four elements") }
    }
    func value(at weights: Weights) -> Double {
        GroupLasso(.whole, weighting: .none).value(at: weights)
    }
}

/// L1 of the elements, which is not that of the singular values.
struct ClaimsSingularValues: SpectralRegularizer {
    var ofSingularValues: any Regularizer { L1() }
    func check(_ shape: Shape) throws { try NuclearNorm().check(shape) }
    func value(at weights: Weights) -> Double { L1().value(at: weights) }
}

/// The largest singular value, said to be their sum.
struct ClaimsAnotherFunction: SpectralRegularizer {
    var ofSingularValues: any Regularizer { L1() }
    func check(_ shape: Shape) throws { try SpectralNorm().check(shape) }
    func value(at weights: Weights) -> Double { SpectralNorm().value(at: weights) }
}

/// The sum of the singular values, said to be weighted by their order.
struct ClaimsAnOrder: SpectralRegularizer {
    var ofSingularValues: any Regularizer { WeightedL1([1, 0.5]) }
    func check(_ shape: Shape) throws {
        try NuclearNorm().check(shape)
        if min(shape.rows, shape.columns) != 2 { throw ShapeError("\(shape) has no two singular values") }
    }
    func value(at weights: Weights) -> Double {
        (NuclearNorm().value(at: weights) + SpectralNorm().value(at: weights)) / 2
    }
}

/// Twice as sharp as it says.
struct ClaimsHalfTheKink: ElementwiseRegularizer {
    var kink: Kink { .elements { _ in 0.5 } }
    func value(at weight: Float) -> Double { Double(abs(weight)) }
}

/// Less sharp than it says, by one in a thousand.
struct ClaimsAKink: ElementwiseRegularizer {
    var kink: Kink { .elements { _ in 1.001 } }
    func value(at weight: Float) -> Double { Double(abs(weight)) }
}

/// As sharp as it says, but lower further out.
struct ClaimsAConcaveKink: ElementwiseRegularizer {
    var kink: Kink { .elements { _ in 1 } }
    func value(at weight: Float) -> Double { MCP(threshold: 1, concavity: 3).value(at: weight) }
}

/// The constraint that no element is negative, which is flat on one side.
struct ClaimsFlatness: ElementwiseRegularizer {
    var kink: Kink { .flat }
    func value(at weight: Float) -> Double { Nonnegative().value(at: weight) }
}

/// The norms of rows, without the weights that it says.
struct ClaimsWeightedKinks: GroupwiseRegularizer {
    let groups = Groups.rows
    var kink: Kink { .groups(.rows) { group in group.index == 1 ? 2 : 1 } }
    func value(atNorm norm: Double, of group: Group) -> Double { norm }
}

/// Σw², which is twice the ridge that it claims.
struct ClaimsHalfTheRidge: Regularizer {
    var structure: Structure { .ridge(1) }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { 2 * SquaredL2().value(at: weights) }
}
