import ReferenceNetwork
import Regularization
import Testing

/// A network without hidden layers and full batches reaches the optimum of convex problems.
struct FeedForwardNetworkOptimaTests {
    @Test(arguments: [
        "lasso_diabetes_std_f0.1", "lasso_diabetes_std_f0.01", "lasso_diabetes_std_f0.1_intercept",
        "elasticnet_diabetes_std_f0.1_r0.5", "lasso_groups_12x5_f0.1", "grouplasso_groups_12x5_f0.1",
        "grouplasso_groups_12x5_sqrt_f0.1", "sgl_groups_12x5_f0.2_rho0.5", "sgl_groups_12x5_sqrt_f0.2_rho0.5",
    ])
    func leastSquares(name: String) throws {
        let problem: ReferenceOptimum = try reference(name)
        var samples = try CSVTable(.file(referencePath(problem.data)), values: ["y"]).samples
        if let offset = problem.target_offset, case .values(let values, let outputs) = samples.targets {
            samples = Samples(
                features: samples.features, inputs: samples.inputs,
                targets: .values(values.map { $0 + Float(offset) }, outputs: outputs))
        }
        let network = FeedForwardNetwork(
            inputs: samples.inputs, hidden: [], outputs: 1, loss: .meanSquaredError)
        // The reference halves the squared error, so the mean squared error takes twice its strengths.
        var penalty: [Penalty] = []
        if let l1 = problem.parameters.l1 { penalty.append(.proximalStep(L1(), strength: 2 * l1)) }
        if let l2 = problem.parameters.l2 { penalty.append(.proximalStep(SquaredL2(), strength: 2 * l2)) }
        if let group = problem.parameters.group {
            let weights = try #require(problem.parameters.group_weights)
            let lasso = GroupLasso(.blocks(rows: 1, columns: 5), weighting: .custom(weights))
            penalty.append(.proximalStep(lasso, strength: 2 * group))
        }
        try expectOptimum(
            network, samples, penalty, rate: 0.08, steps: 2_000, objective: 2 * problem.optimal_objective,
            nonzeros: problem.nonzeros)
    }

    @Test func multinomial() throws {
        let problem: ReferenceOptimum = try reference("multinomial_l1_wine_f0.1_intercept")
        let samples = try CSVTable(.file(referencePath(problem.data)), classes: "y").samples
        let network = FeedForwardNetwork(inputs: samples.inputs, hidden: [], outputs: 3)
        try expectOptimum(
            network, samples, [.proximalStep(L1(), strength: problem.parameters.l1 ?? 0)], rate: 0.3,
            steps: 2_000, objective: problem.optimal_objective, nonzeros: problem.nonzeros)
    }

    @Test("A mean squared error is a mean over outputs too: scikit-learn's alpha is divided by their number")
    func severalOutputs() throws {
        let expected: [String: [Double]] = try reference("outputs")
        let samples = try ReferenceProblem("multitask_rows_f0.1").samples
        let rows = GroupLasso(.columns, weighting: .none)
        // The numbers are those in outputs.py: 80 samples, 4 outputs.
        let penalties: [String: [Penalty]] = [
            "multiTaskLasso": [.proximalStep(rows, strength: 2 * 0.3 / 4)],
            "multiTaskElasticNet": [
                .proximalStep(rows, strength: 2 * 0.3 * 0.7 / 4),
                .proximalStep(SquaredL2(), strength: 2 * 0.3 * 0.3 / 4),
            ],
            "lasso": [.proximalStep(L1(), strength: 2 * 0.1 / 4)],
            "ridge": [.proximalStep(SquaredL2(), strength: 2.0 * 8 / (80 * 4))],
        ]
        for (model, penalties) in penalties {
            var network = FeedForwardNetwork(
                inputs: samples.inputs, hidden: [], outputs: 4, loss: .meanSquaredError)
            _ = try ProximalGradient().fit(&network, to: samples, with: penalties, showsProgress: false)
            let (found, coefficients) = (network.parameters["fully.0.weight"], expected[model] ?? [])
            expectClose(found, coefficients, within: 2e-4, "\(model)")
            #expect(found.map { $0 == 0 } == coefficients.map { $0 == 0 }, "\(model)")
        }
    }

    private func expectOptimum(
        _ network: FeedForwardNetwork, _ samples: Samples, _ penalties: [Penalty], rate: Float, steps: Int,
        objective: Double, nonzeros: Int
    ) throws {
        var network = network
        var optimizer = try SGD(learningRate: rate).regularized(by: penalties, over: network.parameters)
        var gradients = Gradients(like: network.parameters)
        for _ in 0..<steps {
            _ = network.loss(on: samples, at: .step(0), gradients: &gradients)
            optimizer.update(&network.parameters, along: &gradients)
        }
        let found = network.loss(on: samples) + optimizer.plan.value(at: network.parameters)
        expectClose(found, objective, relative: 1e-5)
        #expect(network.parameters["fully.0.weight"].count { $0 != 0 } == nonzeros)
    }
}
