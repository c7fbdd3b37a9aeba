import FuzzerSupport
import Regularization

/// The first line of the input is a pattern, the rest is a name.
///
/// What holds: a pattern is read or refused with a sentence; a pattern in a group, beside itself, repeated once or
/// between anchors matches the same names; a name with its punctuation escaped matches itself and nothing longer.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPatterns(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let (pattern, rest) = firstLine(of: text(start, count))
    // Names are the program's own; messages show them as they are.
    let name = String(String.UnicodeScalarView(rest.unicodeScalars.filter { !isControl($0) })) + "a"
    checkEscaped(name)
    checkAttachment(pattern)
    guard let isMatch = matches(.matching(pattern), name) else { return 0 }
    for same in [
        "(\(pattern))", "(?:\(pattern))", "\(pattern)|\(pattern)", "(\(pattern)){1}", "^(\(pattern))$",
    ] {
        // Refused if it is too large or too deep now.
        guard let isSameMatch = matches(.matching(same), name) else { continue }
        check(isSameMatch == isMatch, "\(same) and \(pattern) differ on \(name)")
    }
    if let isOptional = matches(.matching("(\(pattern))?"), name), isMatch {
        check(isOptional, "(\(pattern))? does not match \(name)")
    }
    _ = matches(.named(pattern), name)
    return 0
}

private func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .control }

/// Whether a filter selects a name; nil if it cannot be read.
private func matches(_ filter: ParameterFilter, _ name: String) -> Bool? {
    do {
        return try !filter.indices(in: Layout([(name, [1])])).isEmpty
    } catch {
        if case .selectsNothing = error { return false }
        return nil
    }
}

private func checkEscaped(_ name: String) {
    let escaped = name.unicodeScalars.map { scalar in
        let isPunctuation = scalar.isASCII && !scalar.properties.isAlphabetic && !("0"..."9").contains(scalar)
        return isPunctuation ? "\\\(scalar)" : "\(scalar)"
    }
    guard let isMatch = matches(.matching(escaped.joined()), name) else {
        return check(escaped.count > 10_000, "\(escaped) is refused")
    }
    check(isMatch, "\(escaped) does not match itself")
    check(matches(.matching(escaped.joined()), name + "a") == false, "\(escaped) matches more than itself")
}

private func checkAttachment(_ pattern: String) {
    let parameters = Parameters([("fully.0.weight", [2, 2], [1, 2, 3, 4]), ("fully.0.bias", [2], [0, 0])])
    for filter in [ParameterFilter.matching(pattern), .named(pattern), .exactly(pattern)] {
        do {
            _ = try SGD(learningRate: 1).regularized(by: [.lossTerm(L1(), on: filter)], over: parameters)
        } catch {
            checkSentence(error)
        }
    }
}
