import Foundation

// Foundation throws the same error, without a place, for text that is not JSON and for a number that does not fit the
// type that is to hold it.
extension ConfigurationError {
    /// Finds the place of a decoding error that Foundation reports without one.
    ///
    /// A text that is not JSON gets the line and column of the parser. Otherwise the culprit is searched among the
    /// numbers that may not fit: the first k of them are replaced by 1, which fits every type, and the error disappears
    /// once k includes the last one that does not fit.
    ///
    /// - Parameters:
    ///   - context: What the decoder said.
    ///   - json: The text.
    ///   - isThrown: Whether decoding another text throws the same error.
    /// - Complexity: O(log n) decodings of the text for n such numbers.
    init(unplaced context: DecodingError.Context, _ json: Data, _ isThrown: (Data) -> Bool) {
        let tree: Any
        do {
            tree = try JSONSerialization.jsonObject(with: json, options: .fragmentsAllowed)
        } catch {
            let detail = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String
            self.init(
                file: nil, place: "",
                reason:
                    "This is no valid JSON: \(Self.byLine(detail ?? "\(error.localizedDescription)", json))")
            return
        }
        let numbers = Self.numbersThatMayNotFit(in: tree, at: [])
        func isThrownBeyond(_ place: Int) -> Bool {
            var count = place
            let simpler = Self.replacing(&count, in: tree)
            let text = try? JSONSerialization.data(withJSONObject: simpler, options: .fragmentsAllowed)
            return text.map { isThrown($0) } ?? false
        }
        // Bisection over k: the error still occurs with the first `good` numbers replaced, and no longer with the first
        // `bad`.
        var (good, bad) = (0, numbers.count)
        while good + 1 < bad {
            let middle = (good + bad) / 2
            if isThrownBeyond(middle) { good = middle } else { bad = middle }
        }
        let culprit = numbers.isEmpty || isThrownBeyond(numbers.count) ? nil : numbers[good]
        if let culprit {
            self.init(
                file: nil, place: Self.place(of: culprit.path),
                reason: """
                    The number \(culprit.value) does not fit here; a whole number is expected, or one that Float can \
                    hold.
                    """)
        } else {
            self.init(file: nil, place: "", reason: context.debugDescription)
        }
    }

    /// The numbers that may not fit their type, with the paths to them: fractions, and magnitudes of 1e6 or more.
    ///
    /// They come in the order of the text's lists and of the objects' keys in alphabetical order, which `replacing`
    /// shares.
    private static func numbersThatMayNotFit(in tree: Any, at path: [Step]) -> [(path: [Step], value: Double)]
    {
        switch tree {
        case let object as [String: Any]:
            return object.sorted { $0.key < $1.key }.flatMap {
                numbersThatMayNotFit(in: $1, at: path + [.key($0)])
            }
        case let list as [Any]:
            return list.enumerated().flatMap { numbersThatMayNotFit(in: $1, at: path + [.index($0)]) }
        default:
            return odd(tree).map { [(path, $0)] } ?? []
        }
    }

    /// The number in a leaf of the tree if it may not fit its type; nil otherwise.
    private static func odd(_ leaf: Any) -> Double? {
        guard let value = leaf as? Double, value != value.rounded() || abs(value) >= 1e6 else { return nil }
        return value
    }

    /// The tree with the first `count` of those numbers replaced by 1; `count` falls by the number of replacements.
    private static func replacing(_ count: inout Int, in tree: Any) -> Any {
        switch tree {
        case var object as [String: Any]:
            for (key, value) in object.sorted(by: { $0.key < $1.key }) {
                object[key] = replacing(&count, in: value)
            }
            return object
        case let list as [Any]:
            return list.map { replacing(&count, in: $0) }
        default:
            guard count > 0, odd(tree) != nil else { return tree }
            count -= 1
            return 1
        }
    }

    /// The parser's sentence with the line and column, from 1, in place of the offset that it mentions.
    private static func byLine(_ sentence: String, _ json: Data) -> String {
        guard let match = sentence.firstMatch(of: /around character (\d+)/), let offset = Int(match.1) else {
            return sentence
        }
        let before = json.prefix(offset)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let column = offset - (before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0) + 1
        return sentence.replacing(match.0, with: "at line \(line), column \(column)")
    }
}
