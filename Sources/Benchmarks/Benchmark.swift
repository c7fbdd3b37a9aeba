/// A piece of work to be timed, under a name such as `prox/l1/1024x1024`.
struct Benchmark: Sendable {
    let name: String
    /// The operations or bytes of a call, for a rate beside the time; nil if no rate is shown.
    var amount: Amount?
    /// The number of steps of Newton's method for each group or weight in a call; nil if that is not counted.
    var steps: (@Sendable () -> [Int])?
    /// Prepares the work and returns a closure that does it once, so that preparation is not timed.
    let prepare: @Sendable () throws -> () -> Void

    /// The work of a call at least: a lower bound, so that a rate cannot look too good.
    enum Amount {
        case floatingPointOperations(Double)
        /// The bytes that are read and those that are written, each counted once.
        case bytes(Double)
    }

    /// The time of one call, and what else was measured with it.
    struct Measurement: Encodable {
        let name: String
        /// The minimum over the repeats, in microseconds: the number to compare.
        let microseconds: Double
        /// The median over the repeats, in microseconds.
        let median: Double
        let threads: Int
        var gflops: Double?
        var gigabytesPerSecond: Double?
        /// The memory allocations of a call; nil if they are not counted, see `AllocationCounter`.
        var allocations: Double?
        /// The steps of Newton's method; nil if they are not counted.
        var steps: Steps?

        struct Steps: Encodable {
            let mean: Double
            let most: Int

            /// Makes the mean and the maximum; nil if there are no counts.
            init?(_ counts: [Int]) {
                guard let most = counts.max() else { return nil }
                mean = Double(counts.reduce(0, +)) / Double(counts.count)
                self.most = most
            }
        }
    }

    /// Times the work in repeats of about a tenth of a second each, or of one call if that takes longer.
    func measure(repeats: Int, threads: Int) throws -> Measurement {
        let work = try prepare()
        let clock = ContinuousClock()
        let time = { (calls: Int) -> Double in
            let duration = clock.measure { for _ in 0..<calls { work() } }
            return duration / .microseconds(1) / Double(calls)
        }
        work()
        let calls = max(1, Int(100_000 / max(time(1), time(1))))
        var times = Array(repeating: 0.0, count: repeats)
        let before = AllocationCounter.count
        for index in times.indices { times[index] = time(calls) }
        let after = AllocationCounter.count
        times.sort()
        var result = Measurement(
            name: name, microseconds: times[0], median: times[repeats / 2], threads: threads)
        switch amount {
        case .floatingPointOperations(let count): result.gflops = count / times[0] / 1e3
        case .bytes(let count): result.gigabytesPerSecond = count / times[0] / 1e3
        case nil: break
        }
        if let before, let after {
            result.allocations = Double(after - before) / Double(repeats * calls)
        }
        result.steps = steps.flatMap { Measurement.Steps($0()) }
        return result
    }
}
