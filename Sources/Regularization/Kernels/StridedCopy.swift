/// A copy of elements of a buffer to a part of a vector, and back: three loops within each other, each of evenly
/// spaced steps.
///
/// A tensor as it is, one whose rows or columns stand side by side with those of others, and a transposed tensor are
/// all copied by three such loops.
struct StridedCopy: Sendable, Hashable {
    /// One of the loops: how often it steps, and by how many elements of the buffer and of the vector.
    struct Loop: Sendable, Hashable {
        var count: Int
        var source: Int
        var target: Int
        /// Whether each step is one row of the matrix, from the first row on, and no other loop leaves the row.
        var isRow = false

        /// The loop of the copy back.
        var reversed: Loop { Loop(count: count, source: target, target: source) }
    }

    /// The index in the buffer of the first element that is copied.
    private(set) var source: Int
    /// The index in the vector of the first element that is copied.
    let target: Int
    private(set) var outer = Loop(count: 1, source: 0, target: 0)
    private(set) var middle = Loop(count: 1, source: 0, target: 0)
    private(set) var inner = Loop(count: 1, source: 1, target: 1)

    /// Makes a copy whose loops are as few and as long as possible; of those there are at most three.
    init(source: Int, target: Int, loops: [Loop]) {
        self.source = source
        self.target = target
        var merged: [Loop] = []
        for loop in loops where loop.count != 1 {
            if let last = merged.last, last.source == loop.count * loop.source,
                last.target == loop.count * loop.target
            {
                merged[merged.count - 1] = Loop(
                    count: last.count * loop.count, source: loop.source, target: loop.target)
            } else {
                merged.append(loop)
            }
        }
        if let loop = merged.popLast() { inner = loop }
        if let loop = merged.popLast() { middle = loop }
        if let loop = merged.popLast() { outer = loop }
    }

    private init(reversing copy: StridedCopy) {
        (source, target) = (copy.target, copy.source)
        (outer, middle, inner) = (copy.outer.reversed, copy.middle.reversed, copy.inner.reversed)
    }

    /// The number of elements that are copied.
    var count: Int { outer.count * middle.count * inner.count }

    /// Whether neighbors in the buffer are neighbors in the vector.
    private var keepsRuns: Bool { inner.source == 1 && inner.target == 1 }

    /// The range of the buffer that all copies together put into the vector as it is; nil if they change the order or
    /// leave gaps.
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
    /// Whether some rows of the matrix can be copied alone.
    var copiesRowsAlone: Bool { outer.isRow || middle.isRow || inner.isRow }

    /// A copy of some rows alone, to the place of the first rows in the vector.
    func rows(_ rows: Range<Int>) -> StridedCopy {
        func cut(_ loop: inout Loop, _ source: inout Int) {
            source += rows.lowerBound * loop.source
            loop.count = rows.count
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

    /// Copies between memory, on several threads where the elements are many.
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
        // Sixteen neighbors are copied together, since they share the cache lines that are fetched.
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
