import FuzzerSupport
import ReferenceNetwork

/// The first line of the input is the name of the label, the rest is a table.
///
/// What holds: it is read or refused with a sentence; the cells of the features are finite, and as many as the rows and
/// names say; written again with every cell in quotes, it is the same table.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTables(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let (label, contents) = firstLine(of: text(start, count))
    let table: CSVTable
    do {
        table = try CSVTable(text: contents, label: label)
    } catch {
        checkSentence(error)
        return 0
    }
    check(table.features.allSatisfy(\.isFinite), "A cell is not finite.")
    check(table.features.count == table.labels.count * table.featureNames.count, "Cells are missing.")
    do {
        let again = try CSVTable(text: written(table, label: label), label: label)
        check(again.featureNames == table.featureNames, "Other names: \(again.featureNames)")
        check(again.features == table.features, "Other cells: \(again.features)")
        check(again.labels == table.labels, "Other labels: \(again.labels)")
    } catch {
        check(false, "What was read cannot be written and read: \(error)")
    }
    return 0
}

private func written(_ table: CSVTable, label: String) -> String {
    let width = table.featureNames.count
    let rows = table.labels.indices.map { row in
        table.features[row * width..<(row + 1) * width].map { "\($0)" } + [table.labels[row]]
    }
    return ([table.featureNames + [label]] + rows).map { $0.map(inQuotes).joined(separator: ",") + "\n" }
        .joined()
}

/// A cell in quotes, with those in it doubled, scalar by scalar: to `String`, a quote with a mark above is none.
private func inQuotes(_ cell: String) -> String {
    let doubled = cell.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }
    return "\"\(doubled.joined())\""
}
