import Regularization
import StrictJSON

/// What was loaded from a file, and what was not; printed, it has a line for each kind.
public struct LoadingSummary: Sendable, Hashable {
    /// A tensor whose shape is not the one that is wanted.
    public struct Misshapen: Sendable, Hashable {
        /// The tensor.
        public let tensor: RenamedTensor
        /// The shape that is wanted.
        public let expected: Shape
    }

    /// The tensors that were loaded, in the order of the parameters.
    public internal(set) var loaded: [RenamedTensor] = []
    /// The names in the file of tensors that a rule leaves out, or whose parameters the filter does not select.
    public internal(set) var leftOut: [String] = []
    /// The names of selected parameters for which the file has no tensor.
    public internal(set) var missing: [String] = []
    /// The tensors whose name no parameter has, in the order of the file.
    public internal(set) var unexpected: [RenamedTensor] = []
    /// The tensors of another shape than their parameters.
    public internal(set) var misshapen: [Misshapen] = []

    /// The number of tensors that a strict loading does not permit.
    var problems: Int { missing.count + unexpected.count + misshapen.count }
}

extension LoadingSummary: CustomStringConvertible {
    /// A line for each kind of tensors that there are, with their number and the first of their names.
    public var description: String {
        let lines = [
            loaded.counted("loaded", \.description), leftOut.counted("left out") { quoted($0) },
            missing.counted("missing") { quoted($0) }, unexpected.counted("unexpected", \.description),
            misshapen.counted("misshapen", \.description),
        ].compactMap(\.self)
        return lines.isEmpty ? "nothing loaded" : lines.joined(separator: "\n")
    }
}

extension LoadingSummary.Misshapen: CustomStringConvertible {
    /// The tensor, its shape and the shape that is wanted.
    public var description: String { "\(tensor) is \("\(tensor.shape)".shortened), not \(expected)" }
}

extension Array {
    /// The first elements in words, separated by commas, and how many more there are; "none" if there are none.
    func shown(_ words: (Element) -> String) -> String {
        let limit = 20
        let list = prefix(limit).map(words).joined(separator: ", ")
        return isEmpty ? "none" : count > limit ? "\(list) and \(count - limit) more" : list
    }

    /// The number of elements, their kind and the first of them in words; nil if there are none.
    func counted(_ kind: String, _ words: (Element) -> String) -> String? {
        isEmpty ? nil : "\(count) \(kind): \(shown(words))"
    }
}
