import Foundation

/// How often memory was allocated, in a process that was started with a library that counts it.
///
/// `.ci/count-allocations.c` is such a library; `.ci/run` shows with it that a training step allocates nothing.
enum AllocationCounter {
    private typealias Function = @convention(c) () -> Int

    private static let function: Function? = dlsym(
        UnsafeMutableRawPointer(bitPattern: 0), "count_of_allocations"
    )
    .map { unsafeBitCast($0, to: Function.self) }

    /// The number of allocations so far, nil if nothing counts them.
    static var count: Int? { function?() }
}
