#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A sentence on standard error when code under examination ends the process by a trap: what was examined, and where.
///
/// A failed `precondition` ends the process before a violation can be returned, and its own sentence names neither the
/// regularizer nor the law. The signal's earlier handler, such as one that prints a backtrace, runs afterward.
enum TrapReport {
    /// Runs a function; if it traps, the description is printed before the process ends.
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

    /// The key of what the current thread examines.
    ///
    /// Making it sets the handlers, once in a process.
    private static let thread: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        for signal in earlier.indices { install(signal) }
        return key
    }()

    /// The signals of a trap: on x86 an illegal instruction, on ARM a breakpoint.
    private static let signals = [SIGILL, SIGTRAP]

    /// The handlers that were there before, in the order of `signals`.
    private nonisolated(unsafe) static var earlier = [sigaction(), sigaction()]

    private static func install(_ index: Int) {
        var action = sigaction()
        #if canImport(Darwin)
            action.__sigaction_u.__sa_handler = { TrapReport.handle($0) }
        #else
            action.__sigaction_handler.sa_handler = { TrapReport.handle($0) }
        #endif
        sigaction(signals[index], &action, &earlier[index])
    }

    /// Prints the description, and lets the instruction trap once more, under the earlier handler.
    private static func handle(_ signal: Int32) {
        for index in signals.indices { sigaction(signals[index], &earlier[index], nil) }
        guard let pointer = pthread_getspecific(thread) else { return }
        let description = pointer.assumingMemoryBound(to: (() -> String).self).pointee()
        let sentence = "RegularizationLaws: a trap, from \(description).\n"
        _ = sentence.utf8.withContiguousStorageIfAvailable { write(2, $0.baseAddress, $0.count) }
    }
}
