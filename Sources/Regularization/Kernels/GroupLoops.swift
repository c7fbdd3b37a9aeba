internal import CKernels

/// One pass over the norms of all groups, and one over the elements: a batch of groups at a time, so that the
/// second finds them in cache. Batches run on several threads where the tensor is large.
extension Groups {
    /// Calls a function with each group and its L2 norm, in order.
    @usableFromInline
    func forEachNorm(of weights: Weights, _ body: (Group, Double) -> Void) {
        var norms = Norms(repeating: 0)
        var span = norms.mutableSpan
        let batches = batches(in: weights.shape)
        for batch in 0..<batches.count {
            let groups = batches.groups(batch)
            writeNorms(of: weights, groups, to: &span)
            for index in groups {
                body(group(index, in: weights.shape), span[index - groups.lowerBound])
            }
        }
    }

    /// Multiplies each group by a factor, which a function makes of the group and its L2 norm; nil makes zeros of
    /// everything, also of infinity.
    @usableFromInline
    func multiplyEach(_ weights: inout MutableWeights, by factor: (Group, Double) -> Double?) {
        let batches = batches(in: weights.shape)
        weights.concurrently(batches.count) { batch, weights in
            let groups = batches.groups(batch)
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

    /// Adds to a gradient each group of the weights times a factor, and returns the sum of the values.
    ///
    /// A function makes both of the group and its L2 norm. Nothing is added where the factor is nil.
    @usableFromInline
    @discardableResult
    func addMultiples(
        of weights: Weights, to gradient: inout MutableWeights,
        by function: (Group, Double) -> (factor: Double?, value: Double)
    ) -> Double {
        require(weights.count == gradient.count, "The weights and the gradient differ in count.")
        let batches = batches(in: weights.shape)
        let elements = weights.elements
        return elements.withUnsafeBufferPointer { elements in
            let shape = weights.shape
            return gradient.sumConcurrently(batches.count) { batch, gradient in
                let weights = Weights(shape: shape, Span(_unsafeElements: elements))
                let groups = batches.groups(batch)
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

/// As many as the largest batch has groups.
private typealias Norms = InlineArray<512, Double>

/// The factors of a batch of groups, in Float for the kernels as far as Float holds them well.
private struct Factors: ~Copyable {
    private let first: Int
    private var exact = Norms(repeating: 0)
    private var isExtreme = InlineArray<512, Bool>(repeating: false)
    /// 0 for nil, and the neutral number for an extreme one.
    private(set) var inFloat = InlineArray<512, Float>(repeating: 0)

    init(
        of weights: Weights, _ groups: Groups, _ batch: Range<Int>, neutral: Float,
        _ factor: (Group, Double) -> Double?
    ) {
        first = batch.lowerBound
        var norms = exact.mutableSpan
        groups.writeNorms(of: weights, batch, to: &norms)
        for index in 0..<batch.count {
            let group = groups.group(first + index, in: weights.shape)
            guard let value = factor(group, exact[index]) else { continue }
            exact[index] = value
            isExtreme[index] = abs(value) < 1e-30 || abs(value) > 1e30
            inFloat[index] = isExtreme[index] ? neutral : Float(value)
        }
    }

    /// The factor of a group that Float would turn into 0 or infinity, or that is 0 without being nil.
    func extreme(_ group: Int) -> Double? { isExtreme[group - first] ? exact[group - first] : nil }
}

/// How the groups of a tensor are taken in batches.
private struct Batches {
    /// The number of groups.
    let total: Int
    let size: Int

    var count: Int { (total + size - 1) / size }

    func groups(_ batch: Int) -> Range<Int> { batch * size..<min((batch + 1) * size, total) }
}

extension Groups {
    /// Few rows, which stay in cache, and many columns, which lie side by side.
    private func batches(in shape: Shape) -> Batches {
        let total = count(in: shape)
        let length = max(1, shape.count / max(1, total))
        return Batches(
            total: total, size: self == .columns ? Norms.count : max(1, min(Norms.count, 32 * 1024 / length)))
    }

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
