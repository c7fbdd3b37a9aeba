import Regularization
import Testing

@Suite("Groups")
struct GroupsTests {
    private func elements(_ groups: Groups, _ shape: Shape) -> [[Int]] {
        (0..<groups.count(in: shape)).map { Array(groups.group($0, in: shape)) }
    }

    @Test("Rows and columns, also of tensors of higher rank")
    func rowsAndColumns() {
        #expect(elements(.rows, [2, 3]) == [[0, 1, 2], [3, 4, 5]])
        #expect(elements(.columns, [2, 3]) == [[0, 3], [1, 4], [2, 5]])
        #expect(elements(.rows, [2, 2, 2]) == [[0, 1, 2, 3], [4, 5, 6, 7]])
        #expect(elements(.whole, [2, 2]) == [[0, 1, 2, 3]])
        #expect(elements(.whole, []) == [[0]])
    }

    @Test("Blocks in row-major order")
    func blocks() {
        #expect(
            elements(.blocks(rows: 2, columns: 2), [4, 4])
                == [[0, 1, 4, 5], [2, 3, 6, 7], [8, 9, 12, 13], [10, 11, 14, 15]])
        #expect(elements(.blocks(rows: 1, columns: 3), [2, 3]) == [[0, 1, 2], [3, 4, 5]])
    }

    @Test("Index sets in the order given, empty ones too")
    func indexSets() {
        #expect(elements(.indexSets([[3, 0], [], [1]]), [4]) == [[3, 0], [], [1]])
    }

    @Test("Empty tensors have groups without elements, or none")
    func empty() throws {
        #expect(elements(.rows, [2, 0]) == [[], []])
        #expect(elements(.rows, [0, 2]) == [])
        #expect(elements(.columns, [0, 2]) == [[], []])
        #expect(elements(.columns, [2, 0]) == [])
        #expect(elements(.whole, [0]) == [[]])
        #expect(elements(.blocks(rows: 2, columns: 2), [0, 4]) == [])
        #expect(elements(.blocks(rows: 2, columns: 2), [4, 0]) == [])
        try Groups.blocks(rows: 2, columns: 2).check([0, 4])
    }

    @Test("The elements of a group are as many as it says")
    func sizes() {
        let all: [(Groups, Shape)] = [
            (.rows, [3, 2]), (.columns, [3, 2]), (.blocks(rows: 3, columns: 1), [3, 2]), (.whole, [3, 2]),
            (.indexSets([[5], [], [1, 2]]), [3, 2]),
        ]
        for (groups, shape) in all {
            for index in 0..<groups.count(in: shape) {
                let group = groups.group(index, in: shape)
                #expect(Array(group).count == group.size, "\(groups), shape \(shape), index \(index)")
                #expect(group.index == index, "\(groups), shape \(shape), index \(index)")
            }
        }
    }

    @Test("What does not divide is refused with the reason")
    func refusals() throws {
        let refused: [(Groups, Shape, String)] = [
            (.rows, [4], "groups by rows need a tensor of rank 2 or more; use .whole for [4]"),
            (.columns, [], "groups by columns need a tensor of rank 2 or more; use .whole for []"),
            (.blocks(rows: 2, columns: 2), [4, 3], "blocks of 2 × 2 do not divide a tensor of 4 × 3"),
            (.blocks(rows: 3, columns: 1), [4, 3], "blocks of 3 × 1 do not divide a tensor of 4 × 3"),
            (.blocks(rows: 0, columns: 1), [4, 3], "blocks of 0 × 1 do not divide a tensor of 4 × 3"),
            (.blocks(rows: -1, columns: 1), [4, 3], "blocks of -1 × 1 do not divide a tensor of 4 × 3"),
            (.indexSets([[0], [4]]), [4], "group 1 has element 4, but the tensor has 4"),
            (.indexSets([[-1]]), [4], "group 0 has element -1, but the tensor has 4"),
            (.indexSets([[0, 1], [2, 1]]), [4], "element 1 is in group 1 and once more"),
            (.indexSets([[2, 2]]), [4], "element 2 is in group 0 and once more"),
        ]
        for (groups, shape, reason) in refused {
            #expect(throws: ShapeError(reason)) { try groups.check(shape) }
        }
        try Groups.indexSets([[], [3]]).check([4])
        try Groups.whole.check([])
    }
}
