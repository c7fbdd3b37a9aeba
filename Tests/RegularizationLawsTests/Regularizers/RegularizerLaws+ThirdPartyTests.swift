import Regularization
import RegularizationLaws
import Testing

/// What somebody else writes, by the public interface alone, takes part by what it states.
@Suite("A third party's regularizers compose and have a zeroing strength by what they state")
struct RegularizerLawsThirdPartyTests {
    @Test("By clamping a regularizer may follow what is linear in order, in a diagonal metric too")
    func clamping() throws {
        let sum = TotalVariation(along: .rows) + RowCeiling(bound: 0.5)
        #expect(try order(of: sum, under: Adam(learningRate: 0.1)).contains("(order of elements kept)"))
        expectNoViolation(of: RowCeiling(bound: 0.5))
        expectNoViolation(of: sum)
        var silent = RowCeiling(bound: 0.5)
        silent.properties.remove(.clamping)
        let other = TotalVariation(along: .rows) + silent
        #expect(other.refusal == nil && other.metricRefusal != nil)
    }

    @Test("By keeping the largest it may come first, and by depending on the support last in every metric")
    func largest() throws {
        let sum = Presence() + KeepsTwo()
        #expect(try order(of: sum, under: Adam(learningRate: 0.1)).contains("(largest elements first)"))
        expectNoViolation(of: KeepsTwo())
        expectNoViolation(of: Presence())
        expectNoViolation(of: sum)
        let root = LHalf() + KeepsTwo()
        #expect(root.refusal == nil && root.metricRefusal != nil)
        #expect((KeepsTwo() + L0Ball(.rows, count: 1)).metricRefusal == nil)
    }

    @Test("As a function of norms that is no sum it may follow a sum over the groups")
    func norms() throws {
        let sum = LargestRowNorm() + GroupLasso(.rows, weighting: .none)
        #expect(try order(of: sum, under: SGD(learningRate: 0.1)).contains("(radial last)"))
        expectNoViolation(of: LargestRowNorm())
        expectNoViolation(of: sum)
        expectNoViolation(of: LargestRowNorm() + TotalVariation(along: .rows) + L1())
        #expect((LargestRowNorm() + GroupLasso(.columns)).refusal != nil)
    }

    @Test("As a function of singular values it composes as that of a vector does")
    func singularValues() throws {
        let sum = TwiceTheNuclearNorm() + RankBall(rank: 1)
        #expect(try order(of: sum, under: SGD(learningRate: 0.1)).contains("singular values"))
        expectNoViolation(of: TwiceTheNuclearNorm(), shapes: [[2, 3], [3, 3], [4, 1]])
        expectNoViolation(of: sum, shapes: [[2, 3], [3, 3]])
    }

    @Test("Infinity becomes no number by a clamp that adds w − w, nor by what is given for a norm")
    func infinity() {
        expectNoViolation(of: Clamp())
        expectNoViolation(of: BoundedRows())
    }

    @Test("By its kink it has a zeroing strength, alone and in a sum")
    func kinks() throws {
        let gradient: [Float] = [1, -4, 2, 0.5, 3, -0.25]
        let weights = Weights(shape: [2, 3], gradient.span)
        expectNoViolation(of: Depth())
        expectNoViolation(of: RowNorms())
        expectNoViolation(of: FlatSquares())
        #expect(try Depth().smallestZeroingStrength(gradient: weights) == 2)
        let sum = FlatSquares() + 2 * (0.5 * Depth() + FlatSquares())
        #expect(try sum.zeroingStrengths(gradient: weights) == [1, 2, 2 / 3, 0.125, 0.6, 0.25 / 6])
        let rows = try RowNorms().zeroingStrengths(gradient: weights)
        let expected = [(21.0).squareRoot(), (9.3125).squareRoot() / 3]
        #expect(zip(rows, expected).allSatisfy { abs($0 - $1) < 1e-12 }, "\(rows), not \(expected)")
        let both = try (RowNorms() + GroupLasso(.rows, weighting: .none) + L1()).zeroingStrengths(
            gradient: weights)
        #expect(both.count == 2 && both[1] < rows[1])
        #expect(throws: ZeroingStrengthError.unknown(regularizer: "KeepsTwo")) {
            try (L1() + KeepsTwo()).smallestZeroingStrength(gradient: weights)
        }
    }

    /// The table of a plan with the sum as its only proximal step, with the rules by which it is exact.
    private func order(of sum: some ProximalRegularizer, under optimizer: some Optimizer) throws -> String {
        let values: [Float] = [1, -2, 0.5, 0.25, 3, 0.75]
        let parameters = Parameters([(name: "layer.weight", shape: [2, 3], values: values)])
        let penalty = Penalty.proximalStep(sum, strength: 1)
        return try PenaltyPlan([penalty], over: parameters, under: optimizer).description
    }
}

/// No magnitude of a row above a bound.
private struct RowCeiling: MetricProximalRegularizer {
    let bound: Float
    var structure: Structure { .grouped(.rows) }
    var properties: CompositionProperties = [
        .convex, .monotoneInMagnitudes, .permutationInvariant, .clamping,
    ]
    func check(_ shape: Shape) throws { try Groups.rows.check(shape) }
    func value(at weights: Weights) -> Double { Box(-bound...bound).value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        for index in 0..<weights.count where weights[index].isFinite {
            weights[index] = min(max(weights[index], -bound), bound)
        }
    }
    func applyProx(to weights: inout MutableWeights, scales: Scales) { applyProx(to: &weights, scale: 1) }
}

