import FuzzerSupport
import ReferenceNetwork

/// The first line of the input is the name of the label, the rest is a table.
///
/// What holds: it is read or refused with a sentence; the features are finite; written again with every cell in quotes,
/// it has the same samples when it is read with the table's schema.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTables(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let (label, contents) = firstLine(of: text(start, count))
    do {
        _ = try CSVTable(.text(contents), values: [label])
    } catch {
        checkSentence(error)
    }
    let table: CSVTable
    do {
        table = try CSVTable(.text(contents), classes: label)
    } catch {
        checkSentence(error)
        return 0
    }
    let samples = table.samples
    check(samples.features.allSatisfy(\.isFinite), "A cell is not finite.")
    check(samples.featureNames == table.schema.features, "Other names: \(samples.featureNames)")
    do {
        let again = try table.schema.samples(in: .text(written(samples, label: label)))
        check(again == samples, "Other samples: \(again)")
    } catch {
        check(false, "What was read cannot be written and read: \(error)")
    }
    return 0
}

private func written(_ samples: Samples, label: String) -> String {
    guard case .classes(let classes, let names) = samples.targets else { return "" }
    let width = samples.inputs
    let rows = classes.enumerated().map { row, label in
        samples.features[row * width..<(row + 1) * width].map { "\($0)" } + [names[label]]
    }
    return ([samples.featureNames + [label]] + rows).map { $0.map(inQuotes).joined(separator: ",") + "\n" }
        .joined()
}

/// A cell in quotes, with those in it doubled, scalar by scalar: to `String`, a quote with a mark above is none.
private func inQuotes(_ cell: String) -> String {
    let doubled = cell.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }
    return "\"\(doubled.joined())\""
}
