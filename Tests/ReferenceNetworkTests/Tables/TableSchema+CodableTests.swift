import Foundation
import Testing

import ReferenceNetwork

struct TableSchemaCodableTests {
    private func decode(_ text: String) throws -> TableSchema {
        try JSONDecoder().decode(TableSchema.self, from: Data(text.utf8))
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let format = TableFormat(separator: .tab, decimalMark: .comma)
        let text = "id\ta\t\"b \"\"c\"\"\"\ty\n1\t2\t3\tü\n1\t2\t3\tu\n"
        let tables = [
            try CSVTable(.text(text), classes: "y", excluding: ["id"], format: format),
            try CSVTable(.text("a,y,z\n1,2,3\n"), values: ["z", "y"]),
            try CSVTable(.text("y\nu\n"), classes: "y"),
        ]
        for table in tables {
            #expect(
                try JSONDecoder().decode(TableSchema.self, from: JSONEncoder().encode(table.schema))
                    == table.schema)
        }
    }

    @Test func theTextIsForPeopleToo() throws {
        let schema = try decode(
            """
            {
              "features": ["length", "width"],
              "target": { "classes": { "column": "kind", "names": ["ash", "elm", "oak"] } },
              "excluded": ["id"],
              "format": { "separator": ";", "decimalMark": "," }
            }
            """)
        #expect(schema.features == ["length", "width"])
        #expect(schema.target == .classes(column: "kind", names: ["ash", "elm", "oak"]))
        #expect(schema.excluded == ["id"])
        #expect(schema.format == TableFormat(separator: .semicolon, decimalMark: .comma))
        let samples = try schema.samples(in: .text("id;kind;width;length\n7;oak;1,5;2\n"))
        #expect(samples.features == [2, 1.5])
        #expect(samples.targets == .classes([2], names: ["ash", "elm", "oak"]))
    }

    @Test(arguments: [
        (#"["a", "a"]"#, #"{"values": {"columns": ["y"]}}"#, "[]", "The feature \"a\" is there twice."),
        (#"["a"]"#, #"{"values": {"columns": ["y", "y"]}}"#, "[]", "The target column \"y\" is there twice."),
        (#"["a"]"#, #"{"values": {"columns": []}}"#, "[]", "The target has no column."),
        (#"["a"]"#, #"{"values": {"columns": ["a"]}}"#, "[]", "A target is a feature at the same time."),
        (#"["a", ""]"#, #"{"values": {"columns": ["y"]}}"#, "[]", "A feature has an empty name."),
        (#"["a"]"#, #"{"classes": {"column": "y", "names": []}}"#, "[]", "There are no class names."),
        (
            #"["a"]"#, #"{"classes": {"column": "y", "names": ["u", "u"]}}"#, "[]",
            "The class \"u\" is there twice."
        ),
        (#"["a"]"#, #"{"classes": {"column": "y", "names": [""]}}"#, "[]", "A class has an empty name."),
        (
            #"["a"]"#, #"{"values": {"columns": ["y"]}}"#, #"["a"]"#,
            "The column \"a\" is left out, and a feature or a target at the same time."
        ),
    ])
    func whatCannotBeASchema(features: String, target: String, excluded: String, sentence: String) throws {
        let format = #"{"separator": ",", "decimalMark": "."}"#
        let error = try #require(throws: DecodingError.self) {
            try decode(
                #"{"features": \#(features), "target": \#(target), "excluded": \#(excluded), "format": \#(format)}"#
            )
        }
        guard case .dataCorrupted(let context) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(context.debugDescription == sentence)
    }
}
