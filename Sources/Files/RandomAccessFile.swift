#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// An open regular file that is read at any place, also by several threads at once.
///
/// What is read is the file that was opened, also when another one takes its path later. It is closed when the last
/// reference to it is gone.
package final class RandomAccessFile: Sendable {
    /// The path as it was given.
    package let path: String
    /// The number of bytes when the file was opened.
    package let size: Int
    private let descriptor: Int32

    /// Opens a file; throws the system's reason, or that it is no regular file.
    package init(path: String) throws(FileReader.Failure) {
        guard !path.utf8.contains(0) else { throw FileReader.Failure(reason: "The path has a NUL character") }
        var descriptor: Int32
        // Without O_NONBLOCK a pipe would wait for its writer before it is refused.
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK
        repeat { descriptor = open(path, flags) } while descriptor < 0 && errno == EINTR
        guard descriptor >= 0 else { throw .last() }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let failure = FileReader.Failure.last()
            close(descriptor)
            throw failure
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            throw FileReader.Failure(
                reason: isFolder ? "It is a folder" : "It is no regular file, and cannot be read at any place"
            )
        }
        (self.path, self.descriptor, size) = (path, descriptor, Int(status.st_size))
    }

    deinit { close(descriptor) }

    /// Fills the elements with the bytes from an offset on, as they lie in the file.
    ///
    /// - Throws: The system's reason, also if the file has become shorter than that.
    package func read<Element: BitwiseCopyable>(
        into elements: inout MutableSpan<Element>, at offset: Int
    ) throws(FileReader.Failure) {
        let failure = elements.withUnsafeMutableBytes { readBytes(into: $0, at: offset) }
        if let failure { throw failure }
    }

    private func readBytes(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int
    ) -> FileReader.Failure? {
        var done = 0
        while done < buffer.count {
            // Some systems refuse to read more than 2^31 − 1 bytes at once.
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...].prefix(1 << 30))
            let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
            if count > 0 {
                done += count
            } else if count == 0 {
                return FileReader.Failure(reason: "It has become shorter while it was read")
            } else if errno != EINTR {
                return .last()
            }
        }
        return nil
    }

    /// The bytes in a range of the file, which must lie within its size.
    package func bytes(_ range: Range<Int>) throws(FileReader.Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: range.count)
        var span = bytes.mutableSpan
        try read(into: &span, at: range.lowerBound)
        return bytes
    }
}
