import Files
import Regularization

/// The options of the command line, with their defaults.
struct Options {
    var seeds = 5
    var epochs = 1_500
    var output = "digits-results.json"
    var optimizer = BaseOptimizer.adam
    /// The path of a file with penalties, which replace the rows of the main job; nil for those rows.
    var penalties: String?
    /// The folder that the models are written to; nil if they are not.
    var models: ModelFolder?

    static let usage = """
        Trains a network on handwritten digits with each penalty and compares accuracy and sparsity.

        USAGE: swift run -c release Digits [--penalties FILE] [--optimizer NAME] [--seeds N] [--epochs N]
                                           [--output FILE] [--models FOLDER]

          --penalties FILE  train with the penalties in this JSON file, and with none, instead of all rows
          --optimizer NAME  \(BaseOptimizer.list) (default adam)
          --seeds N         runs of each row, over which results are averaged (default 5)
          --epochs N        passes over the training part (default 1500)
          --output FILE     where the results go as JSON (default digits-results.json)
          --models FOLDER   write each trained network with its columns and scaling into this folder, which is made if
                            it is missing, but not the folders that it is in; the results name the files, and earlier
                            ones of these names are replaced
          --help            this text

        It ends with 2 for an error in the command line, and with 1 for any other.
        """

    /// The largest number of seeds or epochs: with more, a run that ends only when all of them are done never would.
    private static let most = 1_000_000_000

    /// Parses the arguments after the name of the program; nil if they ask for help.
    ///
    /// If an option is given more than once, the last value counts.
    init?(_ arguments: some Collection<String>) throws(OptionError) {
        var remaining = arguments[...]
        while let option = remaining.popFirst() {
            if option == "--help" || option == "-h" { return nil }
            let others = ["--penalties", "--optimizer", "--seeds", "--epochs", "--output", "--models"]
            guard others.contains(option) else { throw .unknown(option) }
            // What begins like an option is one whose value before it was forgotten; a file can be given as ./--name.
            guard let value = remaining.popFirst(), !value.isEmpty, !value.hasPrefix("--") else {
                throw .missingValue(option)
            }
            // The replacement character stands for bytes that are no text, and would name another file.
            if value.unicodeScalars.contains("\u{FFFD}") { throw .noText(option, value) }
            switch option {
            case "--output": output = value
            case "--penalties": penalties = value
            case "--models": models = ModelFolder(path: value)
            case "--optimizer":
                guard let base = BaseOptimizer(rawValue: value) else { throw .optimizer(value) }
                optimizer = base
            default:
                guard let number = Int(value), 1...Self.most ~= number else {
                    throw .number(option, value, most: Self.most)
                }
                if option == "--seeds" { seeds = number } else { epochs = number }
            }
        }
    }

    /// Makes the folder of models, and throws if they or the results could not be written, before hours of training and
    /// not after.
    func checkOutput() throws(OptionError) {
        try models?.prepare()
        do {
            try checkWritable(output)
        } catch {
            throw .output(error)
        }
    }
}

/// An error in the command line, with a sentence that says what is allowed.
enum OptionError: Error, CustomStringConvertible {
    case unknown(String)
    case missingValue(String)
    case noText(String, String)
    case number(String, String, most: Int)
    case optimizer(String)
    case output(WritingError)
    case models(String, reason: String)

    var description: String {
        switch self {
        case .unknown(let option):
            "There is no option \(option.debugDescription); --help shows those that there are."
        case .missingValue(let option): "\(option) needs a value; --help shows which."
        case .noText(let option, let value):
            "\(option) takes text in UTF-8, which \(value.debugDescription) is not; rename the file."
        case .optimizer(let name):
            "There is no optimizer \(name.debugDescription); choose one of \(BaseOptimizer.list)."
        case .number(let option, let value, let most):
            "\(option) takes a whole number from 1 to \(most), as more would never end, not \(value.debugDescription)."
        case .output(let error): "--output \(error)"
        case .models(let folder, let reason): "--models \(escapingControls(folder)): \(reason)"
        }
    }
}
