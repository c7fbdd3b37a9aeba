/// One piece of work to be timed, under a name like `prox/l1/1024x1024`.
struct Benchmark: Sendable {
    let name: String
    /// Prepares the work and returns it, so that preparation is not timed.
    let prepare: @Sendable () throws -> () -> Void

    /// The time of one call.
    struct Measurement: Encodable {
        let name: String
        /// The minimum over the repeats, the figure to compare.
        let microseconds: Double
        let median: Double
        let threads: Int
    }

    /// Times calls in repeats of about a fifth of a second each.
    func measure(repeats: Int = 7) throws -> Measurement {
        let work = try prepare()
        let clock = ContinuousClock()
        let time = { (calls: Int) -> Double in
            let duration = clock.measure { for _ in 0..<calls { work() } }
            return duration / .microseconds(1) / Double(calls)
        }
        work()
        let calls = max(1, Int(200_000 / max(time(1), time(1))))
        let times = (0..<repeats).map { _ in time(calls) }.sorted()
        return Measurement(name: name, microseconds: times[0], median: times[repeats / 2], threads: 1)
    }
}
