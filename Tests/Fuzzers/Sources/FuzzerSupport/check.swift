/// Ends the process, and with it the run, if something does not hold; libFuzzer then saves the input.
public func check(_ condition: Bool, _ sentence: @autoclosure () -> String) {
    if !condition { fatalError(sentence()) }
}

/// Checks a message for people: it ends as a sentence does, and shows no control character of the input as it is.
public func checkSentence(_ error: some Error & CustomStringConvertible) {
    let text = error.description
    check(text.hasSuffix(".") || text.hasSuffix("?"), "The message is no sentence: \(text.debugDescription)")
    check(
        !text.unicodeScalars.contains { $0.properties.generalCategory == .control },
        "The message has a control character: \(text.debugDescription)")
}

/// The text of an input, with a replacement character where it is not UTF-8.
public func text(_ start: UnsafePointer<UInt8>?, _ count: Int) -> String {
    String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
}

/// The first line of a text and the rest, which may be empty.
public func firstLine(of text: String) -> (line: String, rest: String) {
    let scalars = text.unicodeScalars
    guard let end = scalars.firstIndex(of: "\n") else { return (text, "") }
    return (String(scalars[..<end]), String(scalars[end...].dropFirst()))
}
