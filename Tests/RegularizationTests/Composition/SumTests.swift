import Regularization
import Testing

@Suite("Sum")
struct SumTests {
    @Test("The elastic net is skglm's and Keras'")
    func elasticNet() throws {
        try expectProximalPoints("prox_elastic_net") {
            ($0.l1! * L1() + $0.l2! * SquaredL2(), $0.step!)
        }
        try expectProximalPoints("prox_elastic_net") {
            ($0.l2! * SquaredL2() + $0.l1! * L1(), $0.step!)
        }
        try expectValuesAndGradients("keras_l1l2", 0.01 * L1() + 0.04 * SquaredL2()) {
            !$0.name.hasPrefix("zeros")
        }
    }

    @Test("The sparse group lasso is that of the library group-lasso, in both orders of writing")
    func sparseGroupLasso() throws {
        let files: [(String, Groups)] = [("prox_sgl_rows", .rows), ("prox_sgl_columns", .columns)]
        for (file, groups) in files {
            try expectProximalPoints(file) {
                ($0.l1! * L1() + $0.group! * GroupLasso(groups, weighting: .none), $0.step!)
            }
            try expectProximalPoints(file + "_sqrt") {
                (($0.strength! - $0.l1!) * GroupLasso(groups) + $0.l1! * L1(), $0.step!)
            }
        }
        try expectValuesAndGradients("torch_sgl_columns", L1() + GroupLasso(.columns))
    }

    @Test("At uniform scales it takes the Euclidean order, also where a diagonal metric has none")
    func uniformScales() {
        let sum = L1() + TotalVariation(along: .rows)
        #expect(sum.metricRefusal != nil)
        let tensor = Tensor([3, 2], Self.weights)
        var values = tensor.values
        var weights = MutableWeights(shape: tensor.shape, values.mutableSpan)
        sum.applyProx(to: &weights, scales: Scales(uniform: 0.25, count: 6))
        #expect(values == tensor.proximalPoint(sum, scale: 0.25))
        #expect(values != tensor.values)
    }

    static let weights: [Float] = [1, -2, 0.5, -0.25, 3, 0.75]
    static let columns = [[0, 2, 4], [1, 3, 5]]

    @Test(
        "The elastic net in a diagonal metric is the minimizer by coordinates",
        arguments: GroupLassoTests.stepSizes)
    func elasticNetInMetric(stepSizes: [Float]) {
        let tensor = Tensor([3, 2], Self.weights)
        for factor in [0.1, 1] as [Float] {
            let expected = ProximalProblem(tensor.values, scales: stepSizes.map { factor * $0 }) { point in
                0.5 * abs(point[0]) + 0.25 * point[0] * point[0]
            }.convexMinimizer(byGroup: tensor.values.indices.map { [$0] })
            let found = tensor.proximalPoint(
                0.5 * (L1() + SquaredL2()), stepSizes: stepSizes, factor: factor)
            expectClose(found, expected, ofInput: tensor.values, "factor \(factor)")
        }
    }

    @Test(
        "The sparse group lasso in a diagonal metric is the minimizer by coordinates, a squared L2 folded or not",
        arguments: GroupLassoTests.stepSizes, [0, 0.5])
    func sparseGroupLassoInMetric(stepSizes: [Float], ridge: Double) {
        let tensor = Tensor([3, 2], Self.weights)
        let lasso = GroupLasso(.columns, weighting: .none)
        for factor in [0.1, 1] as [Float] {
            let expected = ProximalProblem(tensor.values, scales: stepSizes.map { factor * $0 }) { point in
                0.25 * point.reduce(0) { $0 + abs($1) } + 0.5 * norm(point) + ridge / 2 * norm(point)
                    * norm(point)
            }.convexMinimizer(byGroup: Self.columns)
            let sum = 0.5 * (lasso + 2 * (ridge / 2 * SquaredL2() + 0.25 * L1()) + ridge * SquaredL2())
            let found = tensor.proximalPoint(sum, stepSizes: stepSizes, factor: factor)
            expectClose(found, expected, ofInput: tensor.values, "factor \(factor)")
        }
    }

    @Test("A strength far below that of a squared L2 leaves the weights finite in a metric")
    func faintBesideSquaredL2() {
        let tensor = Tensor(vector: 1, -2, 3)
        let point = tensor.proximalPoint(1e-40 * L1() + SquaredL2(), stepSizes: [1, 1e-6, 0])
        expectClose(point, [0.5, -2, 3], ofInput: tensor.values)
    }

    @Test("A huge squared distance folds without overflow")
    func hugeDistance() {
        let tensor = Tensor(vector: 1, -2, 3)
        let sum = 10 * SquaredDistance(to: [5, 0, -2]) + L1()
        for scale in [1e30, 1e38, 3.4e38] as [Float] {
            let expected = [4.9, 0, -1.9]
            expectClose(
                tensor.proximalPoint(sum, scale: scale), expected, ofInput: tensor.values, "scale \(scale)")
        }
        let point = tensor.proximalPoint(sum, stepSizes: [1e30, 1e36, 1e37])
        expectClose(point, [4.9, 0, -1.9], ofInput: tensor.values)
    }

