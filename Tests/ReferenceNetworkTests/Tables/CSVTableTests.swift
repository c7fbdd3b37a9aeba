import Foundation
import Testing

@testable import ReferenceNetwork

@Suite struct CSVTableTests {
    /// The names of the classes of samples, sample by sample.
    private func labels(of samples: Samples) -> [String] {
        guard case .classes(let classes, let names) = samples.targets else { return [] }
        return classes.map { names[$0] }
    }

    // MARK: What is read

    @Test func labelColumnMayStandAnywhere() throws {
        let table = try CSVTable(.text("a,kind,b\n1,cat,2\n3,dog,4\n"), classes: "kind")
        #expect(
            table.samples
                == Samples(
                    features: [1, 2, 3, 4], inputs: 2, targets: .classes([0, 1], names: ["cat", "dog"]),
                    featureNames: ["a", "b"]))
        #expect(table.schema.features == ["a", "b"])
        #expect(table.schema.target == .classes(column: "kind", names: ["cat", "dog"]))
        #expect(table.schema.excluded == [])
        #expect(table.schema.format == TableFormat(separator: .comma, decimalMark: .point))
    }

    /// A combining accent makes one character with the quote before it.
    @Test(arguments: ["\"", "\"\"", "a\"\"b\"", "\"\u{301}", ",\r\n\"\n", " \" "])
    func doubledQuotes(label: String) throws {
        let doubled = label.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
        let samples = try CSVTable(.text("x,y\n1,\"\(doubled)\"\n2,\"\(doubled)\"\n"), classes: "y").samples
        #expect(labels(of: samples) == [label, label])
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
        #expect(
            try CSVTable(.text(text), classes: "y") == CSVTable(.text("a,b,y\n1,2,x\n3,4,z\n"), classes: "y"))
    }

    @Test func quotesKeepCommasNewlinesSpacesAndQuotes() throws {
        let text = "x,\"a \"\"name\"\"\"\r\n1,\"one, \"\"two\"\"\r\nthree \"\r\n2,\"\"\"\"\r\n3,5\" wide\r\n"
        let samples = try CSVTable(.text(text), classes: "a \"name\"").samples
        #expect(labels(of: samples) == ["one, \"two\"\r\nthree ", "\"", "5\" wide"])
        #expect(samples.features == [1, 2, 3])
    }

    @Test func tableOfLabelsAlone() throws {
        let samples = try CSVTable(.text("y\nb\na\n"), classes: "y").samples
        #expect(samples.targets == .classes([1, 0], names: ["a", "b"]))
        #expect(samples.inputs == 0)
    }

    @Test func equalityIgnoresTheFile() throws {
        let table = try CSVTable(.text("x,y\n1,a\n", name: "one.csv"), classes: "y")
        #expect(try table == CSVTable(.text("\nx,y\n1,a\n", name: "two.csv"), classes: "y"))
        #expect(try table != CSVTable(.text("x,y\n2,a\n", name: "one.csv"), classes: "y"))
        #expect(try table != CSVTable(.text("x,y\n1,b\n", name: "one.csv"), classes: "y"))
    }

    @Test(arguments: [
        (["10", "9", "-1", "9"], ["-1", "9", "10"], [2, 1, 0, 1]),
        (["10", "9", "nan", "9"], ["10", "9", "nan"], [0, 1, 2, 1]),
        (["1.0", "1", "0x0"], ["0x0", "1", "1.0"], [2, 1, 0]),
        (["1.0", "1", "0"], ["0", "1", "1.0"], [2, 1, 0]),
        (["dog", "cat", "Dog"], ["Dog", "cat", "dog"], [2, 1, 0]),
        (["caf\u{E9}", "zoo", "cafe\u{301}"], ["caf\u{E9}", "zoo"], [0, 1, 0]),
    ])
    func classNamesAreSorted(labels: [String], names: [String], classes: [Int]) throws {
        let rows = labels.map { "1,2,\($0)\n" }.joined()
        let samples = try CSVTable(.text("a,b,y\n" + rows), classes: "y").samples
        #expect(samples.targets == .classes(classes, names: names))
        #expect(samples.inputs == 2)
        #expect(samples.featureNames == ["a", "b"])
    }

    // MARK: Targets that are numbers

    @Test func oneOrSeveralTargets() throws {
        let text = "y,a,z\n1.5,2,7\n-3e1,4,8\n"
        let one = try CSVTable(.text(text), values: ["y"], excluding: ["z"])
        #expect(one.samples.targets == .values([1.5, -30], outputs: 1))
        #expect(one.samples.features == [2, 4])
        #expect(one.schema.target == .values(columns: ["y"]))
        let two = try CSVTable(.text(text), values: ["z", "y"])
        #expect(two.samples.targets == .values([7, 1.5, 8, -30], outputs: 2))
        #expect(two.samples.features == [2, 4])
        let all = try CSVTable(.text(text), values: ["a", "y", "z"])
        #expect(all.samples.inputs == 0)
        #expect(all.samples.count == 2)
    }

    @Test func theLineOfAWrongTarget() throws {
        let text = "\"a\nname\",y\n1,2\n3,\"4\n5\"\n"
        let place = CSVError.Place(file: "f", line: 4, column: 2, name: "y")
        #expect(throws: CSVError.notANumber(cell: "4\n5", format: TableFormat(), at: place)) {
            try CSVTable(.text(text, name: "f"), values: ["y"])
        }
        let first = CSVError.Place(file: "f", line: 2, column: 1, name: "y")
        #expect(throws: CSVError.notFinite(cell: "-inf", at: first)) {
            try CSVTable(.text("y,a\n-inf,0\n", name: "f"), values: ["y"])
        }
    }

    @Test func targetsThatMakeNoSenseTrap() async {
        await #expect(processExitsWith: .failure) { _ = try CSVTable(.text("y\n1\n"), values: []) }
        await #expect(processExitsWith: .failure) { _ = try CSVTable(.text("y\n1\n"), values: ["y", "y"]) }
    }

    // MARK: Columns that are left out

    @Test func columnsAreLeftOutByName() throws {
        let text = "id,a,note,a2,y,id\nA-17,1,\"say \"\"x\"\", and\nmore\",2,u,\n,3,,4,v,7\n"
        let table = try CSVTable(.text(text), classes: "y", excluding: ["note", "id"])
        #expect(table.samples.features == [1, 2, 3, 4])
        #expect(table.schema.features == ["a", "a2"])
        #expect(table.schema.excluded == ["note", "id"])
    }

    /// The index of pandas, in a column without a name, and under the name that pandas gives it.
    @Test func theIndexIsLeftOutOrAskedAbout() throws {
        let text = ",length,width,kind\n0,1.0,0.2,ash\n1,3.0,1.0,elm\n2,5.0,2.0,oak\n"
        let place = CSVError.Place(file: "text", line: 1, column: 1, name: "")
        #expect(throws: CSVError.unnamedColumn(at: place)) { try CSVTable(.text(text), classes: "kind") }
        let samples = try CSVTable(.text(text), classes: "kind", excluding: [""]).samples
        #expect(samples.featureNames == ["length", "width"])
        #expect(samples.features == [1, 0.2, 3, 1, 5, 2])

        let again = CSVError.Place(file: "text", line: 1, column: 1, name: "Unnamed: 0")
        #expect(throws: CSVError.unnamedColumn(at: again)) {
            try CSVTable(.text("Unnamed: 0" + text), classes: "kind")
        }
        #expect(
            try CSVTable(.text("Unnamed: 0" + text), classes: "kind", excluding: ["Unnamed: 0"]).samples
                == samples)
        // A separator at the end of each line makes a column without a name, too.
        let last = CSVError.Place(file: "text", line: 1, column: 3, name: "")
        #expect(throws: CSVError.unnamedColumn(at: last)) {
            try CSVTable(.text("a,y,\n1,u,\n"), classes: "y")
        }
        #expect(
            try CSVTable(.text(",a,,y,\n0,1,,u,\n"), classes: "y", excluding: [""]).samples.features == [1])
    }

    @Test func namesOfColumnsAreChecked() {
        let text = "id,a,y\n1,2,u\n"
        let columns = ["id", "a", "y"]
        #expect(throws: CSVError.missingColumns(["ip"], extra: [], columns: columns, file: "text", line: 1)) {
            try CSVTable(.text(text), classes: "y", excluding: ["ip"])
        }
        #expect(throws: CSVError.neededColumn("y", file: "text", line: 1)) {
            try CSVTable(.text(text), classes: "y", excluding: ["y"])
        }
        #expect(throws: CSVError.missingColumns(["z"], extra: [], columns: columns, file: "text", line: 1)) {
            try CSVTable(.text(text), values: ["a", "z"])
        }
    }

    // MARK: Files

    @Test func aFileIsReadOrNamed() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("table.csv")

        try Data("a,y\n1,é\n".utf8).write(to: file)
        #expect(try labels(of: CSVTable(.file(file.path), classes: "y").samples) == ["é"])

        try Data("a,y\r\n1,x\r\n2,".utf8 + [0xE9, 0x0A]).write(to: file)
        #expect(throws: CSVError.invalidUTF8(file: file.path, line: 3)) {
            try CSVTable(.file(file.path), classes: "y")
        }
        try Data("a,y\n1,\"x\r\ny\n".utf8 + [0xC3, 0x22]).write(to: file)
        #expect(throws: CSVError.invalidUTF8(file: file.path, line: 4)) {
            try CSVTable(.file(file.path), classes: "y")
        }
        for encoding in [String.Encoding.utf16, .utf16LittleEndian, .utf16BigEndian] {
            try #require("a,y\n1,x\n".data(using: encoding)).write(to: file)
            let error = #expect(throws: CSVError.self) { try CSVTable(.file(file.path), classes: "y") }
            #expect(error?.description.contains("in the UTF-8 encoding") == true)
        }
        let missing = folder.appendingPathComponent("missing.csv").path
        #expect(throws: CSVError.unreadable(file: missing, reason: "No such file or directory")) {
            try CSVTable(.file(missing), classes: "y")
        }
        #expect(throws: CSVError.unreadable(file: folder.path, reason: "Is a directory")) {
            try CSVTable(.file(folder.path), classes: "y")
        }
        #expect(throws: CSVError.empty(file: "/dev/null")) { try CSVTable(.file("/dev/null"), classes: "y") }
    }

    @Test func aPipeIsReadAsAFileIs() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(mkfifo(path, 0o600) == 0)
        let text = "x,y\n" + (0..<100_000).map { "\($0),\($0 % 7)\n" }.joined()
        Thread { try? Data(text.utf8).write(to: URL(fileURLWithPath: path)) }.start()
        #expect(try CSVTable(.file(path), classes: "y") == CSVTable(.text(text), classes: "y"))
    }
}
