#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// An open file that is read from its beginning to its end: a regular file, a pipe or a device.
///
/// It neither seeks nor asks for the size, so that a pipe reads like a file. It is closed when its life ends.
package struct FileReader: ~Copyable {
    /// Why a file cannot be read, in the words of the system.
    package struct Failure: Error, Equatable {
        package let reason: String

        static func last() -> Failure { Failure(reason: String(cString: strerror(errno))) }
    }

    private let descriptor: Int32

    /// Opens a file; a pipe waits for its writer.
    package init(path: String) throws(Failure) {
        // The system would take the part before a NUL for the path.
        guard !path.utf8.contains(0) else { throw Failure(reason: "The path has a NUL character") }
        var descriptor: Int32
        repeat { descriptor = open(path, O_RDONLY | O_CLOEXEC) } while descriptor < 0 && errno == EINTR
        guard descriptor >= 0 else { throw .last() }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Fills the buffer from an index on, and returns the index up to which there are bytes; less than the size of the
    /// buffer means that the file has ended.
    package func fill(_ buffer: inout [UInt8], from start: Int) throws(Failure) -> Int {
        var end = start
        while end < buffer.count {
            let count = buffer.withUnsafeMutableBytes { bytes in
                // Some systems refuse to read more than 2^31 − 1 bytes at once.
                let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[end...].prefix(1 << 30))
                return read(descriptor, rest.baseAddress, rest.count)
            }
            if count == 0 { break }
            if count > 0 {
                end += count
            } else if errno != EINTR {
                throw .last()
            }
        }
        return end
    }
}
