/// A table of texts, printed in aligned columns.
package struct TextTable: CustomStringConvertible {
    private var lines: [[String]]
    private let rightAligned: Set<Int>

    /// Makes a table of a header alone; the columns with these indices are aligned to the right, all others to the
    /// left.
    package init(_ header: [String], rightAligned: Set<Int> = []) {
        lines = [header]
        self.rightAligned = rightAligned
    }

    /// Appends a line, which has as many cells as the header.
    package mutating func append(_ cells: [String]) {
        lines.append(cells)
    }

    /// The header, a rule and the lines, with two spaces between columns and none at the ends of lines.
    package var description: String {
        let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        var text = lines.map { cells in
            zip(cells, widths).enumerated().map { column, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return rightAligned.contains(column) ? padding + cell.0 : cell.0 + padding
            }.joined(separator: "  ")
        }
        text.insert(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "), at: 1)
        return text.map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }
}
