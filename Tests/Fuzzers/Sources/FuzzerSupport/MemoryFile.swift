import Glibc

/// An open file without a name, in memory where there is a folder for that: for what reads or writes a path.
public struct MemoryFile: Sendable {
    private let descriptor: CInt

    /// An empty file.
    public init() {
        let folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var path = Array("\(folder)/fuzzer-XXXXXX".utf8CString)
        descriptor = mkstemp(&path)
        check(descriptor >= 0 && unlink(path) == 0, "\(folder) takes no file.")
    }

    /// The path by which this process opens it.
    public var path: String { "/dev/fd/\(descriptor)" }

    /// All bytes.
    public var bytes: [UInt8] {
        let size = Int(lseek(descriptor, 0, SEEK_END))
        var bytes = [UInt8](repeating: 0, count: size)
        check(pread(descriptor, &bytes, size, 0) == size, "Its \(size) bytes cannot be read.")
        return bytes
    }

    /// Removes all bytes; what is written next begins the file.
    public func clear() {
        check(ftruncate(descriptor, 0) == 0 && lseek(descriptor, 0, SEEK_SET) == 0, "It cannot be cleared.")
    }

    /// Replaces all bytes by those of an input.
    public func replace(with start: UnsafePointer<UInt8>?, _ count: Int) {
        clear()
        check(write(descriptor, start, count) == count, "It does not take \(count) bytes.")
    }
}
