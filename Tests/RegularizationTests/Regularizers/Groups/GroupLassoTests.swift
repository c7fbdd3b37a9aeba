import Regularization
import Testing

@Suite("GroupLasso")
struct GroupLassoTests {
    @Test("Proximal points are those of the library group-lasso")
    func proximalPoints() throws {
        let files: [(String, Groups, GroupWeighting)] = [
            ("prox_l2norm", .whole, .none),
            ("prox_group_rows", .rows, .none),
            ("prox_group_rows_sqrt", .rows, .squareRootOfSize),
            ("prox_group_columns", .columns, .none),
            ("prox_group_columns_sqrt", .columns, .squareRootOfSize),
        ]
        for (file, groups, weighting) in files {
            try expectProximalPoints(file) {
                (GroupLasso(groups, weighting: weighting), $0.strength! * $0.step!)
            }
        }
    }

    @Test("Values and gradients are PyTorch's")
    func values() throws {
        try expectValuesAndGradients("torch_l2norm", GroupLasso(.whole, weighting: .none))
        try expectValuesAndGradients("torch_group_rows", GroupLasso(.rows, weighting: .none))
        try expectValuesAndGradients("torch_group_rows_sqrt", GroupLasso(.rows))
        try expectValuesAndGradients("torch_group_columns", GroupLasso(.columns, weighting: .none))
        try expectValuesAndGradients("torch_group_columns_sqrt", GroupLasso(.columns))
    }

    static let weights: [Float] = [1, -2, 0.5, -0.25, 3, 0.75]
    static let stepSizes: [[Float]] = [
        [1, 1, 1, 1, 1, 1], [0.1, 2, 0.5, 1, 0.01, 4], [1e-3, 1, 1e2, 0.5, 20, 1e-2],
        [0.5, 1e-4, 3, 2, 2, 0.1],
    ]

    @Test("In a diagonal metric it is the minimizer by coordinates", arguments: stepSizes)
    func metric(stepSizes: [Float]) {
        let tensor = Tensor([3, 2], Self.weights)
        let lasso = GroupLasso(.columns, weighting: .none)
        for factor in [0.05, 0.5, 2, 8] as [Float] {
            let expected = ProximalProblem(
                tensor.values, scales: stepSizes.map { factor * $0 }, penalty: norm
            ).convexMinimizer(byGroup: [[0, 2, 4], [1, 3, 5]])
            let found = tensor.proximalPoint(lasso, stepSizes: stepSizes, factor: factor)
            expectClose(found, expected, relative: 1e-5, ofInput: tensor.values, "factor \(factor)")
        }
    }

    @Test("Elements with scale 0 stay, whatever becomes of their group")
    func zeroScales() {
        let found = Tensor(vector: 1, -2, 3).proximalPoint(
            GroupLasso(.whole, weighting: .none), stepSizes: [0, 1e6, 0])
        #expect(found[0] == 1)
        #expect(found[2] == 3)
        #expect(abs(found[1]) < 1e-4)
    }

    @Test("A group is zero exactly from ‖z/t‖ = ω on")
    func threshold() {
        let tensor = Tensor(vector: 3, -4)
        let lasso = GroupLasso(.whole, weighting: .custom([5]))
        #expect(tensor.proximalPoint(lasso, stepSizes: [1, 1]) == [0, 0])
        #expect(tensor.proximalPoint(lasso, scale: 1) == [0, 0])
        #expect(tensor.proximalPoint(lasso, stepSizes: [1, 0.999])[0] > 0)
        #expect(
            tensor.proximalPoint(lasso, stepSizes: [1, 1]).allSatisfy { $0.sign == .plus },
            "\(tensor.proximalPoint(lasso, stepSizes: [1, 1]))")
    }

    @Test("Custom weights go with the order of the groups, and weight 0 leaves a group alone")
    func customWeights() {
        let tensor = Tensor([2, 2], [3, 4, 3, 4])
        let lasso = GroupLasso(.rows, weighting: .custom([0, 2.5]))
        #expect(tensor.value(lasso) == 12.5)
        #expect(tensor.proximalPoint(lasso, scale: 1) == [3, 4, 1.5, 2])
        #expect(tensor.proximalPoint(lasso, stepSizes: [1, 1, 1, 1])[..<2] == [3, 4])
        #expect(throws: ShapeError("2 group weights are given for 3 groups")) { try lasso.check([3, 2]) }
    }

    @Test("Elements in no set are left alone")
    func partialSets() {
        let lasso = GroupLasso(.indexSets([[0, 2], []]), weighting: .none)
        let tensor = Tensor(vector: 3, 7, 4)
        #expect(tensor.value(lasso) == 5)
        #expect(tensor.proximalPoint(lasso, scale: 10) == [0, 7, 0])
        #expect(tensor.gradient(lasso) == [0.6, 0, 0.8])
    }
}
