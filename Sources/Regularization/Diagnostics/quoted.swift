/// A text from outside, in quotes for a message: control characters are escaped, and a long text is cut.
///
/// A backslash stays as it is, since patterns are full of them.
package func quoted(_ text: String) -> String {
    let limit = 200
    let scalars = text.unicodeScalars
    let shown = String(scalars.prefix(limit))
    return "\"\(escapingControls(shown))\"\(scalars.count > limit ? "…" : "")"
}

/// A message that may contain texts from outside, with control characters as `\u{1b}`: a terminal would obey them.
package func escapingControls(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { shown, scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator:
            shown += "\\u{\(String(scalar.value, radix: 16))}"
        default: shown.unicodeScalars.append(scalar)
        }
    }
}
