import Regularization

/// Regularizers that state of themselves what is not so.
let wrongClaims: [BrokenRegularizer] = [
    convexity, sums, ofOrders, ofNorms, points, spectra, kinks,
].flatMap { $0 }

private let convexity: [BrokenRegularizer] =
    [
        breaking(
            .isConvex,
            ValuedByElement(name: "Σ √|w| convex", properties: .convex) { Double(abs($0)).squareRoot() },
            OfThreeNumbers()),
        breaking(
            .isFirmlyNonexpansive,
            // The hard threshold jumps.
            ProximalByElement(name: "a count convex", properties: .convex) {
                $0 == 0 ? 0 : $0.isNaN ? .nan : 1
            } point: {
                abs($0) <= (2 * $1).squareRoot() ? 0 : $0
            }),
        breaking(
            .isPositivelyHomogeneous,
            ValuedByElement(name: "½Σw² homogeneous", properties: [.convex, .positivelyHomogeneous]) {
                0.5 * Double($0) * Double($0)
            }),
        breaking(
            .isRidge,
            Valued(name: "2 SquaredL2, a ridge", structure: .ridge(1), value: value(of: 2 * SquaredL2()))),
        breaking(.isInterval, OfThreeNumbers()),
    ].flatMap { $0 }

/// The indicator of −2, 0 and 2, whose points are within an interval but are no interval, and which is not convex.
private struct OfThreeNumbers: ProximalRegularizer {
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

private let sums: [BrokenRegularizer] =
    [
        breaking(
            .isElementwise,
            Valued(
                name: "the norm of all, elementwise", structure: .elementwise,
                value: value(of: GroupLasso(.whole)))),
        breaking(
            .isUniform,
            Valued(name: "by place, elementwise", structure: .elementwise) { w, _ in
                w.indices.reduce(0) { $0 + Double($1 + 1) * abs(Double(w[$1])) }
            }),
        breaking(
            .isSumOverGroups,
            Valued(name: "the largest magnitude, grouped", structure: .grouped(.rows), accepts: areRows) {
                w, _ in
                w.reduce(0) { max($0, abs(Double($1))) }
            }),
    ].flatMap { $0 }

private let ofOrders: [BrokenRegularizer] = {
    let norm = Valued(
        name: "the norm, linear in order", properties: [.linearInOrder, .linearInOrderOfMagnitudes],
        value: value(of: GroupLasso(.whole, weighting: .none)))
    return [
        breaking(
            .isMonotoneInMagnitudes,
            Valued(name: "the positive elements, monotone", properties: .monotoneInMagnitudes) { w, _ in
                sum(w) { max(0, $0) }
            }),
        breaking(
            .isPermutationInvariant,
            Valued(name: "the first element, invariant", properties: .permutationInvariant) { w, _ in
                w.isEmpty ? 0 : abs(Double(w[0]))
            }),
        breaking(.isLinearInOrder, norm),
        breaking(.isLinearInOrderOfMagnitudes, norm),
    ].flatMap { $0 }
}()

@Sendable private func areRows(_ shape: Shape) -> Bool { (try? Groups.rows.check(shape)) != nil }

/// A value of matrices that is said to be of the norms of rows.
private func ofRows(_ name: String, _ structure: Structure, _ value: @escaping TensorFunction<Double>)
    -> Valued
{
    Valued(name: name, structure: structure, accepts: areRows, value: value)
}

private let ofNorms: [BrokenRegularizer] =
    [
        breaking(
            .isRadial,
            // Rotating a row changes it.
            ofRows("L1, radial", .radial(.rows), value(of: L1())),
            ofRows("the largest norm of a row, radial", .radial(.rows)) { w, s in
                rows(w, s).reduce(0) { max($0, norm($1)) }
            }),
        breaking(
            .isNormwise,
            ofRows("the largest L1 norm of a row, normwise", .normwise(.rows)) { w, s in
                rows(w, s).reduce(0) { max($0, sum($1) { abs($0) }) }
            },
            ofRows("falling with norms, normwise", .normwise(.rows)) { w, s in
                1 / (1 + rows(w, s).reduce(0) { $0 + norm($1) })
            },
            Valued(
                name: "an element in no group, normwise", structure: .normwise(.indexSets([[0, 1], [2]])),
                accepts: { $0.count > 3 }, value: value(of: GroupLasso(.whole, weighting: .none)))),
    ].flatMap { $0 }

private let points: [BrokenRegularizer] =
    [
        breaking(
            .isClamping,
            // The soft threshold moves all elements, and not to a bound.
            Proximal(
                Valued(
                    name: "L1, clamping", structure: .grouped(.rows), properties: [.convex, .clamping],
                    accepts: areRows, value: value(of: L1()))
            ) { w, s, t in w.moved(s, by: L1(), t) },
            MetricProximal(
                Valued(
                    name: "the largest magnitude, clamping in a metric by the rule for equal scales",
                    properties: .clamping, value: value(of: GroupLInfinity(.whole)))
            ) { w, s, t in
                w.moved(s, by: GroupLInfinity(.whole), t)
            } metric: { w, s, sizes, factor, ridge in
                w.moved(s, by: L1(), sizes, factor: factor, ridge: ridge)
            }),
        breaking(
            .keepsLargest,
            Proximal(
                Valued(
                    name: "keeps as many as are large", properties: .keepingLargest, value: value(of: L0()))
            ) { w, s, t in w.moved(s, by: L0(), t) },
            Proximal(
                Valued(
                    name: "keeps the first two", properties: .keepingLargest,
                    value: value(of: L0Ball(count: 2)))
            ) { w, _, _ in
                var nonzeros = 0
                return w.map { weight in
                    if weight != 0 { nonzeros += 1 }
                    return nonzeros > 2 ? 0 : weight
                }
            }),
        breaking(
            .dependsOnSupport,
            ValuedByElement(name: "L1 of the support alone", properties: .supportOnly) { Double(abs($0)) }),
    ].flatMap { $0 }

/// A value that is said to be a function of the singular values.
private struct Spectral: SpectralRegularizer {
    let name: String
    let ofSingularValues: any Regularizer
    var accepts: @Sendable (Shape) -> Bool = { (try? NuclearNorm().check($0)) != nil }
    let claimed: TensorFunction<Double>
    func check(_ shape: Shape) throws { if !accepts(shape) { throw ShapeError("not of \(shape)") } }
    func value(at weights: Weights) -> Double { claimed(weights.array, weights.shape) }
}

private let spectra: [BrokenRegularizer] = breaking(
    .isSpectral,
    Spectral(
        name: "L1 of elements as of singular values", ofSingularValues: L1(), claimed: value(of: L1())),
    Spectral(
        name: "the largest singular value as the sum", ofSingularValues: L1(),
        claimed: value(of: SpectralNorm())),
    Spectral(
        name: "the sum of singular values as weighted by order", ofSingularValues: WeightedL1([1, 0.5]),
        accepts: { $0.rank > 1 && min($0.rows, $0.columns) == 2 },
        claimed: { w, s in
            w.withSpan(s) { (NuclearNorm().value(at: $0) + SpectralNorm().value(at: $0)) / 2 }
        }))

/// The norms of rows, without the weights that it says.
private struct StatesWeightedKinks: GroupwiseRegularizer {
    let groups = Groups.rows
    var kink: Kink { .groups(.rows) { group in group.index == 1 ? 2 : 1 } }
    func value(atNorm norm: Double, of group: Group) -> Double { norm }
}

private func kinked(
    _ name: String, _ kink: Kink, _ value: @escaping @Sendable (Float) -> Double = { Double(abs($0)) }
) -> ValuedByElement {
    ValuedByElement(name: name, kink: kink, phi: value)
}

private let kinks: [BrokenRegularizer] = breaking(
    .isAsSharpAsStated,
    kinked("twice as sharp as it says", .elements { _ in 0.5 }),
    kinked("less sharp than it says, by one in a thousand", .elements { _ in 1.001 }),
    // As sharp as it says, but lower further out.
    kinked("a concave kink", .elements { _ in 1 }) { MCP(threshold: 1, concavity: 3).value(at: $0) },
    // The constraint that no element is negative is flat on one side.
    kinked("flat", .flat) { Nonnegative().value(at: $0) },
    StatesWeightedKinks())
