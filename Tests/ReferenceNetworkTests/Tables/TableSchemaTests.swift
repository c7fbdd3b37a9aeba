import Foundation
import Testing

@testable import ReferenceNetwork

struct TableSchemaTests {
    private let training = """
        length,width,kind
        1.0,0.2,ash
        1.1,0.1,ash
        3.0,1.0,elm
        3.1,1.1,elm
        5.0,2.0,oak
        5.1,2.1,oak

        """

    private func schema() throws -> TableSchema {
        try CSVTable(.text(training), classes: "kind").schema
    }

    /// A table with fewer classes gives the classes the same indices.
    @Test func classesDoNotShift() throws {
        let test = try schema().samples(in: .text("length,width,kind\n3.05,1.05,elm\n5.05,2.05,oak\n"))
        #expect(test.targets == .classes([1, 2], names: ["ash", "elm", "oak"]))
        #expect(test.features == [3.05, 1.05, 5.05, 2.05])
    }

    @Test func classesThatAreNumbersDoNotShift() throws {
        let schema = try CSVTable(.text("x,y\n0,10\n0,9\n0,-1\n"), classes: "y").schema
        #expect(
            try schema.samples(in: .text("x,y\n5,10\n")).targets
                == .classes([2], names: ["-1", "9", "10"]))
        let place = CSVError.Place(file: "text", line: 2, column: 2, name: "y")
        #expect(throws: CSVError.unknownClass("9.0", classes: ["-1", "9", "10"], at: place)) {
            try schema.samples(in: .text("x,y\n5,9.0\n"))
        }
    }

    @Test func columnsAreFoundByName() throws {
        let schema = try schema()
        let swapped = "width,length,kind\n0.2,1.0,ash\n1.0,3.0,elm\n2.0,5.0,oak\n"
        let samples = try schema.samples(in: .text(swapped))
        #expect(samples.features == [1, 0.2, 3, 1, 5, 2])
        #expect(samples.featureNames == ["length", "width"])
        #expect(samples.targets == .classes([0, 1, 2], names: ["ash", "elm", "oak"]))
        #expect(try schema.samples(in: .text("kind,\"length\",width\nash,1,2\n")).features == [1, 2])
    }

    @Test func numbersAreFoundByName() throws {
        let schema = try CSVTable(.text("b,y,a,z\n1,2,3,4\n"), values: ["z", "y"]).schema
        let samples = try schema.samples(in: .text("z,a,y,b\n40,30,20,10\n41,31,21,11\n"))
        #expect(samples.targets == .values([40, 20, 41, 21], outputs: 2))
        #expect(samples.features == [10, 30, 11, 31])
    }

    static let mistakes: [(String, CSVError)] = [
        (
            "length,width,kind\n1,2,elm\n1,2,yew\n",
            .unknownClass(
                "yew", classes: ["ash", "elm", "oak"],
                at: .init(file: "f", line: 3, column: 3, name: "kind"))
        ),
        (
            "length,width,kind\n1,2,Elm\n",
            .unknownClass(
                "Elm", classes: ["ash", "elm", "oak"],
                at: .init(file: "f", line: 2, column: 3, name: "kind"))
        ),
        (
            "length,kind\n1,elm\n",
            .missingColumns(["width"], extra: [], columns: ["length", "kind"], file: "f", line: 1)
        ),
        (
            "length,width\n1,2\n",
            .missingColumns(["kind"], extra: [], columns: ["length", "width"], file: "f", line: 1)
        ),
        (
            "length,kind,width,height\n1,elm,1,1\n",
            .extraColumn(at: .init(file: "f", line: 1, column: 4, name: "height"))
        ),
        (
            ",length,width,kind\n0,1,1,elm\n",
            .unnamedColumn(at: .init(file: "f", line: 1, column: 1, name: ""))
        ),
        (
            "length;width;kind\n1,0;0,2;ash\n",
            .otherFormat(
                TableFormat(separator: .semicolon, decimalMark: .comma), missing: "kind", file: "f", line: 1
            )
        ),
        (
            "length,width,kind,length\n1,1,elm,2\n",
            .duplicateColumn(first: 1, at: .init(file: "f", line: 1, column: 4, name: "length"))
        ),
    ]

    @Test(arguments: mistakes)
    func anotherTable(text: String, error: CSVError) throws {
        let schema = try schema()
        #expect(throws: error) { try schema.samples(in: .text(text, name: "f")) }
    }

    @Test func columnsAreLeftOutOfBothTables() throws {
        let schema = try CSVTable(.text("id,x,y\na,1,u\nb,2,v\n"), classes: "y", excluding: ["id"])
            .schema
        #expect(try schema.samples(in: .text("x,y\n3,u\n")).features == [3])
        #expect(try schema.samples(in: .text("x,id,y\n3,c,u\n")).features == [3])
        #expect(try schema.samples(in: .text(",x,id,y\n0,3,c,u\n"), excluding: [""]).features == [3])
        let columns = ["x", "y"]
        #expect(
            throws: CSVError.missingColumns(["note"], extra: [], columns: columns, file: "text", line: 1)
        ) {
            try schema.samples(in: .text("x,y\n3,u\n"), excluding: ["note"])
        }
        #expect(throws: CSVError.neededColumn("x", file: "text", line: 1)) {
            try schema.samples(in: .text("x,y\n3,u\n"), excluding: ["x"])
        }
    }

    @Test func aTableWithoutLabels() throws {
        let schema = try schema()
        let unlabelled = "id,length,width\nA-17,1.0,0.2\nB-03,5.0,2.0\n"
        #expect(try schema.features(in: .text(unlabelled), excluding: ["id"]) == [1, 0.2, 5, 2])
        let place = CSVError.Place(file: "text", line: 1, column: 1, name: "id")
        #expect(throws: CSVError.extraColumn(at: place)) { try schema.features(in: .text(unlabelled)) }
        // Labels that are there are not looked at.
        #expect(try schema.features(in: .text("kind,width,length\nyew,2,1\n,4,3\n")) == [1, 2, 3, 4])
        #expect(
            throws: CSVError.missingColumns(
                ["length"], extra: [], columns: ["width"], file: "text", line: 1)
        ) {
            try schema.features(in: .text("width\n1\n"))
        }
    }

    @Test func anotherTableMayHaveAnotherFormat() throws {
        let format = TableFormat(separator: .semicolon, decimalMark: .comma)
        let schema = try schema()
        let text = "length;width;kind\n1,0;0,2;ash\n"
        #expect(try schema.samples(in: .text(text), format: format).features == [1, 0.2])
        #expect(try schema.features(in: .text(text), format: format) == [1, 0.2])
    }

    @Test func otherColumnsAreLeftOutByChoice() throws {
        let schema = try schema()
        let text = "Unnamed: 0,width,note,length,note,,kind\n0,2,a,1,b,c,elm\n1,4,,3,,,ash\n"
        #expect(try schema.features(in: .text(text), extraColumns: .ignored) == [1, 2, 3, 4])
        let samples = try schema.samples(in: .text(text), extraColumns: .ignored)
        #expect(samples.features == [1, 2, 3, 4])
        #expect(samples.targets == .classes([1, 0], names: ["ash", "elm", "oak"]))
        #expect(throws: CSVError.self) { try schema.samples(in: .text(text)) }
        // A column that is needed is not there twice, by choice or not.
        let place = CSVError.Place(file: "text", line: 1, column: 3, name: "width")
        #expect(throws: CSVError.duplicateColumn(first: 1, at: place)) {
            try schema.features(in: .text("width,length,width\n1,2,3\n"), extraColumns: .ignored)
        }
    }

    @Test func allMissingColumnsAreNamed() throws {
        let schema = try schema()
        #expect(
            throws: CSVError.missingColumns(
                ["kind", "length", "width"], extra: ["Width"], columns: ["Width"], file: "text", line: 1)
        ) { try schema.samples(in: .text("Width\n1\n")) }
        #expect(
            throws: CSVError.missingColumns(
                ["note", "id"], extra: [], columns: ["length", "width"], file: "text", line: 1)
        ) { try schema.features(in: .text("length,width\n1,2\n"), excluding: ["note", "width", "id"]) }
    }
}
