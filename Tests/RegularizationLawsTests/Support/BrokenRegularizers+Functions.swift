import Regularization
import Synchronization

/// Regularizers that remember calls, write where they must not, or depend on the place of a piece.
let wrongFunctions: [BrokenRegularizer] = [
    Broken(CountsItsCalls(), .isRepeatable),
    Broken(AlternatesItsGradient(), .isRepeatable),
    Broken(RemembersTheLastPoint(), .isRepeatable),
    Broken(WritesBehindTheEnd(), .staysWithinItsTensor),
    Broken(WritesBeforeTheStart(), .staysWithinItsTensor),
    Broken(ChangesTheStepSizes(), .staysWithinItsTensor),
    Broken(SortsTheWeights(), .staysWithinItsTensor),
    Broken(SparesTheFirstElement(), .holdsInPieces),
    Broken(GrowsAlongTheTensor(), .holdsInPieces),
    Broken(MeanOfMagnitudes(), .holdsInPieces),
    Broken(WeighsRowsByTheirPlace(), .holdsInPieces),
    Broken(SparesTheFirstRow(), .holdsInPieces),
    Broken(WeighsRowsByTheirPlace(), .treatsGroupsAlike),
]

/// SquaredL2 that counts its calls and adds the count to the value.
private final class CountsItsCalls: Regularizer {
    private let calls = Atomic(0)
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double {
        Double(calls.add(1, ordering: .relaxed).newValue) + SquaredL2().value(at: weights)
    }
}

/// SquaredL2 whose gradient is one in a hundred larger every other time.
private final class AlternatesItsGradient: DifferentiableRegularizer {
    private let calls = Atomic(0)
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { SquaredL2().value(at: weights) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        let isOdd = calls.add(1, ordering: .relaxed).newValue % 2 == 1
        SquaredL2().addGradient(at: weights, scale: isOdd ? scale : 1.01 * scale, to: &gradient)
    }
}

/// L1 whose proximal point starts from that of the call before: right when nothing changes.
private final class RemembersTheLastPoint: ProximalRegularizer {
    private let last = Mutex<[Float]>([])
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { L1().value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        L1().applyProx(to: &weights, scale: scale)
        let before = last.withLock { $0 }
        for index in 0..<weights.count where before.count == weights.count {
            weights[index] += 1e-3 * (before[index] - weights[index])
        }
        let now = (0..<weights.count).map { weights[$0] }
        last.withLock { $0 = now }
    }
}

/// SquaredL2 whose gradient in steps of eight writes behind the last element.
private struct WritesBehindTheEnd: DifferentiableRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { SquaredL2().value(at: weights) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        SquaredL2().addGradient(at: weights, scale: scale, to: &gradient)
        let end = (gradient.count + 7) / 8 * 8
        gradient.elements.withUnsafeMutableBufferPointer { buffer in
            for index in buffer.count..<end { buffer.baseAddress![index] = 0 }
        }
    }
}

/// L1 whose proximal point writes before the first element.
private struct WritesBeforeTheStart: ProximalRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { L1().value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        L1().applyProx(to: &weights, scale: scale)
        weights.elements.withUnsafeMutableBufferPointer { $0.baseAddress?[-1] = 0 }
    }
}

/// L1 whose proximal point in a metric changes the optimizer's step sizes.
private struct ChangesTheStepSizes: MetricProximalRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { L1().value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scales: Scales) {
        L1().applyProx(to: &weights, scales: scales)
        scales.stepSizes.withUnsafeBufferPointer { sizes in
            if !sizes.isEmpty { UnsafeMutablePointer(mutating: sizes.baseAddress!)[0] = 1 }
        }
    }
}

/// SquaredL2 whose value sorts the weights in place.
private struct SortsTheWeights: Regularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double {
        weights.elements.withUnsafeBufferPointer { elements in
            var writable = UnsafeMutableBufferPointer(mutating: elements)
            writable.sort { abs($0) < abs($1) }
        }
        return SquaredL2().value(at: weights)
    }
}

/// L1 that leaves the first element of what it is given where it is.
private struct SparesTheFirstElement: ProximalElementwiseRegularizer {
    func value(at weight: Float) -> Double { Double(abs(weight)) }
    func proximalPoint(of weight: Float, scale: Float) -> Float {
        L1().proximalPoint(of: weight, scale: scale)
    }
    func applyProx(to weights: inout MutableWeights, scales: Scales) {
        let first = weights.count > 0 ? weights[0] : 0
        L1().applyProx(to: &weights, scales: scales)
        if weights.count > 0 { weights[0] = first }
    }
}

/// SquaredL2 with a gradient that grows along the tensor.
private struct GrowsAlongTheTensor: DifferentiableElementwiseRegularizer {
    func value(at weight: Float) -> Double { 0.5 * Double(weight) * Double(weight) }
    func derivative(at weight: Float) -> Float { weight }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        for index in 0..<weights.count { gradient[index] += scale * Float(index + 1) * weights[index] }
    }
}

/// L1 divided by the count of what it is given.
private struct MeanOfMagnitudes: ElementwiseRegularizer {
    func value(at weight: Float) -> Double { Double(abs(weight)) }
    func value(at weights: Weights) -> Double {
        weights.count == 0 ? 0 : L1().value(at: weights) / Double(weights.count)
    }
}

/// A group lasso whose rows count more the further down they are.
private struct WeighsRowsByTheirPlace: DifferentiableGroupwiseRegularizer, ProximalGroupwiseRegularizer {
    let groups = Groups.rows
    var properties: CompositionProperties { [.convex, .groupsAlike] }
    func value(atNorm norm: Double, of group: Group) -> Double { Double(group.index + 1) * norm }
    func derivative(atNorm norm: Double, of group: Group) -> Double { Double(group.index + 1) }
    func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double {
        max(0, norm - Double(group.index + 1) * scale)
    }
}

/// A group lasso that leaves the first row of what it is given where it is.
private struct SparesTheFirstRow: ProximalRegularizer {
    var structure: Structure { .radial(.rows) }
    var properties: CompositionProperties { [.convex, .groupsAlike] }
    func check(_ shape: Shape) throws { try Groups.rows.check(shape) }
    func value(at weights: Weights) -> Double { GroupLasso(.rows, weighting: .none).value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        let count = weights.count == 0 ? 0 : weights.shape.columns
        let first = (0..<count).map { weights[$0] }
        GroupLasso(.rows, weighting: .none).applyProx(to: &weights, scale: scale)
        for index in first.indices { weights[index] = first[index] }
    }
}
