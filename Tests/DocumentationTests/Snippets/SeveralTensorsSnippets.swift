import ReferenceNetwork
import Regularization
import RegularizationLaws
import Testing

// snippet: tied
/// ½‖A − B‖² of two matrices that are stacked.
struct Tied: DifferentiableRegularizer, MetricProximalRegularizer, Codable {
    var properties: CompositionProperties { .convex }

    func check(_ shape: Shape) throws {
        guard shape.rank == 2, shape.rows % 2 == 0 else {
            throw ShapeError("two matrices are stacked and tied, not \(shape)")
        }
    }

    func value(at weights: Weights) -> Double {
        let half = weights.count / 2
        return (0..<half).reduce(0) { sum, index in
            let distance = Double(weights[index]) - Double(weights[half + index])
            return sum + distance * distance / 2
        }
    }

    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        let half = weights.count / 2
        for index in 0..<half {
            let derivative = scale * (weights[index] - weights[half + index])
            gradient[index] += derivative
            gradient[half + index] -= derivative
        }
    }

    func applyProx(to weights: inout MutableWeights, scales: Scales) {
        let half = weights.count / 2
        for index in 0..<half {
            let (a, b) = (weights[index], weights[half + index])
            let (s, t) = (scales[index], scales[half + index])
            let pull = (a - b) / (1 + s + t)
            weights[index] = a - s * pull
            weights[half + index] = b + t * pull
        }
    }
}
// end snippet

/// Two towers that meet, in a few lines: what a model of one's own states of its units.
struct Towers: UnitStructured {
    var parameters = Parameters([
        ("left.weight", [2, 3], [1, -2, 0.5, 0.25, 0.5, -1]), ("left.bias", [2], [0, 0]),
        ("right.weight", [2, 3], [0.25, 1, -1, 2, -0.5, 1]), ("right.bias", [2], [0, 0]),
        ("head.left.weight", [1, 2], [1, -1]), ("head.right.weight", [1, 2], [0.5, 1]),
        ("head.bias", [1], [0]),
    ])

    // snippet: towers
    var units: [UnitLayer] {
        ["left", "right"].map { tower in
            UnitLayer(
                tower, incoming: [UnitAxis("\(tower).weight", axis: 0)],
                biases: [UnitAxis("\(tower).bias", axis: 0)],
                outgoing: [UnitEdge(UnitAxis("head.\(tower).weight", axis: 1), foldingInto: "head.bias")])
        }
    }
    // end snippet

    /// ½(f(x) − y)², the mean over samples of six features, three for each tower.
    func loss(
        on batch: [(features: [Float], target: Float)], at position: BatchPosition, gradients: inout Gradients
    ) -> Double {
        gradients.setToZero()
        var loss = 0.0
        let share = 1 / Float(batch.count)
        for (features, target) in batch {
            var outputs: [[Float]] = []
            for (tower, name) in ["left", "right"].enumerated() {
                let (weights, biases) = (parameters["\(name).weight"], parameters["\(name).bias"])
                outputs.append(
                    (0..<2).map { unit in
                        (0..<3).reduce(biases[unit]) {
                            $0 + weights[3 * unit + $1] * features[3 * tower + $1]
                        }
                    })
            }
            let heads = [parameters["head.left.weight"], parameters["head.right.weight"]]
            var prediction = parameters["head.bias"][0]
            for tower in 0..<2 {
                for unit in 0..<2 { prediction += heads[tower][unit] * outputs[tower][unit] }
            }
            let derivative = share * (prediction - target)
            loss += Double(share * (prediction - target) * (prediction - target)) / 2
            gradients["head.bias"][0] += derivative
            for (tower, name) in ["left", "right"].enumerated() {
                for unit in 0..<2 {
                    gradients["head.\(name).weight"][unit] += derivative * outputs[tower][unit]
                    gradients["\(name).bias"][unit] += derivative * heads[tower][unit]
                    for input in 0..<3 {
                        gradients["\(name).weight"][3 * unit + input] +=
                            derivative * heads[tower][unit] * features[3 * tower + input]
                    }
                }
            }
        }
        return loss
    }
}

struct SeveralTensorsSnippets {
    @Test func units() throws {
        var network = FeedForwardNetwork(inputs: 4, hidden: [20], outputs: 2, seed: 1)
        // snippet: units
        var optimizer = try Adam(learningRate: 1e-2).regularized(
            by: [
                .proximalStep(GroupLasso(.rows), strength: 1e-3, on: network.units[0].withOutgoing)
            ],
            over: network.parameters)
        // end snippet
        let article = try String(
            contentsOf: Document.file("Documentation/SeveralTensors.md"), encoding: .utf8)
        #expect(article.contains("```text\n\(optimizer.plan)\n```"), "\(optimizer.plan)")

        let samples = samples()
        let history = try Trainer(epochs: 300, batchSize: 16, showsProgress: false).fit(
            &network, to: samples, with: &optimizer)
        let contribution = try #require(history.epochs.last?.contributions.first)
        let dead = try #require(contribution.deadGroups)
        #expect(dead > 0 && dead < 20)
        #expect(network.accuracy(on: samples) == 1)
        // A unit's weights are zero together: 4 incoming, a bias, 2 outgoing.
        let parameters = network.parameters
        let (incoming, bias, outgoing) = (
            parameters["fully.0.weight"], parameters["fully.0.bias"], parameters["fully.1.weight"]
        )
        let isDead = (0..<20).map { unit in
            bias[unit] == 0 && outgoing[unit] == 0 && outgoing[20 + unit] == 0
                && incoming[4 * unit..<4 * unit + 4].allSatisfy { $0 == 0 }
        }
        #expect(isDead.count { $0 } == dead)
    }

