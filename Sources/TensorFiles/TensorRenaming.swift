import Regularization

/// A rule for the names of a file's tensors: it gives some of them other names, or leaves them out.
///
///     [.omitting("optimizer.*"), .prefix("module.", to: "")]
///     [.pattern("*/kernel", to: "*.weight", transposed: true), .pattern("*/bias", to: "*.bias")]
///
/// Rules apply in their order, each to the names that the rules before it have left. A rule that matches no tensor is
/// an error, since a typing mistake would do nothing in silence. In a pattern, `*` stands for any run of characters,
/// dots and slashes included, none too; each takes as few as it can. The target has as many stars, which take what
/// those of the pattern took, in their order. Characters are compared by their Unicode scalars, and a pattern takes at
/// most the product of its length and that of the name in time.
public enum TensorRenaming: Sendable, Hashable {
    /// Puts another text in place of the one that a name begins with; an empty text is one that every name begins with.
    case prefix(String, to: String)
    /// Renames the tensors whose whole name matches a pattern, and takes them for matrices `[in, out]` that are to be
    /// `[out, in]` if `transposed` says so, as the kernels of Keras are.
    case pattern(String, to: String, transposed: Bool = false)
    /// Leaves out the tensors whose whole name matches a pattern.
    case omitting(String)
}

extension TensorRenaming {
    /// What a rule makes of a name.
    enum Outcome: Equatable {
        case unmatched, omitted
        case renamed(String, transposed: Bool)
    }

    /// The rule as a function of names, with its pattern taken apart.
    ///
    /// - Throws: A sentence if pattern and target do not have the same number of stars.
    func function() throws(RuleMistake) -> (String) -> Outcome {
        switch self {
        case .prefix(let prefix, let target):
            return { name in
                guard name.utf8.starts(with: prefix.utf8) else { return .unmatched }
                return .renamed(
                    target + String(Substring(name.utf8.dropFirst(prefix.utf8.count))), transposed: false)
            }
        case .pattern(let pattern, let target, let isTransposed):
            let (pattern, target) = (StarPattern(pattern), StarPattern(target))
            guard pattern.stars == target.stars else {
                throw RuleMistake(
                    reason:
                        """
                        The stars of its pattern are \(pattern.stars), those of its target \(target.stars); give both \
                        the same number.
                        """
                )
            }
            return { name in
                guard let taken = pattern.match(Array(name.utf8)) else { return .unmatched }
                return .renamed(target.filled(with: taken), transposed: isTransposed)
            }
        case .omitting(let pattern):
            let pattern = StarPattern(pattern)
            return { pattern.match(Array($0.utf8)) == nil ? .unmatched : .omitted }
        }
    }

    /// The texts that may have been meant: names, and for a prefix their first components.
    func nearest(among names: [String]) -> [String] {
        switch self {
        case .prefix(let prefix, _):
            let starts = names.compactMap { name in
                name.firstIndex { $0 == "." || $0 == "/" }.map { ExactName(String(name[...$0])) }
            }
            return Set(starts).sorted().map(\.name).nearest(to: prefix)
        case .pattern(let pattern, _, _), .omitting(let pattern): return names.nearest(to: pattern)
        }
    }

    /// What is wrong with a rule in itself.
    struct RuleMistake: Error { let reason: String }
}

extension TensorRenaming: CustomStringConvertible {
    /// The rule as it is written in code.
    public var description: String {
        switch self {
        case .prefix(let prefix, let target): ".prefix(\(literal(prefix)), to: \(literal(target)))"
        case .pattern(let pattern, let target, let isTransposed):
            ".pattern(\(literal(pattern)), to: \(literal(target))\(isTransposed ? ", transposed: true" : ""))"
        case .omitting(let pattern): ".omitting(\(literal(pattern)))"
        }
    }
}

/// A text as it is written in code, of Swift and, but for control characters, of Python.
func literal(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { ["\"", "\\"].contains($0) ? "\\\($0)" : "\($0)" }.joined()
    return "\"\(escapingControls(escaped))\""
}
