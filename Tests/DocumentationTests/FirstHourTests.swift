import Foundation
import ReferenceNetwork
import Regularization
import RegularizationJSON
import TensorFiles
import Testing

/// The wrong things that a person does in the first hour: each ends in a sentence that says what to do.
///
/// `Documentation/Reliability.md` lists them.
struct FirstHourTests {
    private let samples = exampleSamples(inputs: 4, classes: 3)
    private var network = FeedForwardNetwork(inputs: 4, hidden: [8], outputs: 3)

    /// The sentence of the error that a function throws.
    private func sentence(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    private func attaching(_ penalties: [Penalty], under optimizer: some Optimizer = Adam()) -> String {
        sentence { _ = try optimizer.regularized(by: penalties, over: network.parameters) }
    }

    @Test func aNameWithATypingMistake() {
        let error = attaching([.lossTerm(L1(), strength: 1e-3, on: .named("fuly.*.weight"))])
        #expect(error.contains("selects nothing. Did you mean"), "\(error)")
        #expect(error.contains("fully.0.weight"), "\(error)")
    }

    @Test func twoProximalStepsThatDoNotGoTogether() {
        let error = attaching([
            .proximalStep(NuclearNorm(), strength: 1e-3, metric: .euclidean),
            .proximalStep(L1(), strength: 1e-3, metric: .euclidean),
        ])
        #expect(error.contains("\"NuclearNorm\" and \"L1\" on fully.0.weight"), "\(error)")
        #expect(error.contains("make one of them a loss term"), "\(error)")
    }

    @Test func aProximalStepThatAdamsMetricDoesNotHave() {
        let error = attaching([.proximalStep(NuclearNorm(), strength: 1e-3)])
        #expect(error.contains("metric: .euclidean"), "\(error)")
    }

    @Test func aNegativeStrength() {
        let error = attaching([.lossTerm(L1(), strength: -1e-3)])
        #expect(error.contains("-0.001") && error.contains("0 or more"), "\(error)")
    }

    @Test func penaltiesOfAnotherNetwork() throws {
        var optimizer = try Adam().regularized(by: [.proximalStep(L1())], over: network.parameters)
        var other = FeedForwardNetwork(inputs: 4, hidden: [9], outputs: 3)
        let error = sentence {
            _ = try Trainer(epochs: 1, batchSize: 16, showsProgress: false).fit(
                &other, to: samples, with: &optimizer)
        }
        #expect(
            error.hasPrefix("The optimizer belongs to another model: tensor 0 was fully.0.weight"), "\(error)"
        )
        #expect(error.hasSuffix("attach penalties by regularized(by:over:), for this model."), "\(error)")
    }

