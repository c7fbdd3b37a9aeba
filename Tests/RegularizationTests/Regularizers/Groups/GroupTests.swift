import Regularization
import Testing

@Suite("GroupWeighting")
struct GroupTests {
    private let group = Groups.columns.group(1, in: [4, 3])

    @Test("√size, 1, or as given")
    func weights() {
        #expect(GroupWeighting.squareRootOfSize.factor(of: group) == 2)
        #expect(GroupWeighting.none.factor(of: group) == 1)
        #expect(GroupWeighting.custom([7, 8, 9]).factor(of: group) == 8)
    }

    @Test("One finite number of 0 or more for each group")
    func check() throws {
        try GroupWeighting.custom([0, 1]).check(groupCount: 2)
        try GroupWeighting.squareRootOfSize.check(groupCount: 0)
        #expect(throws: ShapeError("2 group weights are given for 3 groups")) {
            try GroupWeighting.custom([0, 1]).check(groupCount: 3)
        }
        #expect(throws: ShapeError("the weight of group 1 is -1.0, not a number of 0 or more")) {
            try GroupWeighting.custom([0, -1]).check(groupCount: 2)
        }
        #expect(throws: ShapeError("the weight of group 0 is nan, not a number of 0 or more")) {
            try GroupWeighting.custom([.nan]).check(groupCount: 1)
        }
        #expect(throws: ShapeError.self) { try GroupWeighting.custom([.infinity]).check(groupCount: 1) }
    }
}