    @Test("A constraint beside a penalty of the same norms holds at step size 0 too, in either metric")
    func constraintWithoutStep() {
        let tensor = Tensor([2, 2], [3, 4, 0.1, 0.2])
        let sum = GroupLasso(.rows) + L2Ball(.rows, radius: 1)
        #expect(tensor.proximalPoint(sum, scale: 0) == [0.6, 0.8, 0.1, 0.2])
        #expect(tensor.proximalPoint(sum, stepSizes: [0, 0, 0, 0]) == [0.6, 0.8, 0.1, 0.2])
    }

    @Test("A squared L2 folds into what nothing is known of")
    func foldingIntoUnknown() {
        let tensor = Tensor(vector: 3, -4)
        let sum = Opaque() + 0.5 * SquaredL2()
        let expected = ProximalProblem(tensor.values, scales: [2, 2]) { point in
            norm(point) + 0.25 * norm(point) * norm(point)
        }.convexMinimizer
        #expect(sum.refusal == nil)
        expectClose(tensor.proximalPoint(sum, scale: 2), expected, ofInput: tensor.values)
    }

    @Test("Equal regularizers add their strengths")
    func equalParts() {
        let tensor = Tensor(vector: 3, -4)
        let lasso = GroupLasso(.whole, weighting: .none)
        #expect(tensor.proximalPoint(L1() + 0.5 * L1(), scale: 1) == [1.5, -2.5])
        #expect(
            tensor.proximalPoint(lasso + 1.5 * lasso, scale: 1) == tensor.proximalPoint(2.5 * lasso, scale: 1)
        )
        #expect((L1() + lasso + L1()).refusal == nil)
    }

    @Test("Lasso with nonnegative weights has jaxopt's proximal points, in either order of writing")
    func nonnegativeLasso() throws {
        try expectProximalPoints("prox_l1_nonnegative") { (L1() + Nonnegative(), $0.strength! * $0.step!) }
        try expectProximalPoints("prox_l1_nonnegative") { (Nonnegative() + L1(), $0.strength! * $0.step!) }
    }

    @Test("What has no proven composition is refused with the reason")
    func refusals() {
        let way = "make one of them a loss term, or filter them to different parameters"
        let convex = way.replacing(", or filter", with: ", filter") + ", or ask for .iterative(tolerance:)"
        let refused: [(any ProximalRegularizer, String, String)] = [
            (L1() + Unstated(), "L1", "Unstated"),
            (Unstated(delta: 0.25) + Unstated(), "Unstated", "Unstated"),
            (GroupLasso(.rows) + GroupLasso(.columns), "GroupLasso(rows)", "GroupLasso(columns)"),
            (L1() + Opaque(), "L1", "Opaque"),
            (Unstated() + GroupLasso(.rows), "Unstated", "GroupLasso(rows)"),
            (2 * (L1() + SquaredL2() + (Unstated() + SquaredL2())), "L1", "Unstated"),
        ]
        for (sum, first, second) in refused {
            #expect(
                sum.refusal == """
                    the proximal points of \(first) and \(second) have no proven composition on one tensor; \
                    \(first.hasPrefix("GroupLasso") ? convex : way)
                    """, "\(sum.name), first \(first), second \(second)")
        }
        for sum in [Unstated() + Unstated(), Unstated() + Unstated(delta: 0.5)] {
            #expect(sum.refusal == nil, "\(sum.name)")
        }
        #expect((Unstated() + SquaredL2()).refusal == nil)
    }

    @Test("A refused sum traps when it is applied all the same")
    func refusedSumTraps() async {
        await #expect(processExitsWith: .failure) {
            _ = Tensor(vector: 1).proximalPoint(L1() + Unstated(), scale: 1)
        }
    }

    @Test("Names, structures and properties")
    func description() {
        #expect((L1() + 0.5 * SquaredL2()).name == "L1 + 0.5·SquaredL2")
        #expect((2 * (L1() + GroupLasso(.columns))).name == "2.0·(L1 + GroupLasso(columns))")
        #expect((L1() + SquaredL2()).structure == .elementwise)
        #expect((SquaredL2() + 3 * SquaredL2()).structure == .ridge(4))
        #expect((GroupLasso(.rows) + 2 * GroupLasso(.rows)).structure == .radial(.rows))
        #expect((L1() + GroupLasso(.rows)).structure == .unknown)
        #expect((L1() + SquaredL2()).properties == .convex)
        #expect((L1() + GroupLasso(.rows)).properties == [.convex, .positivelyHomogeneous])
    }

    @Test("It accepts the shapes that both parts accept")
    func shapes() throws {
        try (L1() + GroupLasso(.rows)).check([2, 2])
        #expect(throws: ShapeError.self) { try (L1() + GroupLasso(.rows)).check([4]) }
        #expect(throws: ShapeError.self) { try (GroupLasso(.rows) + L1()).check([4]) }
    }
}
