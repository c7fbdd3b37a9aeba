import Foundation
import ReferenceNetwork
import Regularization
import TensorFiles
import Testing

struct TensorFilesSnippets {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    }

    private func path(_ name: String) -> String { folder.appending(path: name).path }

    @Test func files() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = path("two.safetensors")
        let offsets = [0.1, 0.2, 0.3]
        var network = FeedForwardNetwork(inputs: 3, hidden: [4], outputs: 2)
        // snippet: write
        var contents = TensorFileContents(metadata: ["about": "a small network"])
        contents.add(network.parameters)
        contents.add("offsets", [3], doubles: offsets)
        try contents.write(to: path)
        // end snippet
        // snippet: read
        let file = try TensorFile(path)
        for tensor in file.tensors { print(tensor.name, tensor.type, tensor.shape) }
        let weights = try file.floats(of: "fully.0.weight")
        let about = file.metadata["about"]
        // end snippet
        #expect(weights == network.parameters["fully.0.weight"])
        #expect(about == "a small network")
        #expect(try file.doubles(of: "offsets") == offsets)

        var model = FeedForwardNetwork(inputs: 3, hidden: [4], outputs: 2, seed: 1)
        // snippet: load
        try model.parameters.load(TensorFile(path), renaming: [.omitting("offsets")])
        // end snippet
        #expect(model.parameters["fully.1.bias"] == network.parameters["fully.1.bias"])

        var other = FeedForwardNetwork(inputs: 3, hidden: [4], outputs: 7)
        // snippet: lenient
        let summary = try other.parameters.load(TensorFile(path), on: .named("fully.0.*"), lenient: true)
        print(summary)
        // end snippet
        #expect(summary.loaded.map(\.tensor.name) == ["fully.0.weight", "fully.0.bias"])
        network.parameters["fully.0.bias"] = [0, 0, 0, 0]
    }

    @Test func optimizer() throws {
        let samples = exampleSamples(inputs: 4, classes: 3)
        var (network, optimizer) = (FeedForwardNetwork(inputs: 4, hidden: [8], outputs: 3), Adam())
        let trainer = Trainer(epochs: 1, batchSize: 16, showsProgress: false)
        _ = try trainer.fit(&network, to: samples, with: &optimizer)
        var (resumed, fresh) = (FeedForwardNetwork(inputs: 4, hidden: [8], outputs: 3), Adam())
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = path("training.safetensors")
        // snippet: optimizer
        var contents = TensorFileContents()
        contents.add(network.parameters)
        contents.add(optimizer.state, over: network.parameters.layout)
        try contents.write(to: path)

        let file = try TensorFile(path)
        try resumed.parameters.load(file, renaming: [.omitting("optimizer.*")])
        try fresh.state.load(file, over: resumed.parameters.layout)
        // end snippet
        _ = try trainer.fit(&network, to: samples, with: &optimizer)
        _ = try trainer.fit(&resumed, to: samples, with: &fresh)
        for tensor in network.parameters.layout.tensors {
            #expect(resumed.parameters[tensor.name] == network.parameters[tensor.name])
        }
    }

    @Test func model() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let training = path("training.csv")
        try Data("length,width,kind\n1,0.2,ash\n3,1,elm\n5,2,oak\n".utf8).write(to: URL(filePath: training))
        let new = path("new.csv")
        try Data("plot,width,length\nA-17,0.2,1\nB-03,2,5\n".utf8).write(to: URL(filePath: new))
        let path = path("trees.safetensors")
        // snippet: model
        let table = try CSVTable(.file(training), classes: "kind")
        let scaling = try FeatureScaling.standardization(fittedTo: table.samples)
        var network = FeedForwardNetwork(inputs: 2, hidden: [8], outputs: 3)
        var optimizer = Adam(learningRate: 0.01)
        let samples = try scaling.scaled(table.samples)
        let history = try Trainer(epochs: 200, batchSize: 3).fit(
            &network, to: samples, with: &optimizer)
        try TabularModel(network: network, schema: table.schema, scaling: scaling).write(to: path)
        // end snippet
        #expect(history.epochs.last!.trainingLoss < 0.5)
        // snippet: predict
        let model = try TabularModel(contentsOf: TensorFile(path))
        let predictions = try model.predictions(in: .file(new), extraColumns: .ignored)
        print(predictions.labels)
        // end snippet
        #expect(predictions.labels == ["ash", "oak"])
        #expect(try model.predictions(for: [1, 0.2, 5, 2]) == predictions)
    }
}
