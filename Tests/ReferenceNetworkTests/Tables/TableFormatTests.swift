import Foundation
import Testing

@testable import ReferenceNetwork

struct TableFormatTests {
    static let all = TableFormat.Separator.allCases.flatMap { separator in
        TableFormat.DecimalMark.allCases.map { TableFormat(separator: separator, decimalMark: $0) }
    }

    private let semicolons = "length;width;kind\n1,0;0,2;ash\n3,0;1,0;elm\n"

    @Test(arguments: all)
    func everyFormatIsRead(format: TableFormat) throws {
        let rows = [["a", "b", "y"], ["1\(format.decimalMark.rawValue)5", "-2", "u"], ["0", "3e2", "v"]]
        let quotes = format.separator.rawValue == format.decimalMark.rawValue ? "\"" : ""
        let text = rows.map { row in
            row.map { quotes + $0 + quotes }.joined(separator: format.separator.rawValue) + "\n"
        }.joined()
        let table = try CSVTable(.text(text), classes: "y", format: format)
        #expect(table.samples.features == [1.5, -2, 0, 300])
        #expect(table.schema.format == format)
        #expect(try table.schema.samples(in: .text(text)) == table.samples)
        #expect(try JSONDecoder().decode(TableFormat.self, from: JSONEncoder().encode(format)) == format)
    }

    @Test func theErrorProposesTheFormat() throws {
        let error = CSVError.otherFormat(
            TableFormat(separator: .semicolon, decimalMark: .comma), missing: "kind", file: "text", line: 1)
        #expect(throws: error) { try CSVTable(.text(semicolons), classes: "kind") }
        #expect(
            error.description
                == "text:1: There is no column \"kind\". The cells seem to be separated by semicolons, with decimal "
                + "commas. Pass format: TableFormat(separator: .semicolon, decimalMark: .comma).")
        let format = TableFormat(separator: .semicolon, decimalMark: .comma)
        #expect(
            try CSVTable(.text(semicolons), classes: "kind", format: format).samples.features == [
                1, 0.2, 3, 1,
            ])
    }

    static let others: [(String, TableFormat)] = [
        ("a;y\n1.5;2\n", TableFormat(separator: .semicolon)),
        ("a\ty\n1.5\t2\n", TableFormat(separator: .tab)),
        ("a\ty\n1,5\t2\n", TableFormat(separator: .tab, decimalMark: .comma)),
        ("a|y\r1|2\r", TableFormat(separator: .bar)),
        ("\"a\";\"y\"\n1,5;\"u\"\n", TableFormat(separator: .semicolon, decimalMark: .comma)),
        ("\"y\"|\"a\"\nu|-1,5e3\n", TableFormat(separator: .bar, decimalMark: .comma)),
        ("length, cm;y, 1;y\n1;2;u\n", TableFormat(separator: .semicolon)),
        ("a;b\n1;2\n", TableFormat(separator: .semicolon)),
        ("a;y", TableFormat(separator: .semicolon)),
        ("a;y\n\"1", TableFormat(separator: .semicolon)),
    ]

    @Test(arguments: others)
    func otherFormatsAreProposed(text: String, format: TableFormat) throws {
        let error = try #require(throws: CSVError.self) { try CSVTable(.text(text), classes: "y") }
        guard case .otherFormat(format, _, _, _) = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test func semicolonsAloneAreNotEnough() throws {
        let format = TableFormat(separator: .semicolon)
        let error = try #require(throws: CSVError.self) {
            try CSVTable(.text(semicolons), classes: "kind", format: format)
        }
        #expect(
            error.description
                == "text:2: column 1, \"length\": \"1,0\" is not a number. If the comma is the decimal mark, pass "
                + "format: TableFormat(separator: .semicolon, decimalMark: .comma). "
                + "Thousands separators are not read: take them out.")
        let european = TableFormat(separator: .semicolon, decimalMark: .comma)
        for cell in ["1.234,5", "1\u{A0}234,5", "1'234"] {
            let error = try #require(throws: CSVError.self) {
                try CSVTable(.text("a;y\n\(cell);u\n"), classes: "y", format: european)
            }
            #expect(error.description.hasSuffix("Thousands separators are not read: take them out."))
        }
        let point = try #require(throws: CSVError.self) {
            try CSVTable(.text("a;y\n1.5;u\n"), classes: "y", format: european)
        }
        #expect(point.description.contains("If the point is the decimal mark"))
    }

    /// With commas for both, a comma without quotes separates cells.
    @Test func aFractionAfterASeparatorNeedsQuotes() throws {
        let format = TableFormat(separator: .comma, decimalMark: .comma)
        #expect(
            try CSVTable(.text("a,b,y\n1,5,u\n"), classes: "y", format: format).samples.features == [1, 5])
        #expect(
            try CSVTable(.text("a,b,y\n\"1,5\",2,u\n"), classes: "y", format: format).samples.features == [
                1.5, 2,
            ])
        #expect(throws: CSVError.raggedRow(expected: 2, found: 3, file: "text", line: 2)) {
            try CSVTable(.text("a,y\n1,5,u\n"), classes: "y", format: format)
        }
    }

    /// With tabs between cells, a tab is no space: two of them are an empty cell.
    @Test func tabsSeparate() throws {
        let format = TableFormat(separator: .tab)
        #expect(try CSVTable(.text("a \t y\n 1\tu\n"), classes: "y", format: format).samples.features == [1])
        let place = CSVError.Place(file: "text", line: 2, column: 2, name: "b")
        #expect(throws: CSVError.notANumber(cell: "", format: format, at: place)) {
            try CSVTable(.text("a\tb\ty\n1\t\tu\n"), classes: "y", format: format)
        }
    }
}
