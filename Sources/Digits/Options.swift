import Foundation

/// The options of the command line, with their defaults.
struct Options {
    var seeds = 5
    var epochs = 1_500
    var output = "digits-results.json"
    var optimizer = BaseOptimizer.adam
    /// The path of a file with penalties, which replace the rows of the main job; nil for those rows.
    var penalties: String?

    static let usage = """
        Trains a network on handwritten digits with each penalty and compares accuracy and sparsity.

        USAGE: swift run -c release Digits [--penalties FILE] [--optimizer NAME] [--seeds N] [--epochs N]
                                           [--output FILE]

          --penalties FILE  train with the penalties in this JSON file, and with none, instead of all rows
          --optimizer NAME  \(BaseOptimizer.list) (default adam)
          --seeds N         runs of each row, over which results are averaged (default 5)
          --epochs N        passes over the training part (default 1500)
          --output FILE     where the results go as JSON (default digits-results.json)
          --help            this text
        """

    /// Parses the arguments after the name of the program; nil if they ask for help.
    ///
    /// If an option is given more than once, the last value counts.
    init?(_ arguments: some Collection<String>) throws(OptionError) {
        var remaining = arguments[...]
        while let option = remaining.popFirst() {
            if option == "--help" || option == "-h" { return nil }
            guard ["--penalties", "--optimizer", "--seeds", "--epochs", "--output"].contains(option) else {
                throw .unknown(option)
            }
            guard let value = remaining.popFirst() else { throw .missingValue(option) }
            if option == "--output" {
                output = try Self.writablePath(value)
                continue
            }
            if option == "--penalties" {
                penalties = value
                continue
            }
            if option == "--optimizer" {
                guard let base = BaseOptimizer(rawValue: value) else { throw .optimizer(value) }
                optimizer = base
                continue
            }
            guard let number = Int(value), number >= 1 else { throw .notPositive(option, value) }
            if option == "--seeds" { seeds = number } else { epochs = number }
        }
    }
}

extension Options {
    /// The path, if a file can be written there; throws otherwise.
    ///
    /// It is checked before hours of training, not after.
    private static func writablePath(_ path: String) throws(OptionError) -> String {
        let files = FileManager.default
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        var isFolder: ObjCBool = false
        if path.isEmpty || (files.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue) {
            throw .output(path, "is no file")
        }
        guard files.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw .output(path, "is in a folder that does not exist")
        }
        guard files.isWritableFile(atPath: files.fileExists(atPath: path) ? path : folder) else {
            throw .output(path, "cannot be written")
        }
        return path
    }
}

/// An error in the command line, with a sentence that says what is allowed.
enum OptionError: Error, CustomStringConvertible {
    case unknown(String)
    case missingValue(String)
    case notPositive(String, String)
    case optimizer(String)
    case output(String, String)

    var description: String {
        switch self {
        case .unknown(let option): "There is no option \"\(option)\"."
        case .missingValue(let option): "\(option) needs a value."
        case .optimizer(let name):
            "There is no optimizer \"\(name)\"; there is \(BaseOptimizer.list)."
        case .output(let path, let reason): "--output \"\(path)\" \(reason); choose another."
        case .notPositive(let option, let value):
            "\(option) takes a whole number of 1 or more, not \"\(value)\"."
        }
    }
}
