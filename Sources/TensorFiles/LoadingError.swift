import Foundation
import Regularization

/// Why nothing was loaded from a tensor file: what is wrong, where, and what to do.
public enum LoadingError: Error, Sendable, Hashable {
    /// The file cannot be read, or what is in it cannot be loaded, such as NaN.
    case file(TensorFileError)
    /// The filter of parameters cannot be resolved.
    case filter(FilterError)
    /// A rule of renaming matches no tensor or cannot be applied, with the path of the file and a sentence that says
    /// why.
    case renaming(TensorRenaming, in: String, reason: String)
    /// A name that two tensors get from the rules of renaming, their names in the file, and its path.
    case sameName(String, of: [String], in: String)
    /// Tensors that are missing, unexpected or misshapen.
    case mismatch(LoadingMismatch)
    /// The buffers of an optimizer's state in a file are not those of the optimizer: their names, those of the
    /// optimizer, and the path.
    case otherOptimizer(buffers: [String], expected: [String], in: String)
}

extension LoadingError: CustomStringConvertible, LocalizedError {
    /// The path, and sentences that say what is wrong and what to do.
    ///
    /// Control characters are escaped.
    public var description: String {
        switch self {
        case .file(let error): error.description
        case .filter(let error): "Nothing is loaded: \(error)."
        case .renaming(let rule, let path, let reason):
            "\(escapingControls(path)): The rule \(rule) cannot be applied. \(reason)"
        case .sameName(let name, let tensors, let path):
            """
            \(escapingControls(path)): The rules of renaming give \(tensors.shown { quoted($0) }) one name, \
            \(quoted(name)). Leave one of them out by .omitting, or rename it.
            """
        case .mismatch(let mismatch): mismatch.description
        case .otherOptimizer(let buffers, let expected, let path):
            """
            \(escapingControls(path)): The state is that of another optimizer. Its buffers are \
            \(buffers.shown { quoted($0) }), those here \(expected.shown { quoted($0) }).
            """
        }
    }

    /// The same text as `description`.
    public var errorDescription: String? { description }
}
