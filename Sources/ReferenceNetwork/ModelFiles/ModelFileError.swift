import Foundation
import Regularization
import StrictJSON
import TensorFiles

/// Why no model can be made of a tensor file: which file, what is wrong, and what to do.
public struct ModelFileError: Error, Sendable, Hashable, CustomStringConvertible, LocalizedError {
    /// The kinds of errors, for code that goes on differently.
    public enum Kind: Sendable, Hashable {
        /// The file is none of a model: it has weights alone, or holds something else.
        case noModel
        /// A later version of the library wrote it.
        case laterVersion
        /// It is a model of the other kind: one of a table, or a network without a table.
        case otherModel
        /// The metadata are missing, broken, or describe what cannot be.
        case metadata
        /// The tensors are not those that the metadata describe.
        case tensors
        /// An element of a tensor is NaN or infinite.
        case notFinite
        /// A tensor cannot be read.
        case unreadable
    }

    /// The path as it was given.
    public let path: String
    /// The kind.
    public let kind: Kind
    /// Sentences that say what is wrong and what to do.
    public let reason: String

    /// The path and the reason, separated by a colon.
    ///
    /// Control characters are escaped.
    public var description: String { "\(escapingControls(path)): \(escapingControls(reason))" }

    /// The same text as `description`.
    public var errorDescription: String? { description }

    init(_ kind: Kind, in file: TensorFile, _ reason: String) {
        (self.kind, path, self.reason) = (kind, file.path, reason)
    }
}
