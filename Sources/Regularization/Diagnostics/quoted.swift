/// A text from outside, in quotes for a message: control characters are escaped, and a long text is cut.
///
/// A backslash stays as it is, since patterns are full of them.
func quoted(_ text: String) -> String {
    let limit = 200
    let scalars = text.unicodeScalars
    let shown = scalars.prefix(limit).reduce(into: "") { shown, scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator:
            shown += "\\u{\(String(scalar.value, radix: 16))}"
        default: shown.unicodeScalars.append(scalar)
        }
    }
    return "\"\(shown)\"\(scalars.count > limit ? "…" : "")"
}
