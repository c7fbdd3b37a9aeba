internal import CKernels

/// Loops over all groups of a tensor that use each group's norm: a range of groups at a time, so that
/// the pass over their elements finds in cache what the pass for their norms has read. Ranges run on several threads
/// where the tensor is large.
extension Groups {
    /// Calls a function with each group and its L2 norm, in order, on the calling thread.
    @usableFromInline
    func forEachNorm(of weights: Weights, _ body: (Group, Double) -> Void) {
        var norms = Norms(repeating: 0)
        var span = norms.mutableSpan
        let ranges = ranges(in: weights.shape)
        for range in 0..<ranges.count {
            let groups = ranges.groups(range)
            writeNorms(of: weights, groups, to: &span)
            for index in groups {
                body(group(index, in: weights.shape), span[index - groups.lowerBound])
            }
        }
    }

    /// Multiplies each group by a factor, which a function makes of the group and its L2 norm.
    ///
    /// A factor of nil sets all elements to 0, also infinite ones. The function is called on several threads where
    /// the tensor is large.
    @usableFromInline
    func multiplyEach(_ weights: inout MutableWeights, by factor: (Group, Double) -> Double?) {
        let ranges = ranges(in: weights.shape)
        weights.concurrently(ranges.count) { range, weights in
            let groups = ranges.groups(range)
            let factors = Factors(of: weights.readOnly, self, groups, neutral: 1, factor)
            multiply(&weights, groups, by: factors.inFloat.span)
            for index in groups {
                guard let factor = factors.extreme(index) else { continue }
                group(index, in: weights.shape).forEach { element in
                    weights[element] = Float(Double(weights[element]) * factor)
                }
            }
        }
    }

    /// Adds to a gradient each group of the weights times a factor, and returns the sum of the groups' values.
    ///
    /// A function makes both of the group and its L2 norm; a factor of nil counts as 0. It is called on several
    /// threads where the tensor is large. Traps if the weights and the gradient differ in count.
    @usableFromInline
    @discardableResult
    func addMultiples(
        of weights: Weights, to gradient: inout MutableWeights,
        by function: (Group, Double) -> (factor: Double?, value: Double)
    ) -> Double {
        require(weights.count == gradient.count, "The weights and the gradient differ in count.")
        let ranges = ranges(in: weights.shape)
        let elements = weights.elements
        return elements.withUnsafeBufferPointer { elements in
            let shape = weights.shape
            return gradient.sumConcurrently(ranges.count) { range, gradient in
                let weights = Weights(shape: shape, Span(_unsafeElements: elements))
                let groups = ranges.groups(range)
                var sum = 0.0
                let factors = Factors(of: weights, self, groups, neutral: 0) { group, norm in
                    let (factor, value) = function(group, norm)
                    sum += value
                    return factor
                }
                add(weights, groups, times: factors.inFloat.span, to: &gradient)
                for index in groups {
                    guard let factor = factors.extreme(index) else { continue }
                    group(index, in: shape).forEach { element in
                        gradient[element] += Float(Double(weights[element]) * factor)
                    }
                }
                return sum
            }
        }
    }
}

/// Room for a number for each group of a range.
private typealias Norms = InlineArray<512, Double>

/// The factors of a range of groups: in Float for the kernels, and apart from them those that Float does not hold
/// well.
private struct Factors: ~Copyable {
    private let first: Int
    private var exact = Norms(repeating: 0)
    private var isExtreme = InlineArray<512, Bool>(repeating: false)
    /// The factors in Float: 0 for nil, and the neutral number, which changes nothing, for an extreme factor.
    private(set) var inFloat = InlineArray<512, Float>(repeating: 0)

    init(
        of weights: Weights, _ groups: Groups, _ range: Range<Int>, neutral: Float,
        _ factor: (Group, Double) -> Double?
    ) {
        first = range.lowerBound
        var norms = exact.mutableSpan
        groups.writeNorms(of: weights, range, to: &norms)
        for index in 0..<range.count {
            let group = groups.group(first + index, in: weights.shape)
            guard let value = factor(group, exact[index]) else { continue }
            exact[index] = value
            isExtreme[index] = abs(value) < 1e-30 || abs(value) > 1e30
            inFloat[index] = isExtreme[index] ? neutral : Float(value)
        }
    }

    /// The factor of a group if Float would turn it into 0 or infinity, or if it is 0 without being nil; nil
    /// otherwise.
    func extreme(_ group: Int) -> Double? { isExtreme[group - first] ? exact[group - first] : nil }
}

