import Regularization
import Testing

@Suite("SortedL1")
struct SortedL1Tests {
    @Test("Proximal points are skglm's SLOPE")
    func proximalPoints() throws {
        let cases = try Reference.cases("prox_slope")
        #expect(cases.count == 29)
        for reference in cases {
            let penalty = SortedL1(factors: try #require(reference.weights))
            let found = reference.tensor.proximalPoint(penalty, scale: Float(reference.step!))
            let expected = try #require(reference.output)
            let comment: Comment = "\(reference.name): \(found), not \(expected)"
            expectClose(found, expected, ofInput: reference.tensor.values, comment)
            #expect(zerosArePositive(found, madeFrom: reference.tensor.values), comment)
            if !reference.hasTies { #expect(found.map { $0 == 0 } == expected.map { $0 == 0 }, comment) }
        }
    }

    private static let tensor = Tensor([2, 3], [1, -2, 0.5, -2.25, 0, 1])

    @Test("Equal weights make it L1")
    func equalWeights() {
        let sorted = SortedL1(factors: [Double](repeating: 0.5, count: 6))
        #expect(Self.tensor.value(sorted) == Self.tensor.value(0.5 * L1()))
        #expect(Self.tensor.gradient(sorted) == Self.tensor.gradient(0.5 * L1()))
        #expect(
            Self.tensor.proximalPoint(sorted, scale: 1.5) == Self.tensor.proximalPoint(0.5 * L1(), scale: 1.5)
        )
    }

    @Test("A first weight alone makes it the largest magnitude")
    func firstWeight() {
        let sorted = SortedL1(factors: [2, 0, 0, 0, 0, 0])
        let largest = 2 * GroupLInfinity(.whole)
        #expect(Self.tensor.value(sorted) == Self.tensor.value(largest))
        #expect(Self.tensor.gradient(sorted) == Self.tensor.gradient(largest))
        for scale in [0.05, 0.5, 1, 4] as [Float] {
            let expected = Self.tensor.proximalPoint(largest, scale: scale).map { Double($0) }
            expectClose(
                Self.tensor.proximalPoint(sorted, scale: scale), expected, ofInput: [3], "scale \(scale)")
        }
    }

    @Test("Value and gradient go by rank; of equal magnitudes the first has the first rank")
    func ranks() {
        let sorted = SortedL1(factors: [4, 3, 2, 1])
        let tensor = Tensor(vector: -1, 5, 1, 0)
        #expect(tensor.value(sorted) == 25)
        #expect(tensor.gradient(sorted, scale: 2) == [-6, 8, 4, 0])
    }

    @Test("NaN makes everything NaN; infinity stays")
    func notFinite() {
        let sorted = SortedL1(factors: [2, 1, 1])
        #expect(Tensor(vector: 3, .nan, 1).proximalPoint(sorted, scale: 1).allSatisfy { $0.isNaN })
        #expect(Tensor(vector: 3, .nan, 1).value(sorted).isNaN)
        #expect(
            Tensor(vector: 3, -.infinity, .infinity).proximalPoint(sorted, scale: 1)
                == [2, -.infinity, .infinity])
        #expect(Tensor(vector: 3, -.infinity, 1).value(sorted) == .infinity)
    }

    @Test("It needs one weight for each element")
    func shapes() throws {
        try SortedL1(factors: [2, 1]).check([1, 2])
        #expect(throws: ShapeError("2 factors of sorted L1 are given for 3 elements")) {
            try SortedL1(factors: [2, 1]).check([3])
        }
    }
}
