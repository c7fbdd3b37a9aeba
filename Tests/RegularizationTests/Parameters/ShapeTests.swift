import Regularization
import Testing

@Suite("Shape")
struct ShapeTests {
    @Test("Every tensor is read as a matrix")
    func matrix() {
        let expected: [(Shape, rows: Int, columns: Int, count: Int)] = [
            ([], 1, 1, 1), ([5], 1, 5, 5), ([2, 3], 2, 3, 6), ([4, 3, 2, 2], 4, 12, 48), ([0, 3], 0, 3, 0),
            ([3, 0], 3, 0, 0), ([0], 1, 0, 0), ([2, 0, 5], 2, 0, 0),
        ]
        for (shape, rows, columns, count) in expected {
            #expect(shape.rows == rows, "shape \(shape), rows \(rows), columns \(columns), count \(count)")
            #expect(
                shape.columns == columns, "shape \(shape), rows \(rows), columns \(columns), count \(count)")
            #expect(shape.count == count, "shape \(shape), rows \(rows), columns \(columns), count \(count)")
            #expect(
                shape.rank == shape.dimensions.count,
                "shape \(shape), rows \(rows), columns \(columns), count \(count)")
        }
        #expect("\(Shape([100, 30]))" == "[100, 30]")
    }

    @Test("A negative dimension traps")
    func negative() async {
        await #expect(processExitsWith: .failure) { _ = Shape([2, -1]) }
    }
}