/// The division of a tensor's groups into ranges of neighbors.
private struct GroupRanges {
    /// The number of groups in the tensor.
    let total: Int
    /// The number of groups in a range; the last one may have fewer.
    let size: Int

    /// The number of ranges.
    var count: Int { (total + size - 1) / size }

    /// The indices of the groups of a range.
    func groups(_ range: Int) -> Range<Int> { range * size..<min((range + 1) * size, total) }
}

extension Groups {
    /// The ranges of a tensor: of few rows, which stay in cache, or of many columns, which lie side by side.
    private func ranges(in shape: Shape) -> GroupRanges {
        let total = count(in: shape)
        let length = max(1, shape.count / max(1, total))
        return GroupRanges(
            total: total, size: self == .columns ? Norms.count : max(1, min(Norms.count, 32 * 1024 / length)))
    }

    /// Writes the L2 norms of some groups, the first to index 0.
    fileprivate func writeNorms(
        of weights: Weights, _ groups: Range<Int>, to norms: inout MutableSpan<Double>
    ) {
        let (rows, columns) = (weights.shape.rows, weights.shape.columns)
        switch self {
        case .rows, .whole:
            let length = self == .whole ? weights.count : columns
            for index in groups {
                let row = weights.elements.extracting(index * length..<(index + 1) * length)
                norms[index - groups.lowerBound] = row.sumOfSquares.squareRoot()
            }
        case .columns:
            norms.withUnsafeMutableBufferPointer { norms in
                weights.elements.withUnsafeBufferPointer { weights in
                    guard let start = weights.baseAddress else { return norms.update(repeating: 0) }
                    ck_column_squares(
                        rows, groups.count, start + groups.lowerBound, columns, norms.baseAddress)
                }
            }
            for index in 0..<groups.count { norms[index] = norms[index].squareRoot() }
        case .blocks, .indexSets:
            for index in groups {
                norms[index - groups.lowerBound] = weights.norm(of: group(index, in: weights.shape))
            }
        }
    }

    /// Multiplies some groups by their factors, of which the first is at index 0; a factor of 0 sets elements to 0.
    private func multiply(_ weights: inout MutableWeights, _ groups: Range<Int>, by factors: Span<Float>) {
        let (rows, columns) = (weights.shape.rows, weights.shape.columns)
        switch self {
        case .rows, .columns, .whole:
            let length = self == .whole ? weights.count : columns
            weights.elements.withUnsafeMutableBufferPointer { weights in
                factors.withUnsafeBufferPointer { factors in
                    guard let start = weights.baseAddress, let factors = factors.baseAddress else { return }
                    if self == .columns {
                        ck_scale_columns(rows, groups.count, factors, start + groups.lowerBound, columns)
                    } else {
                        ck_scale_rows(
                            groups.count, length, factors, start + groups.lowerBound * length, length)
                    }
                }
            }
        case .blocks, .indexSets:
            for index in groups {
                let factor = factors[index - groups.lowerBound]
                if factor == 1 { continue }
                group(index, in: weights.shape).forEach { element in
                    weights[element] = factor == 0 ? 0 : factor * weights[element]
                }
            }
        }
    }

    /// Adds some groups of the weights, times their factors, to a gradient.
    private func add(
        _ weights: Weights, _ groups: Range<Int>, times factors: Span<Float>,
        to gradient: inout MutableWeights
    ) {
        let (rows, columns) = (weights.shape.rows, weights.shape.columns)
        switch self {
        case .rows, .columns, .whole:
            let length = self == .whole ? weights.count : columns
            gradient.elements.withUnsafeMutableBufferPointer { gradient in
                weights.elements.withUnsafeBufferPointer { weights in
                    factors.withUnsafeBufferPointer { factors in
                        guard let to = gradient.baseAddress, let from = weights.baseAddress else { return }
                        if self == .columns {
                            let first = groups.lowerBound
                            ck_add_scaled_columns(
                                rows, groups.count, factors.baseAddress, from + first, to + first, columns)
                        } else {
                            for index in groups {
                                ck_add_multiple(
                                    length, from + index * length, factors[index - groups.lowerBound],
                                    to + index * length)
                            }
                        }
                    }
                }
            }
        case .blocks, .indexSets:
            for index in groups {
                let factor = factors[index - groups.lowerBound]
                group(index, in: weights.shape).forEach { element in
                    gradient[element] += factor * weights[element]
                }
            }
        }
    }
}