    @Test func aLearningRateThatIsTooHigh() throws {
        var network = FeedForwardNetwork(inputs: 4, hidden: [8], outputs: 1, loss: .meanSquaredError)
        let regression = Samples(
            features: samples.features, inputs: 4,
            targets: .values((0..<samples.count).map { Float($0) }, outputs: 1))
        var optimizer = SGD(learningRate: 1e4)
        let error = sentence {
            _ = try Trainer(epochs: 50, batchSize: 16, showsProgress: false).fit(
                &network, to: regression, with: &optimizer)
        }
        #expect(error.hasPrefix("Epoch "), "\(error)")
        #expect(
            error.contains("lower the learning rate, clip the gradients, or scale the features"), "\(error)")
        #expect(error.hasSuffix("The model is as it was before that step."), "\(error)")
        #expect(network.parameters.isFinite)
    }

    @Test func aMissingValueInTheFeatures() {
        var features = samples.features
        features[9] = .nan
        let holes = Samples(features: features, inputs: 4, targets: samples.targets)
        var (network, optimizer) = (network, Adam())
        let error = sentence {
            _ = try Trainer(epochs: 1, batchSize: 16, showsProgress: false).fit(
                &network, to: holes, with: &optimizer)
        }
        #expect(
            error
                == "The training part: Feature 1 of sample 2 is nan; fill in the value, or leave the sample out."
        )
    }

    @Test func moreClassesThanOutputs() {
        var (network, optimizer) = (FeedForwardNetwork(inputs: 4, hidden: [8], outputs: 2), Adam())
        let error = sentence {
            _ = try Trainer(epochs: 1, batchSize: 16, showsProgress: false).fit(
                &network, to: samples, with: &optimizer)
        }
        #expect(error.contains("takes at most 2 classes, but the samples have 3 classes"), "\(error)")
    }

    @Test func earlyStoppingWithoutValidation() {
        var (network, optimizer) = (network, Adam())
        let trainer = Trainer(
            epochs: 1, batchSize: 16, earlyStopping: EarlyStopping(patience: 2), showsProgress: false)
        let error = sentence { _ = try trainer.fit(&network, to: samples, with: &optimizer) }
        #expect(error.contains("pass validation: to fit"), "\(error)")
    }

    @Test func aTableWithSemicolons() {
        let error = sentence { _ = try CSVTable(.text("a;b\n1,5;x\n"), classes: "b") }
        #expect(
            error.contains("Pass format: TableFormat(separator: .semicolon, decimalMark: .comma)"), "\(error)"
        )
    }

    @Test func theIndexColumnOfPandas() {
        let error = sentence { _ = try CSVTable(.text(",a,b\n0,1.5,x\n1,2.5,y\n"), classes: "b") }
        #expect(error.contains("leave it out (excluding: [\"\"])"), "\(error)")
    }

    @Test func aTestTableWithAClassMore() throws {
        let schema = try CSVTable(.text("a,b\n1,ash\n2,elm\n"), classes: "b").schema
        let error = sentence { _ = try schema.samples(in: .text("a,b\n1,elm\n2,oak\n")) }
        #expect(error.contains("\"oak\" is not a class of the schema"), "\(error)")
    }

    @Test func aFileOfPenaltiesWithATrailingComma() {
        let json = Data(#"[{"stage": "lossTerm", "regularizer": "L1", "strength": 0.1,}]"#.utf8)
        let error = sentence { _ = try RegularizerRegistry.builtIn.decode([Penalty].self, from: json) }
        #expect(error.contains("comma"), "\(error)")
    }

    @Test func aFileOfPenaltiesWithAMisspelledKey() {
        let json = Data(#"[{"stage": "lossTerm", "regularizer": "L1", "strenght": 0.1}]"#.utf8)
        let error = sentence { _ = try RegularizerRegistry.builtIn.decode([Penalty].self, from: json) }
        #expect(error.contains("strenght") && error.contains("strength"), "\(error)")
    }

    /// The result of a function of the path of a file with these bytes.
    private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).safetensors")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try body(file.path)
    }

    @Test func aFileOfPyTorch() throws {
        try withFile([0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20]) { path in
            let error = sentence { _ = try TensorFile(path) }
            #expect(error.contains("pickle") && error.contains("save_file(torch.load("), "\(error)")
        }
    }

    @Test func weightsUnderOtherNames() throws {
        try withFile([]) { path in
            var (network, contents) = (network, TensorFileContents())
            contents.add(network.parameters, prefix: "module.")
            try contents.write(to: path)
            let error = sentence { _ = try network.parameters.load(TensorFile(path)) }
            #expect(error.contains(#"renaming: [.prefix("module.", to: "")]"#), "\(error)")
        }
    }

    @Test func aTableWithoutTheColumnsOfItsModel() throws {
        let schema = try CSVTable(.text("a,b,c,d,e\n1,2,3,4,ash\n1,2,3,4,elm\n1,2,3,4,oak\n"), classes: "e")
            .schema
        let model = TabularModel(network: network, schema: schema)
        let error = sentence { _ = try model.predictions(in: .text("d,a\n4,1\n")) }
        #expect(error.contains("\"b\"") && error.contains("\"c\""), "\(error)")
    }
}
