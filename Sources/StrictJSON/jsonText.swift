import Foundation

/// A value as JSON, with its keys in alphabetical order and without spaces.
///
/// Traps for a value that has none, as a number that is not finite.
package func jsonText(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
        fatalError("\(value) has no JSON: \(error)")
    }
}
