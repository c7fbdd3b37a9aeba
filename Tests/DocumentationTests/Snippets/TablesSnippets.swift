import Foundation
import ReferenceNetwork
import Testing

struct TablesSnippets {
    @Test func tables() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func file(_ name: String, _ text: String) throws -> String {
            let file = folder.appending(path: name)
            try Data(text.utf8).write(to: file)
            return file.path
        }
        let training = try file("training.csv", "id,length,width,kind\n1,1,0.2,ash\n2,3,1,elm\n3,5,2,oak\n")
        let test = try file("test.csv", "width,length,kind\n1.05,3.05,elm\n2.05,5.05,oak\n")
        let new = try file("new.csv", "plot,length,width\nA-17,1,0.2\nB-03,5,2\n")
        // snippet: tables
        let table = try CSVTable(.file(training), classes: "kind", excluding: ["id"])
        let testSamples = try table.schema.samples(in: .file(test))
        let newFeatures = try table.schema.features(in: .file(new), excluding: ["plot"])
        // end snippet
        #expect(testSamples.targets == .classes([1, 2], names: ["ash", "elm", "oak"]))
        #expect(testSamples.features == [3.05, 1.05, 5.05, 2.05])

        let network = FeedForwardNetwork(inputs: 2, hidden: [], outputs: 3)
        // snippet: new table
        let scaling = try FeatureScaling.minMax(fittedTo: table.samples)
        let scores = try network.predictions(for: scaling.scaled(newFeatures))
        // end snippet
        #expect(scores.count == 6)
        #expect(try scaling.scaled(newFeatures) == [0, 0, 1, 1])

        let schemaFile = folder.appending(path: "schema.json")
        // snippet: schema
        try JSONEncoder().encode(table.schema).write(to: schemaFile)
        let schema = try JSONDecoder().decode(TableSchema.self, from: Data(contentsOf: schemaFile))
        // end snippet
        #expect(schema == table.schema)

        let demand = try file("demand.csv", "price;day;demand\n1,5;1;7\n2,5;2;6,25\n")
        // snippet: regression
        let format = TableFormat(separator: .semicolon, decimalMark: .comma)
        let samples = try CSVTable(.file(demand), values: ["demand", "price"], format: format).samples
        // end snippet
        #expect(samples.targets == .values([7, 1.5, 6.25, 2.5], outputs: 2))
        #expect(samples.features == [1, 2])
    }
}