    @Test func towers() throws {
        var model = Towers()
        let batch = (0..<16).map { sample in
            let features = (0..<6).map { Float((sample * 5 + $0 * 3) % 11) / 5 - 1 }
            return (features: features, target: features[0] - features[4])
        }
        // snippet: on towers
        var optimizer = try Adam(learningRate: 1e-2).regularized(
            by: model.units.map { .proximalStep(L1() + GroupLasso(.rows), strength: 1e-3, on: $0) },
            over: model.parameters)
        // end snippet
        var gradients = Gradients(like: model.parameters)
        var losses: [Double] = []
        for _ in 0..<400 {
            losses.append(model.loss(on: batch, at: .step(0), gradients: &gradients))
            optimizer.update(&model.parameters, along: &gradients)
        }
        #expect(losses[399] < 0.05 * losses[0])
        #expect(optimizer.contributions(at: model.parameters).map(\.count) == [8, 8])
    }

    @Test func axes() throws {
        // snippet: axes
        let channels = UnitLayer(
            "conv", incoming: [UnitAxis("conv.weight", axis: 0)], biases: [UnitAxis("conv.bias", axis: 0)],
            outgoing: [UnitEdge(UnitAxis("linear.weight", axis: 1, block: 16), foldingInto: "linear.bias")])
        let code = UnitLayer(
            "code", incoming: [UnitAxis("encoder.weight", axis: 0)],
            biases: [UnitAxis("encoder.bias", axis: 0)],
            outgoing: [
                UnitEdge(UnitAxis("encoder.weight", axis: 0), outputAxis: 1, foldingInto: "decoder.bias")
            ])
        // end snippet
        let parameters = Parameters(
            zeros: Layout([
                ("conv.weight", [8, 1, 3, 3]), ("conv.bias", [8]), ("linear.weight", [2, 128]),
                ("linear.bias", [2]),
                ("encoder.weight", [4, 10]), ("encoder.bias", [4]), ("decoder.bias", [10]),
            ]))
        #expect(try parameters.withViews(on: channels.withOutgoing) { $0.shape } == [[8, 9 + 1 + 2 * 16]])
        #expect(try parameters.withViews(on: code.withOutgoing) { $0.shape } == [[4, 11]])
    }

    @Test func views() throws {
        let network = FeedForwardNetwork(inputs: 4, hidden: [20, 10], outputs: 2, seed: 1)
        let parameters = network.parameters
        // snippet: views
        let penalties: [Penalty] = [
            .proximalStep(
                L1() + GroupMCP(.rows, threshold: 1, concavity: 3), strength: 1e-3, on: network.units[0]),
            .proximalStep(
                GroupLasso(.rows), strength: 1e-3,
                on: .units(incoming: .named("fully.1.weight"), bias: .named("fully.1.bias"))),
            .proximalStep(L0Ball(.whole, count: 30), on: .joined(.named("fully.2.*"))),
            .lossTerm(GroupLInfinity(.rows), strength: 1e-4, on: network.inputUnits[0]),
        ]
        // end snippet
        #expect(throws: Never.self) { try PenaltyPlan(penalties, over: parameters, under: Adam()) }
        let pair = Parameters([
            ("encoder.weight", [2, 3], [1, 2, 3, 4, 5, 6]), ("decoder.weight", [3, 2], [1, 4, 2, 5, 3, 7]),
        ])
        // snippet: stacked
        let tie = Penalty.lossTerm(
            Tied(), strength: 1e-2,
            on: .stacked(.named("encoder.weight"), .named("decoder.weight").transposed))
        // end snippet
        #expect(abs(try PenaltyPlan([tie], over: pair).value(at: pair) - 0.5e-2) < 1e-9)
        // snippet: lending
        let sizes = try parameters.withViews(on: network.units[0]) { units in
            (0..<units.shape.rows).map { SquaredL2().value(at: Weights(shape: [5], units.row($0))) }
        }
        // end snippet
        #expect(sizes[0].count == 20 && sizes[0].allSatisfy { $0 > 0 })
    }

    @Test func laws() {
        // snippet: laws
        #expect(RegularizerLaws.violations(of: Tied()).isEmpty)
        // end snippet
    }

    /// Two classes by the sign of the first of four features.
    private func samples() -> Samples {
        let features = (0..<64).map { Float(($0 * 37 + 11) % 64) / 32 - 0.98 }
        let classes = (0..<16).map { features[4 * $0] > 0 ? 1 : 0 }
        return Samples(features: features, inputs: 4, targets: .classes(classes, names: ["no", "yes"]))
    }
}