/// Every element in −1...1.
private struct Clamp: ProximalElementwiseRegularizer {
    func value(at weight: Float) -> Double { weight.isNaN ? .nan : abs(weight) <= 1 ? 0 : .infinity }
    func proximalPoint(of weight: Float, scale: Float) -> Float {
        (weight <= -1 ? -1 : weight >= 1 ? 1 : weight) + (weight - weight)
    }
}

/// The length of each row up to 1, by a norm that is wrong at infinity.
private struct BoundedRows: ProximalGroupwiseRegularizer {
    let groups = Groups.rows
    func value(atNorm norm: Double, of group: Group) -> Double {
        norm.isNaN ? norm : norm <= 1 + 1e-5 ? 0 : .infinity
    }
    func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double { norm <= 1 ? norm : 1 }
    var metricRefusal: String? { "it is not needed here" }
}

/// At most two elements that are not zero.
private struct KeepsTwo: MetricProximalRegularizer {
    var properties: CompositionProperties {
        [.monotoneInMagnitudes, .permutationInvariant, .keepingLargest, .supportOnly]
    }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double {
        let elements = (0..<weights.count).map { weights[$0] }
        return !elements.allSatisfy(\.isFinite) ? .nan : elements.count { $0 != 0 } <= 2 ? 0 : .infinity
    }
    func applyProx(to weights: inout MutableWeights, scale: Float) { keepTwo(&weights) { _ in 1 } }
    func applyProx(to weights: inout MutableWeights, scales: Scales) { keepTwo(&weights) { scales[$0] } }

    private func keepTwo(_ weights: inout MutableWeights, scale: (Int) -> Float) {
        var gains: [Double] = []
        for index in 0..<weights.count {
            let square = Double(weights[index]) * Double(weights[index])
            gains.append(square == 0 ? 0 : !square.isFinite ? .infinity : square / Double(scale(index)))
        }
        let order = gains.indices.sorted { gains[$0] == gains[$1] ? $0 < $1 : gains[$0] > gains[$1] }
        for index in order.dropFirst(2) where weights[index].isFinite { weights[index] = 0 }
    }
}

/// The number of elements that are not zero.
private struct Presence: ProximalElementwiseRegularizer {
    var properties: CompositionProperties { [.monotoneInMagnitudes, .supportOnly] }
    func value(at weight: Float) -> Double { weight.isNaN ? .nan : weight == 0 ? 0 : 1 }
    func proximalPoint(of weight: Float, scale: Float) -> Float {
        abs(weight) <= (2 * scale).squareRoot() ? 0 : weight
    }
}

/// The largest norm of a row.
private struct LargestRowNorm: ProximalRegularizer {
    var structure: Structure { .normwise(.rows) }
    var properties: CompositionProperties { [.convex, .positivelyHomogeneous] }
    func check(_ shape: Shape) throws { try Groups.rows.check(shape) }
    func value(at weights: Weights) -> Double {
        norms(of: weights).reduce(0) { $1 <= $0 ? $0 : $0.isNaN ? $0 : $1 }
    }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        let norms = norms(of: weights.readOnly).map { Float($0) }
        var limited = norms
        var view = MutableWeights(shape: [norms.count], limited.mutableSpan)
        GroupLInfinity(.whole).applyProx(to: &view, scale: scale)
        for row in norms.indices where limited[row] != norms[row] {
            Groups.rows.group(row, in: weights.shape).forEach { weights[$0] *= limited[row] / norms[row] }
        }
    }
    private func norms(of weights: Weights) -> [Double] {
        var norms: [Double] = []
        for row in 0..<weights.shape.rows {
            norms.append(weights.norm(of: Groups.rows.group(row, in: weights.shape)))
        }
        return norms
    }
}

/// 2Σσ.
private struct TwiceTheNuclearNorm: ProximalRegularizer, SpectralRegularizer {
    var properties: CompositionProperties { [.convex, .positivelyHomogeneous] }
    var ofSingularValues: any Regularizer { 2 * L1() }
    func check(_ shape: Shape) throws { try NuclearNorm().check(shape) }
    func value(at weights: Weights) -> Double { 2 * NuclearNorm().value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        NuclearNorm().applyProx(to: &weights, scale: 2 * scale)
    }
}

/// Σ (i + 1)|wᵢ|.
private struct Depth: Regularizer {
    var structure: Structure { .separable }
    var properties: CompositionProperties { .convex }
    var kink: Kink { .elements { element in Double(element + 1) } }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double {
        (0..<weights.count).reduce(0) { $0 + Double($1 + 1) * Double(abs(weights[$1])) }
    }
}

/// Σ (2g + 1)(‖w_g‖ + ‖w_g‖²) over the rows.
private struct RowNorms: GroupwiseRegularizer {
    let groups = Groups.rows
    var properties: CompositionProperties { .convex }
    var kink: Kink { .groups(.rows) { group in Double(2 * group.index + 1) } }
    func value(atNorm norm: Double, of group: Group) -> Double {
        Double(2 * group.index + 1) * (norm + norm * norm)
    }
}

/// 1 + Σ min(w², 1), which is not convex, but nowhere lower than at zero.
private struct FlatSquares: Regularizer {
    var kink: Kink { .flat }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double {
        (0..<weights.count).reduce(1) { sum, index in
            let square = Double(weights[index]) * Double(weights[index])
            return sum + (square > 1 && square < .infinity ? 1 : square)
        }
    }
}
