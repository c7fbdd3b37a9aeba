/// One line of a tensor, whose proximal point of total variation is computed.
///
/// The proximal point minimizes Σ (pᵢ − zᵢ)²/(2tᵢ) + Σ |p_{i+1} − p_i|, by dynamic programming. Let Fᵢ(x) be the
/// least sum of the terms up to pᵢ = x. Its derivative is nondecreasing and piecewise linear. Passing it on to
/// p_{i+1} limits it to [−1, 1], which it reaches at lowᵢ and highᵢ, and pᵢ is p_{i+1} limited to [lowᵢ, highᵢ]. The
/// derivative is kept as knots between lowᵢ and highᵢ, each with the changes (slope, offset) of the linear function
/// slope · x + offset there. It is summed up from the end that is nearer, from the left as derivative + 1 and from
/// the right as 1 − derivative: so it is small near the ends, and 1/tᵢ does not drown in the 1 where tᵢ is large.
///
/// An element that stays, having tᵢ = 0, makes the derivative jump from −1 to 1 at its value, where there are then
/// two knots.
struct FusedLine {
    let start: Int
    let stride: Int
    let count: Int

    /// The number of Doubles that `fuse` needs: three for each knot, of which each element adds two, and two for each
    /// element.
    var bufferCount: Int { 8 * count }

    private func index(_ element: Int) -> Int { start + element * stride }

    /// Moves the line to its proximal point; `scale` is the scale of an element by its row-major index in the tensor.
    ///
    /// The buffers hold at least `bufferCount` elements, with any content.
    @inline(__always)
    func fuse(
        _ weights: inout MutableWeights, _ buffers: inout MutableSpan<Double>, scale: (Int) -> Double
    ) {
        if let point = constant(weights, scale) {
            for element in 0..<count { weights[index(element)] = point }
            return
        }
        var knots = Knots(count: count)
        let last = count - 1
        for element in 0..<last {
            let (value, scale) = term(element, weights, scale)
            let range = knots.pass(value, scale: scale, &buffers)
            buffers[6 * count + element] = range.low
            buffers[7 * count + element] = range.high
        }
        let (value, lastScale) = term(last, weights, scale)
        var point = knots.minimizer(value, scale: lastScale, &buffers)
        for element in (0..<count).reversed() {
            if element < last {
                point = min(max(point, buffers[6 * count + element]), buffers[7 * count + element])
            }
            if term(element, weights, scale).scale == 0 { continue }
            let weight = Float(point)
            weights[index(element)] = weight == 0 ? 0 : weight
        }
    }

    /// The value and the scale of an element, infinity as the largest Float.
    ///
    /// The scale counts as 0 for an infinite element, and where it changes the element by less than Float's
    /// resolution.
    @inline(__always)
    private func term(
        _ element: Int, _ weights: borrowing MutableWeights, _ scale: (Int) -> Double
    ) -> (value: Double, scale: Double) {
        let scale = scale(index(element))
        let weight = weights[index(element)]
        let isInfinite = weight.magnitude == .infinity
        let limit = Double(Float.greatestFiniteMagnitude)
        let value = isInfinite ? (weight > 0 ? limit : -limit) : Double(weight)
        let stays = isInfinite || 2 * scale <= 0x1p-27 * abs(value)
        return (value, stays ? 0 : scale)
    }

    /// The value of a line all of whose elements become equal, NaN if an element is NaN; nil for any other line.
    ///
    /// The mean, weighted by 1/tᵢ, is the minimizer if no sum of (zᵢ − mean)/tᵢ from an end on exceeds 1 in
    /// magnitude.
    @inline(__always)
    private func constant(_ weights: borrowing MutableWeights, _ scale: (Int) -> Double) -> Float? {
        var (sum, total, hasFixed) = (0.0, 0.0, false)
        for element in 0..<count {
            let (value, scale) = term(element, weights, scale)
            if value.isNaN { return .nan }
            hasFixed = hasFixed || scale == 0
            sum += value / scale
            total += 1 / scale
        }
        if hasFixed { return nil }
        let mean = sum / total
        var force = 0.0
        for element in 0..<count {
            let (value, scale) = term(element, weights, scale)
            force += (value - mean) / scale
            if abs(force) > 1 { return nil }
        }
        let point = Float(mean)
        return point == 0 ? 0 : point
    }
}

