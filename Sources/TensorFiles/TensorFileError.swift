import Foundation
import Regularization

/// What is wrong with a tensor file, or with what was asked of it: which file, which tensor, what, and what to do.
public struct TensorFileError: Error, Sendable, Hashable, CustomStringConvertible, LocalizedError {
    /// The kinds of errors, for code that goes on differently.
    public enum Kind: Sendable, Hashable {
        /// The system does not open or read the file.
        case unreadable
        /// It is healthy and of a format that is not read here: a pickle, a compressed archive.
        case otherFormat
        /// It breaks the rules of its format, or ends too early.
        case malformed
        /// No tensor has the name.
        case unknownTensor
        /// The type of the tensor's elements has no conversion.
        case otherType
        /// A finite element is too large for a Float.
        case overflow
        /// An element would be rounded, and `exact` does not permit it.
        case inexact
        /// A tensor has another number of elements than there is memory for, or another shape.
        case shape
        /// The contents cannot be written in the format, or the system does not write the file.
        case unwritable
    }

    /// The path as it was given.
    public let path: String
    /// The name of the tensor; nil if the error is about the file.
    public let tensor: String?
    /// The kind.
    public let kind: Kind
    /// Sentences that say what is wrong and what to do.
    public let reason: String

    /// The path, the tensor and the reason, separated by colons.
    ///
    /// Control characters are escaped.
    public var description: String {
        let tensor = tensor.map { quoted($0) }
        return [escapingControls(path), tensor, escapingControls(reason)].compactMap(\.self)
            .joined(separator: ": ")
    }

    /// The same text as `description`.
    public var errorDescription: String? { description }

    package init(_ kind: Kind, in path: String, tensor: String? = nil, _ reason: String) {
        (self.kind, self.path, self.tensor, self.reason) = (kind, path, tensor, reason)
    }
}
