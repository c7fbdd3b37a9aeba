import Foundation
import Regularization
import Testing

@testable import ReferenceNetwork

/// Random tables, written in random ways, are read back exactly, whatever the size of a block.
struct TableReadingTests {
    /// A table, and a writer of it that makes use of all that the format allows.
    private struct RandomTable {
        var names: [String]
        var numbers: [[Float]]
        var labels: [String]
        var labelColumn: Int
        var format: TableFormat

        init(using generator: inout SeededGenerator) {
            let separator = TableFormat.Separator.allCases.randomElement(using: &generator)!
            let mark = TableFormat.DecimalMark.allCases.randomElement(using: &generator)!
            format = TableFormat(separator: separator, decimalMark: mark)
            let columns = Int.random(in: 1...6, using: &generator)
            let rows = Int.random(in: 1...12, using: &generator)
            names = (0..<columns).map { "\($0)" + Self.text(using: &generator) }
            labelColumn = Int.random(in: 0..<columns, using: &generator)
            labels = (0..<rows).map { _ in "l" + Self.text(using: &generator) }
            numbers = (0..<rows).map { _ in
                (1..<columns).map { _ in
                    Bool.random(using: &generator)
                        ? Float(Int.random(in: -20...20, using: &generator))
                        : Float(bitPattern: UInt32.random(in: 0..<0x7F80_0000, using: &generator))
                }
            }
        }

        static func text(using generator: inout SeededGenerator) -> String {
            let parts = [
                "a", "b", " ", "\"", ",", ";", "\t", "|", "\n", "\r\n", "\r", "é", "e\u{301}", "𝄞", "0", ".",
            ]
            let count = Int.random(in: 0...4, using: &generator)
            return (0..<count).map { _ in parts.randomElement(using: &generator)! }.joined()
        }

        func written(using generator: inout SeededGenerator) -> String {
            let spaces = format.separator == .tab ? ["", "", " "] : ["", "", " ", "\t", "  "]
            func cell(_ text: String) -> String {
                let special = ["\"", "\n", "\r", format.separator.rawValue]
                let needsQuotes =
                    special.contains { text.unicodeScalars.contains($0.unicodeScalars.first!) }
                    || text.first == " " || text.last == " " || text.first == "\t" || text.last == "\t"
                let doubled = text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
                let isQuoted = needsQuotes || Int.random(in: 0..<4, using: &generator) == 0
                return spaces.randomElement(using: &generator)! + (isQuoted ? "\"\(doubled)\"" : text)
                    + spaces.randomElement(using: &generator)!
            }
            func number(_ value: Float) -> String {
                let text = Bool.random(using: &generator) ? "\(value)" : "\(Double(value))"
                return text.replacing(".", with: format.decimalMark.rawValue)
            }
            var rows = [names]
            for (numbers, label) in zip(numbers, labels) {
                var row = numbers.map(number)
                row.insert(label, at: labelColumn)
                rows.append(row)
            }
            let end = ["\n", "\r\n", "\r"].randomElement(using: &generator)!
            let lines = rows.map { $0.map(cell).joined(separator: format.separator.rawValue) }
            let before = ["", "\u{FEFF}", "\n", " \r\n"].randomElement(using: &generator)!
            let after = ["", end, end + end + " " + end].randomElement(using: &generator)!
            return before + lines.joined(separator: end) + after
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func randomTables(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        for _ in 0..<25 {
            let table = RandomTable(using: &generator)
            let text = table.written(using: &generator)
            try Data(text.utf8).write(to: URL(filePath: path))
            var request = TableRequest(
                target: .classes(column: table.names[table.labelColumn], names: []), excluded: [],
                format: table.format)
            let size = Int.random(in: 1...64, using: &generator)
            for (source, size) in [(TableSource.file(path), size), (.file(path), 1 << 16), (.text(text), 1)] {
                let reading = try TableReading(request, from: source, blockSize: size)
                #expect(reading.features == table.numbers.flatMap(\.self), "\(text.debugDescription)")
                #expect(reading.classes.map { reading.classNames[$0] } == table.labels)
                #expect(
                    reading.columns
                        == table.names.indices.filter { $0 != table.labelColumn }.map { table.names[$0] })
            }
            // With the columns of a schema, the order in the file is of no importance.
            let names = table.names.indices.filter { $0 != table.labelColumn }.shuffled(using: &generator)
            request.features = names.map { table.names[$0] }
            let reading = try TableReading(request, from: .file(path), blockSize: size)
            let places = names.map { $0 - ($0 > table.labelColumn ? 1 : 0) }
            #expect(reading.features == table.numbers.flatMap { row in places.map { row[$0] } })
        }
    }

    /// Where a text has mistakes, it is read in blocks to the same numbers or the same error as in one piece.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func mistakenTables(seed: UInt64) throws {
        var generator = SeededGenerator(seed: 1_000 + seed)
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let parts = [
            "\"", "\"\"", ",", ";", "\n", "\r", "\r\n", " ", "x", "1", "-", "e", ".", "\t", "|", "\0", "é",
        ]
        var errors = 0
        for _ in 0..<40 {
            let table = RandomTable(using: &generator)
            var scalars = Array(table.written(using: &generator).unicodeScalars)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let start = Int.random(in: 0...scalars.count, using: &generator)
                let end = min(scalars.count, start + Int.random(in: 0...2, using: &generator))
                scalars.replaceSubrange(
                    start..<end, with: parts.randomElement(using: &generator)!.unicodeScalars)
            }
            let text = scalars.map { String($0) }.joined()
            try Data(text.utf8).write(to: URL(filePath: path))
            let request = TableRequest(
                target: .classes(column: table.names[table.labelColumn], names: []), excluded: [],
                format: table.format)
            func outcome(_ source: TableSource, _ size: Int) -> Result<TableReading, CSVError> {
                do { return .success(try TableReading(request, from: source, blockSize: size)) } catch {
                    return .failure(error)
                }
            }
            let whole = outcome(.text(text, name: path), 1)
            if case .failure = whole { errors += 1 }
            for _ in 0..<3 {
                let size = Int.random(in: 1...64, using: &generator)
                #expect(outcome(.file(path), size) == whole, "\(text.debugDescription) in blocks of \(size)")
            }
        }
        #expect(errors > 5 && errors < 40)
    }

    /// Wherever a block ends, the same mistake is found at the same place.
    @Test(arguments: [
        "a,y\n1,x\n\"2\n\",x\n", "a,y\r\n1,x\r\n\r\n\r\n2,\"x\"\r\n", "a,y\n1,\"x\"\"\"z\n",
        "a,y\n1,x\n2,\"x\n\n",
        "a,y\n1.5,x\n1e,x\n", "a,y\n1,x\n1,x,1\n", "a,y\r1,x\r\"\"\r", "a;y\n1,5;x\n", "\"a\";\"y\"\n1;x\n",
        "a,\"b\"\n",
        "\u{FEFF}", "a,y\n1,x\n2,\n", "a,b,y\n1,x\n",
    ])
    func mistakesDoNotDependOnBlocks(text: String) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(text.utf8).write(to: URL(filePath: path))
        let request = TableRequest(
            target: .classes(column: "y", names: []), excluded: [], format: TableFormat())
        let whole = try #require(throws: CSVError.self) {
            try TableReading(request, from: .text(text, name: path))
        }
        for size in 1...30 {
            let error = #expect(throws: CSVError.self) {
                try TableReading(request, from: .file(path), blockSize: size)
            }
            #expect(error == whole)
        }
    }
}
