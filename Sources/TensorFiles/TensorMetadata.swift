import Regularization

/// The texts that a tensor file has beside its tensors, each under a key.
///
///     let metadata: TensorMetadata = ["format": "pt"]
///
/// Keys are compared by their Unicode scalars, and are in the order in which they were set.
public struct TensorMetadata: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// The keys and texts in their order.
    public private(set) var entries: [Entry] = []
    private var indices: [ExactName: Int] = [:]

    /// A text and its key.
    public struct Entry: Sendable, Hashable {
        /// The key.
        public let key: String
        /// The text.
        public let text: String
    }

    /// No texts.
    public init() {}

    /// Texts by their keys; of a key that is given twice the last text counts.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (key, text) in elements { self[key] = text }
    }

    /// The text under a key, nil if there is none; setting nil removes it.
    public subscript(key: String) -> String? {
        get { indices[ExactName(key)].map { entries[$0].text } }
        set {
            switch (indices[ExactName(key)], newValue) {
            case (let index?, let text?): entries[index] = Entry(key: key, text: text)
            case (nil, let text?):
                indices[ExactName(key)] = entries.count
                entries.append(Entry(key: key, text: text))
            case (let index?, nil):
                entries.remove(at: index)
                indices = [:]
                for (index, entry) in entries.enumerated() { indices[ExactName(entry.key)] = index }
            case (nil, nil): break
            }
        }
    }
}
