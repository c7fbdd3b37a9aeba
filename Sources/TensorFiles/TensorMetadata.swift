import Regularization

/// The texts that a tensor file has beside its tensors, each under a key.
///
///     let metadata: TensorMetadata = ["format": "pt"]
///
/// Keys and texts are compared by their Unicode scalars.
public struct TensorMetadata: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    private var texts: [ExactName: ExactName] = [:]

    /// The keys and their texts, in the order of the keys' bytes in UTF-8.
    public var entries: [(key: String, text: String)] {
        texts.sorted { $0.key < $1.key }.map { ($0.key.name, $0.value.name) }
    }

    /// No texts.
    public init() {}

    /// Texts by their keys; of a key that is given twice the last text counts.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (key, text) in elements { self[key] = text }
    }

    /// The text under a key, nil if there is none; setting nil removes it.
    public subscript(key: String) -> String? {
        get { texts[ExactName(key)]?.name }
        set { texts[ExactName(key)] = newValue.map(ExactName.init) }
    }
}
