/// One piece of work to be timed, under a name like `prox/l1/1024x1024`.
struct Benchmark: Sendable {
    let name: String
    /// What a call does, for a rate beside the time.
    var amount: Amount?
    /// The steps of Newton's method that a call takes for each group or weight that needs some.
    var steps: (@Sendable () -> [Int])?
    /// Prepares the work and returns it, so that preparation is not timed.
    let prepare: @Sendable () throws -> () -> Void

    /// What a call does, at least.
    enum Amount {
        case floatingPointOperations(Double)
        /// Each byte that is read and each that is written, once.
        case bytes(Double)
    }

    /// The time of one call.
    struct Measurement: Encodable {
        let name: String
        /// The minimum over the repeats, the figure to compare.
        let microseconds: Double
        let median: Double
        let threads: Int
        var gflops: Double?
        var gigabytesPerSecond: Double?
        /// Memory allocations a call, if they are counted, see `AllocationCounter`.
        var allocations: Double?
        /// Steps of Newton's method, where there are some.
        var steps: Steps?

        struct Steps: Encodable {
            let mean: Double
            let most: Int

            init?(_ counts: [Int]) {
                guard let most = counts.max() else { return nil }
                mean = Double(counts.reduce(0, +)) / Double(counts.count)
                self.most = most
            }
        }
    }

    /// Times calls in repeats of about a tenth of a second each.
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
