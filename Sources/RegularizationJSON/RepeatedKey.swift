import Foundation

/// A key that one object of a JSON text has twice; Foundation takes the first in silence.
struct RepeatedKey {
    let name: String
    let line: Int

    /// Finds the first; nil if there is none, or before a text stops being JSON.
    init?(in json: Data) {
        // For each open bracket the keys of the object so far; of a list none.
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
