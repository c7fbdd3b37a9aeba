import Foundation
import Regularization
import Testing

@testable import ReferenceNetwork

struct FeedForwardNetworkZeroingStrengthTests {
    @Test(arguments: ReferenceProblem.names)
    func theReferenceHasTheSame(name: String) throws {
        let problem = try ReferenceProblem(name)
        guard let ratio = problem.optimum.lambda_over_lambda_max else { return }
        let parameters = problem.optimum.parameters
        let found: Double
        let strength: Double
        if let l1 = parameters.l1 {
            strength = l1
            found = try problem.network.smallestZeroingStrength(of: L1(), on: problem.samples)
        } else if let rows = parameters.rows {
            strength = rows
            found = try problem.network.smallestZeroingStrength(
                of: GroupLasso(.columns, weighting: .none), on: problem.samples)
        } else {
            strength = try #require(parameters.group)
            found = try problem.network.smallestZeroingStrength(of: problem.groupLasso, on: problem.samples)
        }
        expectClose(found, problem.factor * strength / ratio, relative: 1e-5)
    }

    /// The solver agrees: zero just above the strength, not zero just below.
    @Test(arguments: ["sgl_groups_12x5_f0.2_rho0.5", "multinomial_l1_wine_f0.1_intercept"])
    func theSolverHasTheSame(name: String) throws {
        let problem = try ReferenceProblem(name)
        let isGrouped = problem.optimum.parameters.group != nil
        let regularizer = L1() + (isGrouped ? 1 : 0) * problem.groupLasso
        let strength = try problem.network.smallestZeroingStrength(of: regularizer, on: problem.samples)
        for (share, isZero) in [(1.0001, true), (0.999, false)] {
            var network = problem.network
            let report = try ProximalGradient().fit(
                &network, to: problem.samples, with: [.proximalStep(regularizer, strength: share * strength)])
            #expect(report.hasConverged, "share \(share)")
            #expect(network.parameters["fully.0.weight"].allSatisfy { $0 == 0 } == isZero, "share \(share)")
        }
    }

