/// How elements of a buffer become part of a vector: three steps within each other, of so many elements of each.
///
/// A tensor as it is, one whose rows or columns stand side by side with those of others, and a transposed one are all of
/// this form.
struct StridedCopy: Sendable, Hashable {
    struct Step: Sendable, Hashable {
        var count: Int
        var source: Int
        var target: Int
        /// Whether each is a row of a matrix, from the first row on, which no other step leaves.
        var isRow = false

        var reversed: Step { Step(count: count, source: target, target: source) }
    }

    private(set) var source: Int
    let target: Int
    private(set) var outer = Step(count: 1, source: 0, target: 0)
    private(set) var middle = Step(count: 1, source: 0, target: 0)
    private(set) var inner = Step(count: 1, source: 1, target: 1)

    /// Makes the steps as few and as long as they can be; there are three at most.
    init(source: Int, target: Int, steps: [Step]) {
        self.source = source
        self.target = target
        var merged: [Step] = []
        for step in steps where step.count != 1 {
            if let last = merged.last, last.source == step.count * step.source,
                last.target == step.count * step.target
            {
                merged[merged.count - 1] = Step(
                    count: last.count * step.count, source: step.source, target: step.target)
            } else {
                merged.append(step)
            }
        }
        if let step = merged.popLast() { inner = step }
        if let step = merged.popLast() { middle = step }
        if let step = merged.popLast() { outer = step }
    }

    private init(reversing copy: StridedCopy) {
        (source, target) = (copy.target, copy.source)
        (outer, middle, inner) = (copy.outer.reversed, copy.middle.reversed, copy.inner.reversed)
    }

    var count: Int { outer.count * middle.count * inner.count }

    /// Whether neighbors stay neighbors.
    private var keepsRuns: Bool { inner.source == 1 && inner.target == 1 }

    /// The elements of the buffer that all copies together put into the vector in their order; nil if there are no such.
    static func commonRange(of copies: [StridedCopy]) -> Range<Int>? {
        let copies = copies.filter { $0.count > 0 }
        guard let first = copies.first else { return 0..<0 }
        var end = 0
        for copy in copies {
            guard copy.keepsRuns, copy.count == copy.inner.count, copy.target == end,
                copy.source == first.source + end
            else { return nil }
            end += copy.count
        }
        return first.source..<first.source + end
    }
}

extension StridedCopy {
    /// Whether some rows can be copied alone.
    var goesByRows: Bool { outer.isRow || middle.isRow || inner.isRow }

    /// The same of some rows, put where the first ones are.
    func rows(_ rows: Range<Int>) -> StridedCopy {
        func cut(_ step: inout Step, _ source: inout Int) {
            source += rows.lowerBound * step.source
            step.count = rows.count
        }
        var copy = self
        if outer.isRow {
            cut(&copy.outer, &copy.source)
        } else if middle.isRow {
            cut(&copy.middle, &copy.source)
        } else {
            cut(&copy.inner, &copy.source)
        }
        return copy
    }
}

extension StridedCopy {
    /// Copies elements of a buffer into a vector.
    func gather(from buffer: Span<Float>, into vector: inout MutableSpan<Float>) {
        buffer.withUnsafeBufferPointer { buffer in
            vector.withUnsafeMutableBufferPointer { vector in
                guard let from = buffer.baseAddress, let to = vector.baseAddress else { return }
                copy(from + source, to + target)
            }
        }
    }

    /// Copies a vector back to where its elements were in the buffer.
    func scatter(_ vector: Span<Float>, to buffer: inout MutableSpan<Float>) {
        StridedCopy(reversing: self).gather(from: vector, into: &buffer)
    }

    /// On several threads where the elements are many.
    private func copy(_ from: UnsafePointer<Float>, _ to: UnsafeMutablePointer<Float>) {
        if keepsRuns {
            let runs = outer.count * middle.count
            let grain = count < longPass ? max(1, runs) : longPass / 4 / inner.count + 1
            concurrently(over: runs, grain: grain) { range in
                for run in range {
                    let (i, j) = run.quotientAndRemainder(dividingBy: middle.count)
                    (to + i * outer.target + j * middle.target)
                        .update(from: from + i * outer.source + j * middle.source, count: inner.count)
                }
            }
            return
        }
        // Some neighbors are copied together, since they share what is fetched.
        let block = 16
        let blocks = (inner.count + block - 1) / block
        concurrently(over: blocks, grain: count < longPass ? max(1, blocks) : 1) { range in
            for index in range {
                let first = index * block
                for i in 0..<outer.count {
                    for j in 0..<middle.count {
                        var source = from + i * outer.source + j * middle.source + first * inner.source
                        var target = to + i * outer.target + j * middle.target + first * inner.target
                        for _ in first..<min(first + block, inner.count) {
                            target.pointee = source.pointee
                            source += inner.source
                            target += inner.target
                        }
                    }
                }
            }
        }
    }
}
