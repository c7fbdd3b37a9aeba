import ReferenceNetwork
import Regularization
import Testing

/// A network without hidden layers reaches the optimum of convex problems to the precision of Float32.
struct ProximalGradientModelTests {
    @Test(arguments: ReferenceProblem.names)
    func optimum(name: String) throws {
        let problem = try ReferenceProblem(name)
        let (parameters, report) = try solve(problem)
        let objective = problem.objective(at: parameters)
        #expect(report.hasConverged)
        expectClose(objective, problem.optimum.optimal_objective, relative: 1e-6)
        #expect(parameters["fully.0.weight"].map { $0 != 0 } == problem.support)
    }

    /// Where the momentum is dropped only once the objective rises, it takes 39 and 64.
    @Test(arguments: [("lasso_diabetes_std_f0.1", 32), ("ridge_groups_12x5", 53)])
    func iterations(name: String, limit: Int) throws {
        #expect(try solve(ReferenceProblem(name)).1.iterations < limit)
    }

    @Test func samplesThatDoNotFitThrow() throws {
        let problem = try ReferenceProblem("ridge_diabetes_std")
        var network = FeedForwardNetwork(inputs: 3, hidden: [], outputs: 1, loss: .meanSquaredError)
        let before = network.parameters
        #expect(throws: ModelError.self) { try ProximalGradient().fit(&network, to: problem.samples) }
        #expect(network.parameters.isSame(as: before))
    }

    @Test("In a cancelled task it finishes the iteration and has not converged")
    func cancellation() async throws {
        let (report, objective) = try await Task {
            let problem = try ReferenceProblem("lasso_diabetes_std_f0.1_intercept")
            var network = problem.network
            let report = try ProximalGradient().fit(
                &network, to: problem.samples, with: problem.penalties, showsProgress: false
            ) { if $0.iterations == 5 { withUnsafeCurrentTask { $0?.cancel() } } }
            return (report, problem.objective(at: network.parameters) * problem.factor)
        }.value
        #expect(report.iterations == 5)
        #expect(!report.hasConverged)
        expectClose(objective, report.objective, relative: 1e-6)
    }

    /// Between evaluations the model has its parameters again, and at the end those of the lowest objective.
    @Test func throwingLeavesTheBestParameters() throws {
        struct Stop: Error {}
        let problem = try ReferenceProblem("lasso_diabetes_std_f0.1_intercept")
        var network = problem.network
        var objective = 0.0
        #expect(throws: Stop.self) {
            try ProximalGradient().fit(&network, to: problem.samples, with: problem.penalties) {
                objective = $0.objective
                if $0.iterations == 5 { throw Stop() }
            }
        }
        expectClose(problem.objective(at: network.parameters) * problem.factor, objective, relative: 1e-6)
        #expect(objective < 1)
    }

    /// The units that step 0 drops, at each evaluation the same: the objective falls as without dropout.
    @Test func dropoutIsThatOfStepZero() throws {
        let samples = try ReferenceProblem("multinomial_l1_wine_f0.3").samples
        var network = FeedForwardNetwork(inputs: samples.inputs, hidden: [8], outputs: 3, dropout: 0.5)
        var last = Double.infinity
        let report = try ProximalGradient(maximumIterations: 50).fit(&network, to: samples) {
            #expect($0.objective <= last * (1 + 1e-6))
            last = $0.objective
        }
        let loss = network.total(on: samples).value
        expectClose(loss, report.objective, relative: 1e-6)
        #expect(network.total(on: samples, at: .step(1)).value > 1.1 * loss)
    }

    /// Not convex, but the objective falls and units die.
    @Test func hiddenLayers() throws {
        let samples = try ReferenceProblem("multinomial_l1_wine_f0.3").samples
        var network = FeedForwardNetwork(
            inputs: samples.inputs, hidden: [8], outputs: 3, activation: .tanh, seed: 1)
        var last = Double.infinity
        let report = try ProximalGradient(maximumIterations: 3_000).fit(
            &network, to: samples, with: [.proximalStep(GroupLasso(.rows), strength: 0.02)]
        ) {
            #expect($0.objective <= last * (1 + 1e-6))
            last = $0.objective
        }
        #expect(report.hasConverged)
        #expect(report.objective < 0.6)
    }

    private func solve(_ problem: ReferenceProblem) throws -> (Parameters, ProximalGradient.Report) {
        var network = problem.network
        let report = try ProximalGradient().fit(&network, to: problem.samples, with: problem.penalties)
        return (network.parameters, report)
    }
}

extension Parameters {
    fileprivate func isSame(as other: Parameters) -> Bool {
        layout.tensors.allSatisfy { self[$0.name] == other[$0.name] }
    }
}
