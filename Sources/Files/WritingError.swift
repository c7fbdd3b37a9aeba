#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file that could not be written.
package struct WritingError: Error, Hashable, CustomStringConvertible {
    /// The path as it was given.
    package let path: String
    /// The system's number for the reason, such as `ENOSPC`.
    package let code: Int32

    /// The path, the reason in the system's words, and what to do.
    package var description: String { "\(path.isEmpty ? "\"\"" : path): \(reason)" }

    /// The description without the path.
    package var reason: String {
        "The file cannot be written: \(String(cString: strerror(code))). \(advice)"
    }

    /// What to do.
    private var advice: String {
        switch code {
        case ENOENT: "Create its folder, or choose another path."
        case EISDIR: "Choose the path of a file in that folder."
        case ENOTDIR: "A folder of the path is a file; choose another path."
        case ELOOP: "Its symbolic links lead in a circle; remove them, or choose another path."
        case EACCES, EPERM: "Change the permissions, or choose another path."
        case EROFS: "Choose a path on another file system."
        case ENAMETOOLONG: "Choose a shorter path."
        case ENOSPC, EDQUOT: "Free some space, or choose a path on another disk."
        case EFBIG: "Raise the limit of the size of files, or choose a path on another file system."
        case ENXIO: "Nothing takes what is written there; choose another path."
        case EBUSY: "It is mounted by itself; mount its folder, or choose another path."
        case EAGAIN: "Somebody else is writing it; choose another path."
        case ESTALE: "Somebody else has changed it meanwhile; choose another path."
        case ESPIPE: "It is no regular file; choose another path."
        case EPIPE: "What reads the pipe has ended; choose a file, or a reader that reads to the end."
        default: "Choose another path."
        }
    }
}