    /// The gradient is the network's own at zero weights, with the best biases put in if it has some.
    @Test(arguments: Loss.allCases, [true, false])
    func theGradientIsTheNetworks(loss: Loss, bias: Bool) throws {
        let features: [Float] = [1, 2, -1, 0.5, 3, -2, 0.25, 1]
        let targets: Targets
        let biases: [Float]
        switch loss {
        case .softmaxCrossEntropy:
            targets = .classes([0, 1, 1, 1], names: ["a", "b"])
            biases = [log(0.25), log(0.75)]
        case .binaryCrossEntropy:
            targets = .values([0, 0.5, 1, 0.25, 0, 1, 0, 0.25], outputs: 2)
            biases = [log(0.25 / 0.75), log(0.5 / 0.5)]
        case .meanSquaredError:
            targets = .values([3, -1, 2, 4, 0, 1, -1, 0], outputs: 2)
            biases = [1, 1]
        }
        let samples = Samples(features: features, inputs: 2, targets: targets)
        var network = FeedForwardNetwork(inputs: 2, hidden: [], outputs: 2, bias: bias, loss: loss)
        let found = try network.weightGradientAtZero(on: samples)
        network.parameters["fully.0.weight"] = [0, 0, 0, 0]
        if bias { network.parameters["fully.0.bias"] = biases }
        let gradients = network.total(on: samples).gradients
        if bias { #expect(gradients["fully.0.bias"].allSatisfy { abs($0) < 1e-6 }) }
        for (one, other) in zip(found, gradients["fully.0.weight"]) { expectClose(one, other, within: 1e-6) }
    }

    /// A class that does not occur is predicted all the same, and targets that agree are not.
    @Test func withoutABias() throws {
        let network = FeedForwardNetwork(inputs: 1, hidden: [], outputs: 4, bias: false)
        let samples = Samples(features: [1, 2], inputs: 1, targets: .classes([1, 1], names: ["a", "b"]))
        #expect(try network.weightGradientAtZero(on: samples) == [0.375, -1.125, 0.375, 0.375])
        #expect(try network.smallestZeroingStrength(of: L1(), on: samples) == 1.125)
        for (strength, isZero) in [(1.126, true), (1.124, false)] {
            var network = network
            let report = try ProximalGradient().fit(
                &network, to: samples, with: [.proximalStep(L1(), strength: strength)])
            #expect(report.hasConverged, "strength \(strength)")
            #expect(network.parameters.values.allSatisfy { $0 == 0 } == isZero, "strength \(strength)")
        }
    }

    @Test func degenerateTargets() throws {
        let network = FeedForwardNetwork(inputs: 1, hidden: [], outputs: 3)
        let all = Samples(features: [1, 2], inputs: 1, targets: .classes([1, 1], names: ["a", "b", "c"]))
        #expect(try network.smallestZeroingStrength(of: L1(), on: all) == 0)
        // The third class does not occur; between the others a half of the distance of the features.
        let some = Samples(features: [1, 2], inputs: 1, targets: .classes([0, 1], names: ["a", "b", "c"]))
        #expect(try network.smallestZeroingStrength(of: L1(), on: some) == 0.25)
        let gradient = try network.weightGradientAtZero(on: some)
        #expect(gradient[2] == 0)
    }

    /// 0.1 is no binary fraction: a mean of its copies is not 0.1, unless care is taken.
    @Test(arguments: [0.1, 0.3, 1e6 + 0.0625] as [Float], [1, 7, 1000])
    func constantTargetsNeedNoStrength(target: Float, count: Int) throws {
        let network = FeedForwardNetwork(inputs: 2, hidden: [], outputs: 1, loss: .meanSquaredError)
        let features = (0..<2 * count).map { Float($0 * $0 % 17) * 1000 + 0.3 }
        let constant = Samples(
            features: features, inputs: 2,
            targets: .values(Array(repeating: target, count: count), outputs: 1))
        #expect(try network.smallestZeroingStrength(of: L1(), on: constant) == 0)
        // Those of other targets that weigh 0 change nothing, and the weights of the others neither.
        let other = try Samples(
            features: [1, 2] + features, inputs: 2,
            targets: .values([-3] + Array(repeating: target, count: count), outputs: 1)
        ).weighted(by: [0] + (0..<count).map { 0.1 + Float($0 % 3) })
        #expect(try network.smallestZeroingStrength(of: L1(), on: other) == 0)
        if target > 1 { return }
        let binary = FeedForwardNetwork(inputs: 2, hidden: [], outputs: 1, loss: .binaryCrossEntropy)
        #expect(try binary.smallestZeroingStrength(of: L1(), on: constant) == 0)
    }

    /// The same as of repeated samples, and the solver agrees.
    @Test(arguments: Loss.allCases, [true, false])
    func weightsAreRepetitions(loss: Loss, bias: Bool) throws {
        let samples = Samples(
            features: [1, 2, -1, 0.5, 3, -2, 0.25, 1], inputs: 2,
            targets: loss == .softmaxCrossEntropy
                ? .classes([0, 1, 1, 0], names: ["a", "b"])
                : .values([0, 0.5, 1, 0.25, 0, 1, 0.75, 0.25], outputs: 2))
        let weighted = try samples.weighted(by: [0.5, 1.5, 0, 1])
        let repeated = samples.batch(at: [0, 1, 1, 1, 3, 3])
        let network = FeedForwardNetwork(inputs: 2, hidden: [], outputs: 2, bias: bias, loss: loss)
        let found = try network.weightGradientAtZero(on: weighted)
        let expected = try network.weightGradientAtZero(on: repeated).map { Double($0) }
        expectClose(found, expected, within: 1e-7)
        let strength = try network.smallestZeroingStrength(of: L1(), on: weighted)
        for (share, isZero) in [(1.001, true), (0.999, false)] {
            var network = network
            let report = try ProximalGradient().fit(
                &network, to: weighted, with: [.proximalStep(L1(), strength: share * strength)])
            #expect(report.hasConverged, "share \(share)")
            #expect(network.parameters["fully.0.weight"].allSatisfy { $0 == 0 } == isZero, "share \(share)")
        }
    }

    @Test func refusals() throws {
        let samples = Samples(features: [1, 2], inputs: 1, targets: .values([1, 3], outputs: 1))
        let deep = FeedForwardNetwork(inputs: 1, hidden: [4], outputs: 1, loss: .meanSquaredError)
        #expect(throws: LinearModelError.hiddenLayers([4])) {
            try deep.smallestZeroingStrength(of: L1(), on: samples)
        }
        let flat = FeedForwardNetwork(inputs: 1, hidden: [], outputs: 1, loss: .meanSquaredError)
        #expect(throws: LinearModelError.noSamples) {
            try flat.smallestZeroingStrength(of: L1(), on: samples.batch(at: []))
        }
        let weighted = try samples.weighted(by: [1, 0])
        #expect(throws: LinearModelError.noSamples) {
            try flat.smallestZeroingStrength(of: L1(), on: weighted.batch(at: [1]))
        }
        #expect(throws: ZeroingStrengthError.neverZero(regularizer: "SquaredL2")) {
            try flat.smallestZeroingStrength(of: SquaredL2(), on: samples)
        }
        let wide = FeedForwardNetwork(inputs: 2, hidden: [], outputs: 1, loss: .meanSquaredError)
        #expect(throws: ModelError.self) { try wide.smallestZeroingStrength(of: L1(), on: samples) }
        #expect(
            "\(LinearModelError.hiddenLayers([4]))".hasPrefix("The network has hidden layers of [4] units."))
    }
}
