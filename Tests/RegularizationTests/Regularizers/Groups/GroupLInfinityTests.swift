import Regularization
import Testing

@Suite("GroupLInfinity")
struct GroupLInfinityTests {
    @Test("Proximal points are jaxopt's, by projection onto the L1 ball")
    func proximalPoints() throws {
        for (file, groups) in [
            ("prox_linf", .whole), ("prox_group_linf_rows", .rows), ("prox_group_linf_columns", .columns),
        ] as [(String, Groups)] {
            try expectProximalPoints(file, largeOnes: true) {
                (GroupLInfinity(groups), $0.strength! * $0.step!)
            }
        }
    }

    @Test("Values and gradients are PyTorch's amax")
    func values() throws {
        try expectValuesAndGradients("torch_linf_rows", GroupLInfinity(.rows))
    }

    @Test("Equal largest magnitudes share the gradient, as PyTorch's amax does")
    func ties() {
        let tensor = Tensor([2, 3], [2, -2, 1, 0, 0, 0])
        #expect(tensor.gradient(GroupLInfinity(.rows), scale: 3) == [1.5, -1.5, 0, 0, 0, 0])
        #expect(tensor.value(GroupLInfinity(.rows)) == 2)
    }

    /// The minimizer over θ of Σ (|zᵢ| − θ)₊²/(2tᵢ) + weight · θ.
    private func limit(_ weights: [Float], _ scales: [Float], weight: Double) -> Double {
        minimizer(between: 0, and: Double(weights.map { abs($0) }.max()!)) { limit in
            zip(weights, scales).reduce(weight * limit) { sum, term in
                let excess = max(0, Double(abs(term.0)) - limit)
                return sum + excess * excess / (2 * Double(term.1))
            }
        }
    }

    @Test("In a diagonal metric it is the minimizer over θ", arguments: GroupLassoTests.stepSizes)
    func metric(stepSizes: [Float]) {
        let tensor = Tensor([3, 2], GroupLassoTests.weights)
        let groups = [[0, 2, 4], [1, 3, 5]]
        let weights = [0.5, 3]
        for factor in [0.05, 0.5, 2, 8] as [Float] {
            var expected = tensor.values.map { Double($0) }
            for (group, weight) in zip(groups, weights) {
                let limit = limit(
                    group.map { tensor.values[$0] }, group.map { factor * stepSizes[$0] }, weight: weight)
                for element in group { expected[element] = min(max(expected[element], -limit), limit) }
            }
            let found = tensor.proximalPoint(
                GroupLInfinity(.columns, weighting: .custom(weights)), stepSizes: stepSizes, factor: factor)
            expectClose(found, expected, ofInput: tensor.values, "factor \(factor)")
        }
    }

    @Test("A group is zero exactly from Σ |zᵢ|/tᵢ = ω on")
    func threshold() {
        let tensor = Tensor(vector: 3, -4)
        let penalty = GroupLInfinity(.whole, weighting: .custom([7]))
        #expect(tensor.proximalPoint(penalty, scale: 1) == [0, 0])
        #expect(tensor.proximalPoint(penalty, stepSizes: [1, 1]) == [0, 0])
        #expect(tensor.proximalPoint(penalty, stepSizes: [1, 0.999])[0] > 0)
        #expect(tensor.proximalPoint(penalty, scale: 0.999)[1] < 0)
        #expect(
            tensor.proximalPoint(penalty, scale: 1).allSatisfy { $0.sign == .plus },
            "\(tensor.proximalPoint(penalty, scale: 1))")
    }

    @Test("Elements with scale 0 stay, and the others are not limited below them")
    func zeroScales() {
        let found = Tensor(vector: 1, -2, 3, -0.5).proximalPoint(
            GroupLInfinity(.whole), stepSizes: [0, 1e6, 1e6, 1])
        #expect(found == [1, -1, 1, -0.5])
    }

    @Test("Numbers far larger than the scale keep its precision")
    func cancellation() {
        let found = Tensor(vector: 1e8, -99_999_992, 5).proximalPoint(GroupLInfinity(.whole), scale: 24)
        #expect(found == [99_999_984, -99_999_984, 5])
    }

    @Test("The weights go with the groups, and weight 0 leaves a group alone")
    func customWeights() {
        let tensor = Tensor([2, 2], [3, 4, 3, 4])
        let penalty = GroupLInfinity(.rows, weighting: .custom([0, 2]))
        #expect(tensor.value(penalty) == 8)
        #expect(tensor.proximalPoint(penalty, scale: 1) == [3, 4, 2.5, 2.5])
        #expect(tensor.gradient(penalty) == [0, 0, 0, 2])
        #expect(throws: ShapeError("2 group weights are given for 3 groups")) { try penalty.check([3, 2]) }
        #expect(tensor.value(GroupLInfinity(.rows, weighting: .squareRootOfSize)) == 8 * 2.0.squareRoot())
    }

    @Test("NaN makes its group NaN alone; an infinite element leaves its group alone")
    func notFinite() {
        let tensor = Tensor([3, 2], [1, .nan, -.infinity, 2, 4, 1])
        for found in [
            tensor.proximalPoint(GroupLInfinity(.rows), scale: 1),
            tensor.proximalPoint(GroupLInfinity(.rows), stepSizes: [1, 1, 1, 1, 1, 1]),
        ] {
            #expect(found[0].isNaN && found[1].isNaN)
            #expect(found[2...] == [-.infinity, 2, 3, 1])
        }
        #expect(tensor.value(GroupLInfinity(.rows)).isNaN)
        #expect(tensor.gradient(GroupLInfinity(.rows))[1].isNaN)
        #expect(Tensor(vector: .infinity, 1).gradient(GroupLInfinity(.whole)) == [1, 0])
    }
}
