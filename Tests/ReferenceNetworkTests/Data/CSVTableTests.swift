import Foundation
import Testing

@testable import ReferenceNetwork

@Suite struct CSVTableTests {
    // MARK: What is read

    @Test func labelColumnMayStandAnywhere() throws {
        let table = try CSVTable(text: "a,kind,b\n1,cat,2\n3,dog,4\n", label: "kind")
        #expect(table.featureNames == ["a", "b"])
        #expect(table.features == [1, 2, 3, 4])
        #expect(table.labels == ["cat", "dog"])
    }

    /// A combining accent makes one character with the quote before it.
    @Test(arguments: ["\"", "\"\"", "a\"\"b\"", "\"\u{301}", ",\r\n\"\n", " \" "])
    func doubledQuotes(label: String) throws {
        let doubled = label.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
        #expect(try CSVTable(text: "x,y\n1,\"\(doubled)\"\n", label: "y").labels == [label])
    }

    @Test(arguments: [
        "a,b,y\n1,2,x\n3,4,z",
        "a,b,y\r\n1,2,x\r\n3,4,z\r\n",
        "a,b,y\r1,2,x\r3,4,z\r",
        "\u{FEFF}a,b,y\n1,2,x\n3,4,z\n",
        "a,b,y\n1,2,x\n3,4,z\n\n\r\n \t \n",
        "\n  \na,b,y\n1,2,x\n3,4,z\n",
        " a , b\t,y \n 1,2 ,\tx\n3 , 4,z \n",
        "\"a\",\"b\",y\n\"1\",2,\"x\"\n3, \"4\" ,\"z\"",
    ])
    func formDoesNotMatter(text: String) throws {
        #expect(try CSVTable(text: text, label: "y") == CSVTable(text: "a,b,y\n1,2,x\n3,4,z\n", label: "y"))
    }

    @Test func quotesKeepCommasNewlinesSpacesAndQuotes() throws {
        let text = "x,\"a \"\"name\"\"\"\r\n1,\"one, \"\"two\"\"\r\nthree \"\r\n2,\"\"\"\"\r\n3,5\" wide\r\n"
        let table = try CSVTable(text: text, label: "a \"name\"")
        #expect(table.labels == ["one, \"two\"\r\nthree ", "\"", "5\" wide"])
        #expect(table.features == [1, 2, 3])
    }

    static let numbers: [(String, Float)] = [
        ("0", 0), ("-0", -0.0), ("+7", 7), ("5.", 5), (".5", 0.5), ("-1.5e3", -1500), ("2E-2", 0.02),
        ("1e+2", 100), ("007", 7), ("16777217", 16_777_216), ("1e-60", 0), ("3.4028235e38", 3.4028235e38),
        // Just above the middle of two floats; on the way through Double it would become 1.
        ("1.00000005960464477539062500000001", 1.000_000_1),
    ]

    @Test(arguments: numbers)
    func decimalNotation(text: String, value: Float) throws {
        let table = try CSVTable(text: "x,y\n\(text),a\n", label: "y")
        #expect(table.features.map(\.bitPattern) == [value.bitPattern])
    }

    @Test func tableOfLabelsAlone() throws {
        let table = try CSVTable(text: "y\nb\na\n", label: "y")
        #expect(table.classification().targets == .classes([1, 0], names: ["a", "b"]))
        #expect(table.classification().inputs == 0)
    }

    @Test func equalityIgnoresTheFile() throws {
        let table = try CSVTable(text: "x,y\n1,a\n", label: "y", file: "one.csv")
        #expect(try table == CSVTable(text: "\nx,y\n1,a\n", label: "y", file: "two.csv"))
        #expect(try table != CSVTable(text: "x,y\n2,a\n", label: "y", file: "one.csv"))
        #expect(try table != CSVTable(text: "x,y\n1,b\n", label: "y", file: "one.csv"))
    }

    // MARK: Samples

    @Test(arguments: [
        (["10", "9", "-1", "9"], ["-1", "9", "10"], [2, 1, 0, 1]),
        (["10", "9", "nan", "9"], ["10", "9", "nan"], [0, 1, 2, 1]),
        (["1.0", "1", "0x0"], ["0x0", "1", "1.0"], [2, 1, 0]),
        (["1.0", "1", "0"], ["0", "1", "1.0"], [2, 1, 0]),
        (["dog", "cat", "Dog"], ["Dog", "cat", "dog"], [2, 1, 0]),
    ])
    func classNamesAreSorted(labels: [String], names: [String], classes: [Int]) throws {
        let rows = labels.map { "1,2,\($0)\n" }.joined()
        let samples = try CSVTable(text: "a,b,y\n" + rows, label: "y").classification()
        #expect(samples.targets == .classes(classes, names: names))
        #expect(samples.inputs == 2)
        #expect(samples.featureNames == ["a", "b"])
    }

    @Test func regressionReadsTheLabelsAsNumbers() throws {
        let samples = try CSVTable(text: "y,a\n1.5,2\n-3e1,4\n", label: "y").regression()
        #expect(samples.targets == .values([1.5, -30], outputs: 1))
        #expect(samples.features == [2, 4])
    }

