import Regularization
import Testing

@Suite("NestedGroupLasso")
struct NestedGroupLassoTests {
    private let tree = NestedGroupLasso(
        GroupLasso(.blocks(rows: 1, columns: 2), weighting: .none), GroupLasso(.rows, weighting: .none),
        GroupLasso(.whole, weighting: .none))
    private let tensor = Tensor([2, 4], [3, 4, 0.1, -0.2, 0.3, 0.1, -0.5, 1.2])

    @Test("Value and gradient are the sums of the levels'")
    func sums() {
        #expect(tree.levels.count == 3)
        #expect(tensor.value(tree) == tree.levels.reduce(0) { $0 + tensor.value($1) })
        let gradients = tree.levels.map { tensor.gradient($0, scale: 0.5) }
        let found = tensor.gradient(tree, scale: 0.5)
        for index in found.indices {
            expectClose(found[index], gradients.reduce(0) { $0 + $1[index] }, within: 1e-6, "index \(index)")
        }
    }

    @Test("The proximal point is that of a sum in either order, and finer groups die first")
    func proximalPoint() {
        let sum = tree.levels[2] + tree.levels[0] + tree.levels[1]
        let found = tensor.proximalPoint(tree, scale: 0.25)
        #expect(found == tensor.proximalPoint(sum, scale: 0.25))
        #expect(found[2...3] == [0, 0])
        #expect(found[0] > 2 && found[7] > 0)
        // (3, 4) loses 1/4 of norm 5 as a block, as a row, and as part of the whole, which is hardly longer.
        expectClose(found[0] / 3, 1 - 0.75 / 5, within: 0.01)
    }

    @Test("It is planned by its levels: with L1 before them, in a diagonal metric by iteration")
    func composition() {
        #expect((L1() + tree).refusal == nil)
        #expect((tree + GroupLasso(.columns)).refusal != nil)
        #expect(tree.refusal == nil)
        #expect(tree.metricRefusal != nil)
        #expect(tree.iterative(tolerance: 1e-6).metricRefusal == nil)
        let sizes = [Float](repeating: 0.25, count: 8)
        let iterated = tensor.proximalPoint(tree.iterative(tolerance: 1e-7), stepSizes: sizes)
        let exact = tensor.proximalPoint(tree, scale: 0.25)
        expectClose(iterated, exact.map { Double($0) }, ofInput: tensor.values)
    }

    @Test("Levels that are not nested trap, and shapes that a level does not accept are refused")
    func errors() async {
        await #expect(processExitsWith: .failure) {
            _ = NestedGroupLasso([GroupLasso(.rows), GroupLasso(.columns)])
        }
        await #expect(processExitsWith: .failure) { _ = NestedGroupLasso() }
        #expect(throws: ShapeError.self) { try tree.check([2, 3]) }
        #expect(throws: Never.self) { try tree.check([3, 4]) }
    }
}
