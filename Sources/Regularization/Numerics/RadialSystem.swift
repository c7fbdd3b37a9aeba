/// Numbers of a group, weights z and scales t, on which the proximal point of a function of its norm depends in a
/// metric.
@usableFromInline
struct RadialSystem {
    /// ‖z‖.
    @usableFromInline var norm = 0.0
    /// ‖z/t‖ over the elements that are not 0; infinite if one of them has scale 0.
    @usableFromInline var normOverScales = 0.0
    /// ‖z/√t‖ over the elements that are not 0; infinite if one of them has scale 0.
    @usableFromInline var normOverRootScales = 0.0
    /// The largest tᵢ; 0 for an empty group.
    @usableFromInline var largestScale = 0.0
    /// The smallest tᵢ; infinite for an empty group.
    @usableFromInline var smallestScale = Double.infinity
    /// The mean of tᵢ, weighted by zᵢ²; 0 if all zᵢ are 0.
    @usableFromInline var meanScale = 0.0
    /// The norm of the elements with tᵢ = 0, which stay as they are.
    @usableFromInline var fixedNorm = 0.0

    @inlinable
    init(_ weights: Weights, _ scales: Scales, _ group: Group) {
        var largest = 0.0
        var smallest = Double.infinity
        var rootRatios = 0.0
        var squares = 0.0
        var ratios = 0.0
        var scaled = 0.0
        var fixed = 0.0
        group.forEach { element in
            let weight = Double(weights[element])
            let scale = Double(scales[element])
            largest = max(largest, scale)
            smallest = min(smallest, scale)
            if weight == 0 { return }
            let square = weight * weight
            let ratio = weight / scale
            squares += square
            ratios += ratio * ratio
            rootRatios += weight * ratio
            scaled += square * scale
            if scale == 0 { fixed += square }
        }
        largestScale = largest
        smallestScale = smallest
        normOverRootScales = rootRatios.squareRoot()
        norm = squares.squareRoot()
        normOverScales = ratios.squareRoot()
        meanScale = squares == 0 ? 0 : scaled / squares
        fixedNorm = fixed.squareRoot()
    }
}

extension Weights {
    /// ‖z / (1 + t·shrink)‖ over a group.
    @inlinable
    func norm(of group: Group, _ scales: Scales, shrunkBy shrink: Double) -> Double {
        var sum = 0.0
        group.forEach { element in
            let weight = Double(self[element]) / (1 + Double(scales[element]) * shrink)
            sum += weight * weight
        }
        return sum.squareRoot()
    }
}
