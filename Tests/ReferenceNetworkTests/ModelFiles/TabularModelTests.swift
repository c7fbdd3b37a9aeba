import Regularization
import Testing

@testable import ReferenceNetwork

@Suite("A model of a table is made of parts that fit each other")
struct TabularModelTests {
    static let scaling = FeatureScaling(offsets: [1, 2], factors: [1, 1])

    static func schema(_ target: TableSchema.Target) -> TableSchema {
        TableSchema(features: ["a", "b"], target: target, excluded: [], format: TableFormat())
    }

    static func network(_ outputs: Int, _ loss: Loss) -> FeedForwardNetwork {
        FeedForwardNetwork(inputs: 2, hidden: [], outputs: outputs, loss: loss)
    }

    @Test("Targets, losses and outputs that fit")
    func fitting() {
        let fitting: [(TableSchema.Target, Int, Loss)] = [
            (.classes(column: "y", names: ["u"]), 1, .softmaxCrossEntropy),
            (.classes(column: "y", names: ["u", "v", "w"]), 3, .softmaxCrossEntropy),
            (.classes(column: "y", names: ["u", "v"]), 2, .softmaxCrossEntropy),
            (.classes(column: "y", names: ["u", "v"]), 1, .binaryCrossEntropy),
            (.values(columns: ["y", "z"]), 2, .binaryCrossEntropy),
            (.values(columns: ["y"]), 1, .binaryCrossEntropy),
            (.values(columns: ["y", "z"]), 2, .meanSquaredError),
        ]
        for (target, outputs, loss) in fitting {
            let model = TabularModel(
                network: Self.network(outputs, loss), schema: Self.schema(target), scaling: Self.scaling)
            #expect(model.schema == Self.schema(target))
            #expect(model.scaling == Self.scaling)
            #expect(model.targetScaling == nil)
        }
        let targetScaling = TargetScaling(offsets: [1, 2], factors: [3, 4])
        let scaled = TabularModel(
            network: Self.network(2, .meanSquaredError),
            schema: Self.schema(.values(columns: ["y", "z"])),
            targetScaling: targetScaling)
        #expect(scaled.targetScaling == targetScaling)
    }

    static let mistakes: [(TableSchema.Target, Int, Loss, FeatureScaling?, TargetScaling?, String)] =
        [
            (
                .classes(column: "y", names: ["u", "v", "w"]), 2, .softmaxCrossEntropy, nil, nil,
                "The loss softmaxCrossEntropy with 2 outputs does not fit a table of 3 classes."
            ),
            (
                .classes(column: "y", names: ["u", "v"]), 3, .softmaxCrossEntropy, nil, nil,
                "The loss softmaxCrossEntropy with 3 outputs does not fit a table of 2 classes."
            ),
            (
                .classes(column: "y", names: ["u", "v"]), 2, .binaryCrossEntropy, nil, nil,
                "The loss binaryCrossEntropy with 2 outputs does not fit a table of 2 classes."
            ),
            (
                .classes(column: "y", names: ["u", "v", "w"]), 1, .binaryCrossEntropy, nil, nil,
                "The loss binaryCrossEntropy with 1 output does not fit a table of 3 classes."
            ),
            (
                .classes(column: "y", names: ["u"]), 1, .binaryCrossEntropy, nil, nil,
                "The loss binaryCrossEntropy with 1 output does not fit a table of 1 class."
            ),
            (
                .classes(column: "y", names: ["u", "v"]), 2, .meanSquaredError, nil, nil,
                "The loss meanSquaredError with 2 outputs does not fit a table of 2 classes."
            ),
            (
                .values(columns: ["y", "z"]), 2, .softmaxCrossEntropy, nil, nil,
                "The loss softmaxCrossEntropy with 2 outputs does not fit a table of 2 columns of target values."
            ),
            (
                .values(columns: ["y"]), 2, .meanSquaredError, nil, nil,
                "The loss meanSquaredError with 2 outputs does not fit a table of 1 column of target values."
            ),
            (
                .values(columns: ["y"]), 1, .meanSquaredError, FeatureScaling(offsets: [0], factors: [1]),
                nil,
                "The scaling is for 1 feature, but the table has 2 features."
            ),
            (
                .values(columns: ["y"]), 1, .meanSquaredError, nil,
                TargetScaling(offsets: [0, 0], factors: [1, 1]),
                "The scaling of targets is for 2 columns, but the table has 1 column of target values."
            ),
            (
                .values(columns: ["y"]), 1, .binaryCrossEntropy, nil,
                TargetScaling(offsets: [0], factors: [1]),
                "Target values have no scaling with the loss binaryCrossEntropy."
            ),
            (
                .classes(column: "y", names: ["u", "v"]), 2, .softmaxCrossEntropy, nil,
                TargetScaling(offsets: [0, 0], factors: [1, 1]),
                "Target values have no scaling with the loss softmaxCrossEntropy."
            ),
        ]

    @Test("Parts that do not fit", arguments: 0..<mistakes.count)
    func notFitting(_ index: Int) {
        let (target, outputs, loss, scaling, targetScaling, sentence) = Self.mistakes[index]
        #expect(throws: ArgumentError(sentence)) {
            try TabularModel(
                checking: Self.network(outputs, loss), schema: Self.schema(target), scaling: scaling,
                targetScaling: targetScaling)
        }
    }

    @Test("In code they trap with the sentence")
    func trap() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = TabularModel(
                network: FeedForwardNetwork(inputs: 3, hidden: [], outputs: 1, loss: .meanSquaredError),
                schema: TabularModelTests.schema(.values(columns: ["y"])))
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.contains("The network has 3 inputs, but the table has 2 features."))
    }
}
