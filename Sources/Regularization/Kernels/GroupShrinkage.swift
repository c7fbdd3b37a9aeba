internal import CKernels

extension MutableWeights {
    /// Moves each group to the proximal point of ω‖w_g‖ in the metric of the scales, with the weight ω of the group.
    ///
    /// The kernel moves rows, columns and whole tensors, unless a group is too long for it or its numbers are too
    /// large or too small; such groups, blocks and index sets are left to `otherwise`. Many weights are shared out
    /// among several threads. Traps if the weights and the scales differ in count.
    mutating func shrink(
        _ groups: Groups, _ scales: Scales, weight: (Group) -> Double,
        otherwise: (Group, inout MutableWeights, Scales) -> Void
    ) {
        require(self.count == scales.count, "The weights and the scales differ in count.")
        let shape = shape
        let count = groups.count(in: shape)
        let (factor, ridge) = (scales.factor, scales.ridge)
        scales.stepSizes.withUnsafeBufferPointer { sizes in
            func shrinkOtherwise(_ index: Int, _ weights: inout MutableWeights) {
                let scales = Scales(Span(_unsafeElements: sizes), factor: factor, ridge: ridge)
                otherwise(groups.group(index, in: shape), &weights, scales)
            }
            switch groups {
            case .blocks, .indexSets:
                concurrently(count) { index, weights in shrinkOtherwise(index, &weights) }
            case .rows, .whole:
                let length = groups == .whole ? shape.count : shape.columns
                concurrently(count) { index, weights in
                    let isDone = weights.elements.withUnsafeMutableBufferPointer { weights in
                        guard let start = weights.baseAddress, let sizes = sizes.baseAddress else {
                            return true
                        }
                        let scales = CKScales(sizes: sizes + index * length, factor: factor, ridge: ridge)
                        return ck_shrink_row(
                            length, weight(groups.group(index, in: shape)), scales, start + index * length)
                    }
                    if !isDone { shrinkOtherwise(index, &weights) }
                }
            case .columns:
                let tile = max(16, ck_columns_at_once(shape.rows))
                concurrently((count + tile - 1) / tile) { piece, weights in
                    let first = piece * tile
                    let columns = min(tile, count - first)
                    var factors = InlineArray<64, Double>(repeating: 0)
                    for index in 0..<columns {
                        factors[index] = weight(groups.group(first + index, in: shape))
                    }
                    let left = weights.elements.withUnsafeMutableBufferPointer { weights -> UInt64 in
                        guard let start = weights.baseAddress, let sizes = sizes.baseAddress else { return 0 }
                        let scales = CKScales(sizes: sizes + first, factor: factor, ridge: ridge)
                        return factors.span.withUnsafeBufferPointer {
                            ck_shrink_columns(
                                shape.rows, columns, $0.baseAddress, scales, start + first, shape.columns)
                        }
                    }
                    for index in 0..<columns where left & (1 << index) != 0 {
                        shrinkOtherwise(first + index, &weights)
                    }
                }
            }
        }
    }
}
