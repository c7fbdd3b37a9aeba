#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What is at a path that is to be written.
enum Destination {
    /// A regular file, or nothing yet: the path after all symbolic links, and what the system says of the earlier file.
    case file(String, earlier: stat?)
    /// A device, a pipe or anything else that is to be written in place.
    case special
    /// An open file of this process, such as `/dev/stdout`.
    case descriptor(Int32)

    /// The number of links after which the system gives up too.
    private static let mostLinks = 40

    /// Throws for a folder, a path that cannot lead to a file, and a file that may not be written.
    init(_ path: String) throws(WritingError) {
        if path.isEmpty || path.utf8.contains(0) { throw WritingError(path: path, code: EINVAL) }
        var target = path
        for _ in 0...Self.mostLinks {
            if let number = Self.descriptor(at: target) {
                self = .descriptor(number)
                return
            }
            var status = stat()
            guard lstat(target, &status) == 0 else {
                let code = errno
                if code != ENOENT { throw WritingError(path: path, code: code) }
                if target.utf8.last == UInt8(ascii: "/") { throw WritingError(path: path, code: EISDIR) }
                self = .file(target, earlier: nil)
                return
            }
            switch status.st_mode & S_IFMT {
            case S_IFLNK:
                guard let link = Self.link(at: target) else { throw WritingError(path: path, code: errno) }
                target = link.utf8.first == UInt8(ascii: "/") ? link : "\(Self.folder(of: target))/\(link)"
            // What cannot be opened is to be found out before long work too.
            case S_IFSOCK: throw WritingError(path: path, code: ENXIO)
            case S_IFDIR: throw WritingError(path: path, code: EISDIR)
            case S_IFREG:
                if access(target, W_OK) != 0 { throw WritingError(path: path, code: errno) }
                self = .file(target, earlier: status)
                return
            default:
                self = .special
                return
            }
        }
        throw WritingError(path: path, code: ELOOP)
    }

    /// The folder of a file.
    static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The name of a file in its folder.
    private static func name(of path: String) -> Substring {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[path.utf8.index(after: $0)...] } ?? path[...]
    }

    /// The path in a symbolic link, which may be relative to the link's folder; nil, with the reason in `errno`, if it
    /// cannot be read.
    private static func link(at path: String) -> String? {
        var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = bytes.withUnsafeMutableBytes { readlink(path, $0.baseAddress!, $0.count) }
        if count < 0 { return nil }
        errno = EILSEQ  // the reason if it is no text
        return String(validating: bytes[..<count], as: UTF8.self)
    }

    /// The number of an open file of this process, if the path is one in the system's folder of these.
    ///
    /// To open it anew would begin at its first byte, and write over what was written there before.
    private static func descriptor(at path: String) -> Int32? {
        guard let number = Int32(name(of: path)), let own = realpath("/dev/fd", nil) else { return nil }
        defer { free(own) }
        guard let real = realpath(folder(of: path), nil) else { return nil }
        defer { free(real) }
        return strcmp(real, own) == 0 ? number : nil
    }
}
