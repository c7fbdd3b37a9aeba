#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A report on standard error of what was examined, and where, when the code under examination ends the process by a
/// trap.
enum TrapReport {
    /// Runs a function; if it traps, prints the description before the process ends.
    static func describing<Result>(
        _ description: @escaping () -> String, during body: () throws -> Result
    ) rethrows -> Result {
        let thread = Self.thread
        let outer = pthread_getspecific(thread)
        return try withUnsafePointer(to: description) { pointer in
            pthread_setspecific(thread, pointer)
            defer { pthread_setspecific(thread, outer) }
            return try body()
        }
    }

    /// The key under which each thread stores a pointer to the description of what it examines.
    ///
    /// Its first use installs the handlers, once in a process.
    private static let thread: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        for signal in earlier.indices { install(signal) }
        return key
    }()

    /// The signals of a trap: on x86 an illegal instruction, on ARM a breakpoint.
    private static let signals = [SIGILL, SIGTRAP]

    /// The handlers that were installed before, in the order of `signals`.
    private nonisolated(unsafe) static var earlier = [sigaction(), sigaction()]

    /// Replaces the handler of one of the signals, and stores the earlier one.
    private static func install(_ index: Int) {
        var action = sigaction()
        #if canImport(Darwin)
            action.__sigaction_u.__sa_handler = { TrapReport.handle($0) }
        #else
            action.__sigaction_handler.sa_handler = { TrapReport.handle($0) }
        #endif
        sigaction(signals[index], &action, &earlier[index])
    }

    /// Prints the description and restores the earlier handlers, under which the instruction traps once more.
    private static func handle(_ signal: Int32) {
        for index in signals.indices { sigaction(signals[index], &earlier[index], nil) }
        guard let pointer = pthread_getspecific(thread) else { return }
        let description = pointer.assumingMemoryBound(to: (() -> String).self).pointee()
        let sentence = "RegularizationLaws: a trap, from \(description).\n"
        _ = sentence.utf8.withContiguousStorageIfAvailable { write(2, $0.baseAddress, $0.count) }
    }
}
