#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A regular file that grows at its end while it is read by others, and is written by nobody else meanwhile.
///
/// What is appended is in the file when the call returns, whole or not at all, though not yet brought to the disk. The
/// file is closed when the last reference to it is gone.
package final class AppendedFile {
    /// The path as it was given.
    package let path: String
    /// The number of bytes.
    package private(set) var size: Int
    private let descriptor: Int32

    /// Opens a file, or makes an empty one; throws for what is no regular file, and for one that is open here already.
    package init(path: String) throws(WritingError) {
        if path.utf8.contains(0) { throw WritingError(path: path, code: EINVAL) }
        // Without O_NONBLOCK a device could wait before it is refused.
        descriptor = try open(path, O_RDWR | O_CREAT | O_APPEND | O_NONBLOCK, 0o666, for: path)
        self.path = path
        size = 0
        let status = try status()
        guard status.st_mode & S_IFMT == S_IFREG else { throw WritingError(path: path, code: ESPIPE) }
        _ = try systemCall(for: path) { Int(flock(descriptor, LOCK_EX | LOCK_NB)) }
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// The bytes in a range of the file.
    package func bytes(_ range: Range<Int>) throws(WritingError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: range.count)
        var done = 0
        while done < bytes.count {
            let count = try systemCall(for: path) {
                bytes.withUnsafeMutableBytes { buffer in
                    let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...].prefix(1 << 30))
                    return pread(descriptor, rest.baseAddress, rest.count, off_t(range.lowerBound + done))
                }
            }
            // Somebody else has cut it off.
            if count == 0 { throw WritingError(path: path, code: EIO) }
            done += count
        }
        return bytes
    }

    /// Writes bytes at the end; throws without a part of them in the file, also if its path is gone or somebody else
    /// has changed its size.
    package func append(_ bytes: [UInt8]) throws(WritingError) {
        try check()
        do throws(WritingError) {
            var done = 0
            while done < bytes.count {
                done += try systemCall(for: path) {
                    bytes.withUnsafeBytes { buffer in
                        let rest = UnsafeRawBufferPointer(rebasing: buffer[done...])
                        return write(descriptor, rest.baseAddress, rest.count)
                    }
                }
            }
            size += bytes.count
        } catch {
            try? cut(to: size)
            throw error
        }
    }

    /// Cuts off what is beyond a size; throws if the path is gone or somebody else has changed the file's size.
    package func truncate(to size: Int) throws(WritingError) {
        try check()
        try cut(to: size)
    }

    private func cut(to size: Int) throws(WritingError) {
        _ = try systemCall(for: path) { Int(ftruncate(descriptor, off_t(size))) }
        self.size = size
    }

    /// Throws unless the file is still what was written here: its end would be in the middle of somebody else's bytes,
    /// or beyond them.
    private func check() throws(WritingError) {
        let status = try status()
        if status.st_nlink == 0 { throw WritingError(path: path, code: ENOENT) }
        if Int(status.st_size) != size { throw WritingError(path: path, code: ESTALE) }
    }

    private func status() throws(WritingError) -> stat {
        var status = stat()
        _ = try systemCall(for: path) { Int(fstat(descriptor, &status)) }
        return status
    }
}