    @Test func regressionNamesTheLineOfAWrongLabel() throws {
        let text = "\"a\nname\",y\n1,2\n3,\"4\n5\"\n"
        let position = CSVError.Place(file: "f", line: 4, column: 2, name: "y")
        #expect(throws: CSVError.notANumber(cell: "4\n5", at: position)) {
            try CSVTable(text: text, label: "y", file: "f").regression()
        }
        let first = CSVError.Place(file: "f", line: 2, column: 1, name: "y")
        #expect(throws: CSVError.notFinite(cell: "-inf", at: first)) {
            try CSVTable(text: "y,a\n-inf,0\n", label: "y", file: "f").regression()
        }
    }

    // MARK: Errors

    @Test(arguments: ["abc", "", "0x1p3", "1.2.3", "--1", "1e", ".", "1 2", "1_000", "1;5", "٣", "−1"])
    func notANumber(cell: String) {
        let position = CSVError.Place(file: "f.csv", line: 3, column: 2, name: "b")
        #expect(throws: CSVError.notANumber(cell: cell, at: position)) {
            try CSVTable(text: "a,b,y\n1,2,x\n3,\(cell),x\n", label: "y", file: "f.csv")
        }
    }

    @Test(arguments: ["nan", "NaN", "-nan", "inf", "+INF", "-Infinity", "1e39", "-3.4028236e38"])
    func notFinite(cell: String) {
        let position = CSVError.Place(file: "f.csv", line: 2, column: 1, name: "a")
        #expect(throws: CSVError.notFinite(cell: cell, at: position)) {
            try CSVTable(text: "a,y\n\(cell),x\n", label: "y", file: "f.csv")
        }
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func linesStayRightAfterQuotedNewlines(end: String) {
        let lines = ["a,y,b", "1,\"two", "", "lines\",2", "3,\"", "\",x"]
        let position = CSVError.Place(file: "text", line: 6, column: 3, name: "b")
        #expect(throws: CSVError.notANumber(cell: "x", at: position)) {
            try CSVTable(text: lines.joined(separator: end), label: "y")
        }
    }

    static let mistakes: [(String, CSVError)] = [
        ("", .empty(file: "f")),
        (" \r\n\n", .empty(file: "f")),
        ("\u{FEFF}", .empty(file: "f")),
        ("a,y", .noRows(file: "f")),
        ("a,y\n\n \n", .noRows(file: "f")),
        ("a,b\n1,2\n", .unknownLabel("y", columns: ["a", "b"], file: "f", line: 1)),
        ("\n\na,b\n1,2\n", .unknownLabel("y", columns: ["a", "b"], file: "f", line: 3)),
        (
            "a,\"b\n\",y, a \n",
            .duplicateColumn(first: 1, at: .init(file: "f", line: 2, column: 4, name: "a"))
        ),
        ("a,y\n1,x\n1,x,2\n", .raggedRow(expected: 2, found: 3, file: "f", line: 3)),
        ("a,y\n1,x\n1\n", .raggedRow(expected: 2, found: 1, file: "f", line: 3)),
        ("a,y\n1,x,\n", .raggedRow(expected: 2, found: 3, file: "f", line: 2)),
        ("a,y\n1,x\n\n1,x\n", .raggedRow(expected: 2, found: 0, file: "f", line: 3)),
        ("y\nx\n\nx\n", .missingLabel(at: .init(file: "f", line: 3, column: 1, name: "y"))),
        ("a,y\n1, \n", .missingLabel(at: .init(file: "f", line: 2, column: 2, name: "y"))),
        ("a,y\n1,x\n2,\"x\n3,x\n", .unterminatedQuote(file: "f", line: 3, column: 2)),
        ("a,y\n1,\"x\ny\"z\n", .textAfterQuote(file: "f", line: 3, column: 2)),
    ]

    @Test(arguments: mistakes)
    func mistake(text: String, error: CSVError) {
        #expect(throws: error) { try CSVTable(text: text, label: "y", file: "f") }
    }

    @Test func aFileIsReadOrNamed() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("table.csv")

        try Data("a,y\n1,é\n".utf8).write(to: file)
        #expect(try CSVTable(contentsOfFile: file.path, label: "y").labels == ["é"])

        try Data("a,y\r\n1,x\r\n2,".utf8 + [0xE9, 0x0A]).write(to: file)
        #expect(throws: CSVError.invalidUTF8(file: file.path, line: 3)) {
            try CSVTable(contentsOfFile: file.path, label: "y")
        }
        let missing = folder.appendingPathComponent("missing.csv").path
        #expect(throws: CSVError.unreadable(file: missing, reason: "No such file or directory")) {
            try CSVTable(contentsOfFile: missing, label: "y")
        }
        #expect(throws: CSVError.unreadable(file: folder.path, reason: "Is a directory")) {
            try CSVTable(contentsOfFile: folder.path, label: "y")
        }
    }
}