/// The knots of the derivative that is passed on: a queue with two ends that begins in the middle of the buffers.
private struct Knots {
    private let count: Int
    /// The indices of the knots in the buffers, in rising order of their points; empty before the first element.
    private var range: Range<Int>

    init(count: Int) {
        self.count = count
        range = count..<count
    }

    /// Adds the term of an element to the derivative, passes it on, and returns the points where it reaches −1 and 1.
    mutating func pass(
        _ value: Double, scale: Double, _ buffers: inout MutableSpan<Double>
    ) -> (low: Double, high: Double) {
        if scale == 0 {
            range = count..<count
            push(value, slope: 0, offset: 1, atFront: true, &buffers)
            push(value, slope: 0, offset: 1, atFront: false, &buffers)
            return (value, value)
        }
        let slope = 1 / scale
        if range.isEmpty {
            push(value - scale, slope: slope, offset: 1 - slope * value, atFront: true, &buffers)
            push(value + scale, slope: -slope, offset: 1 + slope * value, atFront: false, &buffers)
            return (value - scale, value + scale)
        }
        let left = crossingFromLeft(0, value, slope, &buffers)
        let right = crossingFromRight(value, slope, downTo: left, &buffers)
        range = left.knot..<right.knot
        push(left.point, slope: left.slope, offset: left.offset, atFront: true, &buffers)
        push(right.point, slope: right.slope, offset: right.offset, atFront: false, &buffers)
        return (left.point, right.point)
    }

    /// The point where the derivative, with the term of the last element added, is 0: the minimizer.
    func minimizer(_ value: Double, scale: Double, _ buffers: inout MutableSpan<Double>) -> Double {
        scale == 0 ? value : crossingFromLeft(1, value, 1 / scale, &buffers).point
    }

    /// A point where the derivative takes a value, with the linear function there and the first knot to the right of
    /// it.
    private struct Crossing {
        var point: Double
        var slope: Double
        var offset: Double
        var knot: Int
    }

    /// The point where derivative + 1, with the term of an element added, reaches a height; no slope is less than
    /// that of the term.
    ///
    /// The point is limited to the interval between the knots beside it, since the derivative may jump at a knot.
    private func crossingFromLeft(
        _ height: Double, _ value: Double, _ ownSlope: Double, _ buffers: inout MutableSpan<Double>
    ) -> Crossing {
        var (slope, offset, knot) = (ownSlope, -ownSlope * value, range.lowerBound)
        while knot < range.upperBound, slope * buffers[knot] + offset <= height {
            slope += buffers[2 * count + knot]
            offset += buffers[4 * count + knot]
            knot += 1
        }
        if knot == range.upperBound && !range.isEmpty {
            // Beyond all knots the linear function is known without the rounding errors of a sum over them.
            (slope, offset) = (ownSlope, 2 - ownSlope * value)
        }
        slope = max(slope, ownSlope)
        var point = (height - offset) / slope
        if knot > range.lowerBound { point = max(point, buffers[knot - 1]) }
        if knot < range.upperBound { point = min(point, buffers[knot]) }
        return Crossing(point: point, slope: slope, offset: offset, knot: knot)
    }

    /// The point where 1 − derivative reaches 0, which is not left of the point where the derivative reaches −1.
    private func crossingFromRight(
        _ value: Double, _ ownSlope: Double, downTo left: Crossing, _ buffers: inout MutableSpan<Double>
    ) -> Crossing {
        var (slope, offset, knot) = (-ownSlope, ownSlope * value, range.upperBound)
        while knot > left.knot, slope * buffers[knot - 1] + offset <= 0 {
            knot -= 1
            slope += buffers[2 * count + knot]
            offset += buffers[4 * count + knot]
        }
        if knot == range.lowerBound {
            (slope, offset) = (-ownSlope, 2 + ownSlope * value)
        }
        slope = min(slope, -ownSlope)
        var point = -offset / slope
        if knot < range.upperBound { point = min(point, buffers[knot]) }
        point = max(point, knot > left.knot ? buffers[knot - 1] : left.point)
        return Crossing(point: point, slope: slope, offset: offset, knot: knot)
    }

    private mutating func push(
        _ point: Double, slope: Double, offset: Double, atFront: Bool, _ buffers: inout MutableSpan<Double>
    ) {
        let knot = atFront ? range.lowerBound - 1 : range.upperBound
        range = atFront ? knot..<range.upperBound : range.lowerBound..<knot + 1
        buffers[knot] = point
        buffers[2 * count + knot] = slope
        buffers[4 * count + knot] = offset
    }
}
