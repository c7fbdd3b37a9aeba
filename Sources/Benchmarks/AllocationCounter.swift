import Foundation

/// The number of memory allocations of the process, if it was started with a library that counts them.
///
/// `.ci/count-allocations.c` is such a library; `.ci/run` shows with it that a training step allocates nothing.
enum AllocationCounter {
    private typealias Function = @convention(c) () -> Int

    #if canImport(Darwin)
        private static let everywhere = -2
    #else
        private static let everywhere = 0
    #endif

    private static let function: Function? =
        dlsym(UnsafeMutableRawPointer(bitPattern: everywhere), "count_of_allocations")
        .map { unsafeBitCast($0, to: Function.self) }

    /// The number of allocations so far; nil if no library counts them.
    static var count: Int? { function?() }
}
