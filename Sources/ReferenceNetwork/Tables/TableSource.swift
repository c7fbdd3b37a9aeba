/// Where a table is read from.
public enum TableSource: Sendable {
    /// The path of a file. A pipe or a device such as `/dev/stdin` is read as a file is.
    case file(String)

    /// The contents of a file, and a name for them in errors.
    case text(String, name: String = "text")

    /// The name in errors.
    var name: String {
        switch self {
        case .file(let path): path
        case .text(_, let name): name
        }
    }
}
