import Foundation

/// A key that occurs twice in one object of a JSON text; Foundation takes the first without an error.
struct RepeatedKey {
    /// The key as it is written, escapes included.
    let name: String
    /// The line of its second occurrence, from 1.
    let line: Int

    /// Finds the first repeated key; nil if there is none before the end of the text, or before it stops being JSON.
    ///
    /// - Complexity: O(bytes).
    init?(in json: Data) {
        // The keys so far of each open object, and an empty set for each open list.
        var objects: [Set<Data>] = []
        var (line, text) = (1, Data())
        var index = json.startIndex
        while index < json.endIndex {
            let byte = json[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: "{"), UInt8(ascii: "["): objects.append([])
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = objects.popLast()
            case UInt8(ascii: "\""):
                let start = index
                while index < json.endIndex, json[index] != byte {
                    index += json[index] == UInt8(ascii: "\\") ? 2 : 1
                }
                text = json[start..<min(index, json.endIndex)]
                index += 1
            case UInt8(ascii: ":"):
                guard let object = objects.indices.last else { return nil }
                if !objects[object].insert(text).inserted {
                    (name, self.line) = (String(decoding: text, as: UTF8.self), line)
                    return
                }
            default: break
            }
        }
        return nil
    }
}
