/// How elements of a buffer become part of a vector: three steps within each other, of so many elements of each.
///
/// A tensor as it is, one whose rows or columns stand side by side with those of others, and a transposed one are all of
/// this form.
struct StridedCopy: Sendable, Hashable {
    struct Step: Sendable, Hashable {
        var count: Int
        var source: Int
        var target: Int

        static let single = Step(count: 1, source: 0, target: 0)

        func isRow(of columns: Int) -> Bool { count > 1 && target == columns }

        /// Becomes so many steps, and returns where the first one is.
        mutating func take(_ range: Range<Int>) -> Int {
            count = range.count
            return range.lowerBound * source
        }

        /// Whether a step is all steps of the other, one after the other.
        func continues(_ other: Step) -> Bool {
            source == other.count * other.source && target == other.count * other.target
        }
    }

    private(set) var source: Int
    let target: Int
    private(set) var outer: Step
    private(set) var middle: Step
    private(set) var inner: Step

    /// Makes the steps as few and as long as they can be; there are three at most.
    init(source: Int, target: Int, steps: [Step]) {
        var merged: [Step] = []
        for step in steps where step.count != 1 {
            if let last = merged.last, last.continues(step) {
                merged[merged.count - 1] = Step(
                    count: last.count * step.count, source: step.source, target: step.target)
            } else {
                merged.append(step)
            }
        }
        if merged.isEmpty { merged = [Step(count: 1, source: 1, target: 1)] }
        let all = Array(repeating: Step.single, count: 3 - merged.count) + merged
        self.source = source
        self.target = target
        (outer, middle, inner) = (all[0], all[1], all[2])
    }

    /// Whether it fills a matrix with so many columns row by row, from its first one on.
    func goesByRows(of columns: Int) -> Bool {
        target < columns && [outer, middle, inner].contains { $0.isRow(of: columns) }
    }

    /// The same of some rows of that matrix, put where the first ones are.
    func rows(_ rows: Range<Int>, of columns: Int) -> StridedCopy {
        var copy = self
        if outer.isRow(of: columns) {
            copy.source += copy.outer.take(rows)
        } else if middle.isRow(of: columns) {
            copy.source += copy.middle.take(rows)
        } else {
            copy.source += copy.inner.take(rows)
        }
        return copy
    }

    var count: Int { outer.count * middle.count * inner.count }

    /// Whether neighbours stay neighbours.
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

/// A few elements that are neighbours in the buffer are copied together, since they share what is fetched.
private let copyBlock = 16

extension [StridedCopy] {
    /// Copies elements of a buffer into a vector.
    func gather(from buffer: Span<Float>, into vector: inout MutableSpan<Float>) {
        for copy in self { copy.gather(from: buffer, into: &vector) }
    }

    /// Copies a vector back to where its elements were in the buffer.
    func scatter(_ vector: Span<Float>, to buffer: inout MutableSpan<Float>) {
        for copy in self { copy.scatter(vector, to: &buffer) }
    }
}

extension StridedCopy {
    /// Copies elements of a buffer into a vector.
    func gather(from buffer: Span<Float>, into vector: inout MutableSpan<Float>) {
        buffer.withUnsafeBufferPointer { buffer in
            vector.withUnsafeMutableBufferPointer { vector in
                guard let from = buffer.baseAddress, let to = vector.baseAddress else { return }
                forEachRun { source, target, count, steps in
                    copyRun(count, from + source, steps.source, to + target, steps.target)
                }
            }
        }
    }

    /// Copies a vector back to where its elements were in the buffer.
    func scatter(_ vector: Span<Float>, to buffer: inout MutableSpan<Float>) {
        vector.withUnsafeBufferPointer { vector in
            buffer.withUnsafeMutableBufferPointer { buffer in
                guard let from = vector.baseAddress, let to = buffer.baseAddress else { return }
                forEachRun { source, target, count, steps in
                    copyRun(count, from + target, steps.target, to + source, steps.source)
                }
            }
        }
    }
}

@inline(__always)
private func copyRun(
    _ count: Int, _ from: UnsafePointer<Float>, _ fromStep: Int, _ to: UnsafeMutablePointer<Float>,
    _ toStep: Int
) {
    if fromStep == 1, toStep == 1 {
        to.update(from: from, count: count)
    } else {
        var (from, to) = (from, to)
        for _ in 0..<count {
            to.pointee = from.pointee
            from += fromStep
            to += toStep
        }
    }
}

extension StridedCopy {
    /// Calls a function with the begin of runs that cover all elements, on several threads where they are many.
    @inline(__always)
    fileprivate func forEachRun(_ body: (_ source: Int, _ target: Int, _ count: Int, Step) -> Void) {
        let (outer, middle, inner) = (outer, middle, inner)
        if keepsRuns {
            let runs = outer.count * middle.count
            concurrently(
                over: runs, grain: count < longPass ? Swift.max(1, runs) : longPass / 4 / inner.count + 1
            ) {
                for run in $0 {
                    let (i, j) = run.quotientAndRemainder(dividingBy: middle.count)
                    body(
                        source + i * outer.source + j * middle.source,
                        target + i * outer.target + j * middle.target, inner.count, inner)
                }
            }
        } else {
            let blocks = (inner.count + copyBlock - 1) / copyBlock
            concurrently(over: blocks, grain: count < longPass ? Swift.max(1, blocks) : 1) { range in
                for block in range {
                    let first = block * copyBlock
                    let run = Swift.min(copyBlock, inner.count - first)
                    for i in 0..<outer.count {
                        for j in 0..<middle.count {
                            body(
                                source + i * outer.source + j * middle.source + first * inner.source,
                                target + i * outer.target + j * middle.target + first * inner.target, run,
                                inner)
                        }
                    }
                }
            }
        }
    }
}
