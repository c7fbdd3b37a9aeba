import ReferenceNetwork
import Testing

@Suite("Errors of predictions are sentences")
struct PredictionErrorTests {
    @Test("Each case")
    func sentences() {
        let table = CSVError.noRows(file: "new.csv")
        let features = FeatureScalingError.width(fitted: 3, found: 2)
        #expect(PredictionError.table(table).description == table.description)
        #expect(PredictionError.features(features).description == features.description)
        let sentence = """
            Output 2 for row 7, both counted from 0, is not finite: features are too far outside of the range that the \
            model was trained on. Correct them, or remove the row.
            """
        #expect(PredictionError.notFinite(row: 7, output: 2).description == sentence)
        #expect(PredictionError.notFinite(row: 7, output: 2).localizedDescription == sentence)
    }
}
