import Foundation
import Regularization
import Testing

struct RegularizerZeroingStrengthTests {
    private let gradient = Tensor([2, 3], [1, -4, 2, 0.5, 3, -0.25])

    @Test func oneKind() throws {
        #expect(try gradient.zeroing(L1()) == 4)
        #expect(try gradient.zeroing(0.5 * L1()) == 8)
        #expect(try gradient.zeroing(L1() + 2 * L1()) == 4.0 / 3)
        #expect(try gradient.zeroing(0.25 * L1() + 3 * SquaredL2()) == 16)
        #expect(try gradient.zeroing(GroupLasso(.columns, weighting: .none)) == 5)
        try expectClose(gradient.zeroing(2 * GroupLasso(.columns)), 5 / 8.0.squareRoot(), within: 1e-12)
        let groups = Groups.indexSets([[0, 1], [4]])
        #expect(
            throws: ZeroingStrengthError.neverZero(regularizer: "GroupLasso(2 index sets, unweighted)")
        ) {
            try gradient.zeroing(GroupLasso(groups, weighting: .none))
        }
        #expect(try gradient.zeroingOfGroups(L1()) == [1, 4, 2, 0.5, 3, 0.25])
        #expect(
            try gradient.zeroingOfGroups(GroupLasso(groups, weighting: .none))
                == [sqrt(17), 3, .infinity, .infinity, .infinity])
    }

    /// At the strength the proximal point of −g is zero, a little below it is not: p = prox_{λR}(−g) = 0 says
    /// the same as −g ∈ λ∂R(0), by code that does not know the formula.
    @Test(arguments: [0.001, 0.2, 0.5, 0.9, 0.999])
    func zeroIsTheProximalPointFromThereOn(share: Double) throws {
        var generator = SeededGenerator(seed: 7)
        let groupings: [Groups] = [
            .rows, .columns, .blocks(rows: 2, columns: 3), .whole, .indexSets([[0, 5, 7], [1, 2]]),
        ]
        for groups in groupings {
            for weighting in [GroupWeighting.squareRootOfSize, .none] {
                let tensor = Tensor([4, 6], (0..<24).map { _ in 2 * generator.nextUnitFloat() - 1 })
                let regularizer = share * L1() + (1 - share) * GroupLasso(groups, weighting: weighting)
                let strength = try tensor.zeroing(regularizer)
                let above = tensor.proximalPoint(regularizer, scale: Float(strength * 1.00001))
                let below = tensor.proximalPoint(regularizer, scale: Float(strength * 0.9999))
                #expect(above.allSatisfy { $0 == 0 }, "\(groups): \(above)")
                #expect(below.contains { $0 != 0 }, "\(groups): \(below)")
            }
        }
    }

    @Test func weightsOfTheirOwn() throws {
        let weighted = WeightedL1([1, 0.5, 4, 1, 2, 0.125])
        #expect(try gradient.zeroingOfGroups(weighted) == [1, 8, 0.5, 0.5, 1.5, 2])
        #expect(try gradient.zeroing(L1() + 2 * weighted) == 2)
        #expect(throws: ZeroingStrengthError.neverZero(regularizer: "WeightedL1")) {
            try gradient.zeroing(WeightedL1([1, 1, 1, 0, 1, 1]))
        }
        let sum = weighted + GroupLasso(.rows)
        let strength = try gradient.zeroing(sum)
        let opposite = Tensor(gradient.shape, gradient.values.map { -$0 })
        #expect(opposite.proximalPoint(sum, scale: Float(strength * 1.00001)).allSatisfy { $0 == 0 })
        #expect(
            opposite.proximalPoint(sum, scale: Float(strength * 0.9999)).contains { $0 != 0 },
            "\(opposite.proximalPoint(sum, scale: Float(strength * 0.9999)))")
    }

    @Test("What is flat at zero changes nothing, as constraints that zero is well within")
    func flatParts() throws {
        let penalty = 0.5 * L1() + GroupLasso(.rows)
        let strength = try gradient.zeroing(penalty)
        #expect(try gradient.zeroing(penalty + Huber(delta: 0.1) + 3 * LogCosh()) == strength)
        #expect(try gradient.zeroing(penalty + L2Ball(.columns, radius: 0.1) + Box(-1...2)) == strength)
        #expect(try gradient.zeroing(penalty + L1Ball(radius: 1e-3)) == strength)
        for constraint in [Box(0...1), Box(-1...0), Box(0.5...1)] {
            #expect(throws: ZeroingStrengthError.unknown(regularizer: constraint.name)) {
                try gradient.zeroing(penalty + constraint)
            }
        }
        #expect(throws: ZeroingStrengthError.self) { try gradient.zeroing(L1() + L2Ball(.rows, radius: 0)) }
    }

    @Test func groupsOneByOne() throws {
        let regularizer = 0.5 * L1() + GroupLasso(.rows, weighting: .custom([0, 1]))
        let strengths = try gradient.zeroingOfGroups(regularizer)
        // ω = 0 leaves L1 alone: 4/0.5.
        #expect(strengths.count == 2 && strengths[0] == 8)
        // At the root only 3 is above the threshold λ/2: 3 − λ/2 = λ.
        expectClose(strengths[1], 2, within: 1e-12)
        let twice = GroupLasso(.rows, weighting: .none) + 2 * GroupLasso(.rows, weighting: .custom([1, 0.5]))
        let sums = try gradient.zeroingOfGroups(twice)
        expectClose(sums[0], 21.0.squareRoot() / 3, within: 1e-12)
        expectClose(sums[1], (0.25 + 9 + 0.0625).squareRoot() / 2, within: 1e-12)
    }

    @Test func extremes() throws {
        for size in [1e-30, 1e30] as [Float] {
            let tensor = Tensor([1, 2], [3 * size, -4 * size])
            let rows = GroupLasso(.rows, weighting: .none)
            try expectClose(tensor.zeroing(rows), 5 * Double(size), relative: 1e-6, "size \(size)")
            // 3 − λ and 4 − λ have the norm λ at λ = 7 − √24.
            try expectClose(
                tensor.zeroing(L1() + rows), (7 - 24.0.squareRoot()) * Double(size), relative: 1e-6,
                "size \(size)")
        }
        #expect(try Tensor([0, 2], []).zeroing(L1() + GroupLasso(.rows)) == 0)
        let zero = Tensor([1, 2], [0, 0])
        #expect(try zero.zeroing(SquaredL2()) == 0)
        #expect(try zero.zeroing(L1() + GroupLasso(.rows)) == 0)
        #expect(try zero.zeroingOfGroups(0 * L1()) == [0, 0])
    }

    @Test func refusals() {
        #expect(throws: ZeroingStrengthError.neverZero(regularizer: "SquaredL2")) {
            try gradient.zeroing(SquaredL2())
        }
        #expect(throws: ZeroingStrengthError.unknown(regularizer: "Orthogonality")) {
            try gradient.zeroing(L1() + 0.5 * Orthogonality())
        }
        #expect(throws: ZeroingStrengthError.neverZero(regularizer: "Huber")) {
            try gradient.zeroing(Huber(delta: 1))
        }
        #expect(throws: ZeroingStrengthError.unknown(regularizer: "Nonnegative")) {
            try gradient.zeroing(L1() + Nonnegative())
        }
        #expect(throws: ZeroingStrengthError.differentGroups("GroupLasso(rows)", "GroupLasso(columns)")) {
            try gradient.zeroing(GroupLasso(.rows) + GroupLasso(.columns))
        }
        for bad in [Float.nan, .infinity, -.infinity] {
            #expect(throws: ZeroingStrengthError.gradientNotFinite) {
                try Tensor([1, 2], [0, bad]).zeroing(L1())
            }
        }
        #expect(throws: ZeroingStrengthError.self) { try Tensor(vector: 1, 2).zeroing(GroupLasso(.rows)) }
        #expect(
            "\(ZeroingStrengthError.unknown(regularizer: "SRIP"))"
                == "The smallest strength that makes all weights zero is not known for SRIP, which does not "
                + "state how sharp it is at zero; leave it out, or have its author state its kink, as L1 and "
                + "GroupLasso do.")
    }
}

extension Tensor {
    fileprivate func zeroing(_ regularizer: some Regularizer) throws -> Double {
        try regularizer.smallestZeroingStrength(gradient: Weights(shape: shape, values.span))
    }

    fileprivate func zeroingOfGroups(_ regularizer: some Regularizer) throws -> [Double] {
        try regularizer.zeroingStrengths(gradient: Weights(shape: shape, values.span))
    }
}
