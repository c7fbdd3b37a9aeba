internal import CKernels
internal import Dispatch
internal import Synchronization

/// The number of threads for long work: matrix products, passes over many weights, and the groups of a large tensor.
///
/// Results have the same bits for every number of threads, so that the number affects speed alone. Short work, such
/// as the step of a small network, runs on one thread in any case, and so does work that begins while another
/// thread's work runs: two models that are trained at once do not compete for the cores.
public enum Parallelism {
    /// The number of threads, at least 1; at first the number of processors that this process may use.
    ///
    /// It is one number for the whole process. Set it to 1 where another program needs the other cores. Traps if it
    /// is set to less than 1.
    public static var threads: Int {
        get { setting.load(ordering: .relaxed) }
        set {
            require(newValue >= 1, "There is at least one thread, not \(newValue).")
            setting.store(newValue, ordering: .relaxed)
        }
    }

    private static let setting = Atomic<Int>(max(1, Int(ck_processor_count())))
    fileprivate static let isBusy = Atomic<Bool>(false)
}

/// The number of elements from which a pass over them is worth more than one thread.
let longPass = 128 * 1024

/// Calls a function with each number from 0 to below a count, on several threads unless other work has them.
///
/// The calls must not depend on each other or on their order. All threads treat subnormal numbers as the calling
/// thread does.
func concurrently(_ count: Int, _ body: (Int) -> Void) {
    let workers = min(count, Parallelism.threads)
    guard workers > 1, !Parallelism.isBusy.exchange(true, ordering: .acquiring) else {
        for index in 0..<count { body(index) }
        return
    }
    defer { Parallelism.isBusy.store(false, ordering: .releasing) }
    let mode = ck_subnormal_mode()
    let next = Atomic<Int>(0)
    withoutActuallyEscaping(body) { body in
        // The caller promises that calls do not depend on each other, which the type cannot say.
        nonisolated(unsafe) let body = body
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            let own = ck_subnormal_mode()
            ck_restore_subnormals(mode)
            defer { ck_restore_subnormals(own) }
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if index >= count { break }
                body(index)
            }
        }
    }
}

/// Calls a function with consecutive ranges of at most `grain` numbers that cover 0..<count, on several threads.
func concurrently(over count: Int, grain: Int, _ body: (Range<Int>) -> Void) {
    let pieces = (count + grain - 1) / grain
    concurrently(pieces) { piece in body(piece * grain..<min((piece + 1) * grain, count)) }
}

/// The sum of a function over consecutive ranges that cover 0..<count, computed on several threads where the count is
/// large.
///
/// The ranges depend on the count alone and are added in order, so that the sum has the same bits for any number of
/// threads.
func sumConcurrently(over count: Int, _ function: (Range<Int>) -> Double) -> Double {
    guard count > longPass else { return count == 0 ? 0 : function(0..<count) }
    var sums = InlineArray<64, Double>(repeating: 0)
    let grain = max(longPass / 2, (count + sums.count - 1) / sums.count)
    var span = sums.mutableSpan
    span.withUnsafeMutableBufferPointer { sums in
        concurrently(over: count, grain: grain) { range in
            sums[range.lowerBound / grain] = function(range)
        }
    }
    return sums.indices.reduce(0) { $0 + sums[$1] }
}

extension MutableWeights {
    /// Calls a function with each number from 0 to below a count and with these weights, and returns the sum of its
    /// results.
    ///
    /// The calls come on several threads where the weights are many, and no two calls may touch the same element. The
    /// sum has the same bits for any number of threads.
    @discardableResult
    mutating func sumConcurrently(_ count: Int, _ body: (Int, inout MutableWeights) -> Double) -> Double {
        guard self.count >= longPass else {
            var sum = 0.0
            for index in 0..<count { sum += body(index, &self) }
            return sum
        }
        let shape = shape
        return elements.withUnsafeMutableBufferPointer { elements in
            var sums = InlineArray<32, Double>(repeating: 0)
            let grain = max(1, count / 16)
            var span = sums.mutableSpan
            span.withUnsafeMutableBufferPointer { sums in
                Regularization.concurrently(over: count, grain: grain) { range in
                    var weights = MutableWeights(shape: shape, MutableSpan(_unsafeElements: elements))
                    var sum = 0.0
                    for index in range { sum += body(index, &weights) }
                    sums[range.lowerBound / grain] = sum
                }
            }
            return sums.indices.reduce(0) { $0 + sums[$1] }
        }
    }

    /// Calls a function with each number from 0 to below a count and with these weights, under the same conditions.
    mutating func concurrently(_ count: Int, _ body: (Int, inout MutableWeights) -> Void) {
        sumConcurrently(count) { index, weights in
            body(index, &weights)
            return 0
        }
    }
}
