import Regularization
import Testing

@Suite("Weights")
struct WeightsTests {
    @Test("Elements by index, by row and column, and by row, without a copy")
    func access() {
        var values: [Float] = [1, 2, 3, 4, 5, 6]
        var view = MutableWeights(shape: [2, 3], values.mutableSpan)
        view[row: 1, column: 2] = 60
        view[0] += 9
        #expect(view.count == 6)
        #expect(view.readOnly[row: 0, column: 0] == 10)
        #expect(view.readOnly.row(1).indices.map { view.readOnly.row(1)[$0] } == [4, 5, 60])
        #expect(values == [10, 2, 3, 4, 5, 60])
    }

    @Test("A count that is not the shape's traps")
    func mismatch() async {
        await #expect(processExitsWith: .failure) {
            let values: [Float] = [1, 2]
            _ = Weights(shape: [3], values.span).count
        }
    }
}
