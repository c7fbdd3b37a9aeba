import ReferenceNetwork
import Testing

@Suite("Predictions count their rows and name their classes")
struct TablePredictionsTests {
    @Test("Classes")
    func classes() {
        let predictions = TablePredictions.classes(
            [1, 0, 1], names: ["a", "b"], probabilities: [0.25, 0.75, 1, 0, 0.5, 0.5])
        #expect(predictions.rows == 3)
        #expect(predictions.labels == ["b", "a", "b"])
    }

    @Test("Values")
    func values() {
        let predictions = TablePredictions.values([1, 2, 3, 4, 5, 6], columns: ["y", "z"])
        #expect(predictions.rows == 3)
        #expect(predictions.labels == [])
    }
}
