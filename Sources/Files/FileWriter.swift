#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What `writeWhole` gives to its closure, to write the bytes of a file one after the other.
package struct FileWriter: ~Copyable {
    private let descriptor: Int32
    /// The path as the caller gave it, for errors.
    private let path: String

    fileprivate init(_ descriptor: Int32, path: String) {
        (self.descriptor, self.path) = (descriptor, path)
    }

    deinit { close(descriptor) }

    /// Writes bytes after those that were written before.
    package func write(_ bytes: RawSpan) throws(WritingError) {
        var rest = bytes
        while rest.byteCount > 0 {
            // Darwin refuses to write more than `Int32.max` bytes at once.
            let part = rest.extracting(first: 1 << 30)
            let count = try systemCall(for: path) {
                part.withUnsafeBytes { buffer in
                    #if canImport(Darwin)
                        Darwin.write(descriptor, buffer.baseAddress, buffer.count)
                    #elseif canImport(Glibc)
                        Glibc.write(descriptor, buffer.baseAddress, buffer.count)
                    #elseif canImport(Musl)
                        Musl.write(descriptor, buffer.baseAddress, buffer.count)
                    #endif
                }
            }
            rest = rest.extracting(droppingFirst: count)
        }
    }

    /// Brings what was written to the disk, with the permissions and, as far as the system permits it, the owner of an
    /// earlier file.
    fileprivate func finish(like earlier: stat?) throws(WritingError) {
        if let earlier {
            if fchown(descriptor, earlier.st_uid, earlier.st_gid) != 0 {
                // A user cannot give files away, but to groups of his own.
                _ = fchown(descriptor, uid_t.max, earlier.st_gid)
            }
            // As when a file is written in place, a program does not keep the right to run as its owner.
            _ = fchmod(descriptor, earlier.st_mode & 0o777)
        }
        _ = try systemCall(for: path) { Int(fsync(descriptor)) }
    }
}

/// Writes a file whole or not at all: on an error, and if the process dies or the power fails, the file is the earlier
/// one, byte for byte, or there is none.
///
/// The bytes go to a temporary file in the same folder, which then takes the place of the earlier one and keeps its
/// permissions and its owner. A symbolic link stays, and the file that it points to is written. What is no regular
/// file, such as a pipe or a device, is written directly. Nothing is left behind on an error; a process that is killed
/// may leave the temporary file, whose name begins with `.swift-regularization-`.
///
///     try writeWhole(to: "weights.bin") { file throws(WritingError) in
///         try file.write(header.span.bytes)
///         try file.write(weights.bytes)
///     }
///
/// Other names of the file (hard links) keep the earlier content, and extended attributes are lost.
package func writeWhole(
    to path: String, _ body: (borrowing FileWriter) throws(WritingError) -> Void
) throws(WritingError) {
    switch try Destination(path) {
    case .file(let target, let earlier):
        try replace(target, earlier, for: path, body)
    case .special:
        try body(FileWriter(try open(path, O_WRONLY, for: path), path: path))
    case .descriptor(let number):
        let copy = try systemCall(for: path) { Int(fcntl(number, F_DUPFD_CLOEXEC, 0)) }
        try body(FileWriter(Int32(copy), path: path))
    }
}

/// Writes a file whole or not at all, as the other `writeWhole` does.
package func writeWhole(_ bytes: RawSpan, to path: String) throws(WritingError) {
    try writeWhole(to: path) { file throws(WritingError) in try file.write(bytes) }
}

/// Throws what `writeWhole` would throw for a path, before long work whose results are to be written there.
///
/// It makes the temporary file and removes it, since neither permissions nor anything else says for certain whether a
/// folder takes files.
package func checkWritable(_ path: String) throws(WritingError) {
    switch try Destination(path) {
    case .file(let target, let earlier):
        let (temporary, descriptor) = try makeTemporaryFile(beside: target, earlier, for: path)
        close(descriptor)
        unlink(temporary)
    case .special:
        _ = try systemCall(for: path) { Int(access(path, W_OK)) }
    case .descriptor(let number):
        _ = try systemCall(for: path) { Int(fcntl(number, F_GETFD)) }
    }
}

private func replace(
    _ target: String, _ earlier: stat?, for path: String,
    _ body: (borrowing FileWriter) throws(WritingError) -> Void
) throws(WritingError) {
    // A folder that cannot be read can take files, but not be brought to the disk.
    let folder = try? open(Destination.folder(of: target), O_RDONLY | O_DIRECTORY, for: path)
    defer { if let folder { close(folder) } }
    let (temporary, descriptor) = try makeTemporaryFile(beside: target, earlier, for: path)
    do throws(WritingError) {
        let file = FileWriter(descriptor, path: path)
        try body(file)
        try file.finish(like: earlier)
        _ = try systemCall(for: path) { Int(rename(temporary, target)) }
    } catch {
        unlink(temporary)
        throw error
    }
    // The new file is whole already; some file systems cannot do this for folders.
    if let folder { fsync(folder) }
}

/// Makes an empty file with a name of its own beside the target; nobody else can read it if there is an earlier target,
/// whose permissions it gets later.
private func makeTemporaryFile(
    beside target: String, _ earlier: stat?, for path: String
) throws(WritingError) -> (path: String, descriptor: Int32) {
    let number = String(UInt64.random(in: .min ... .max), radix: 16)
    // It says where it comes from, and fits however long the name of the target is.
    let temporary = "\(Destination.folder(of: target))/.swift-regularization-\(number)"
    let mode: mode_t = earlier == nil ? 0o666 : 0o600
    return (temporary, try open(temporary, O_WRONLY | O_CREAT | O_EXCL, mode, for: path))
}

/// Opens a file that no child process inherits.
func open(
    _ file: String, _ flags: Int32, _ mode: mode_t = 0, for path: String
) throws(WritingError) -> Int32 {
    Int32(try systemCall(for: path) { Int(open(file, flags | O_CLOEXEC, mode)) })
}

/// The result of a function of the system, called again when a signal interrupts it; throws its reason if it fails.
func systemCall(for path: String, _ call: () -> Int) throws(WritingError) -> Int {
    while true {
        let result = call()
        if result >= 0 { return result }
        if errno != EINTR { throw WritingError(path: path, code: errno) }
    }
}
