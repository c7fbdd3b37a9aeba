import Foundation
import Regularization
import RegularizationJSON
import Testing

/// A third party's regularizer: `Codable` is synthesized.
struct Quartic: DifferentiableElementwiseRegularizer, Codable, Hashable {
    let factor: Double

    var properties: CompositionProperties { .convex }
    func value(at weight: Float) -> Double { factor * Double(weight * weight * weight * weight) }
    func derivative(at weight: Float) -> Float { Float(4 * factor) * weight * weight * weight }
}

@Suite("Penalties as JSON")
struct PenaltyCodableTests {
    static let registry = RegularizerRegistry.builtIn.adding(Quartic.self)

    /// One of everything that a penalty can be made of.
    static let penalties = regularizers.map { penalty(of: $0) } + others

    static let others: [Penalty] = [
        .decay(0.01),
        .decay(.warmUp(to: 0.01, over: 10), on: .all, label: "shrink").multiplyingStrength(
            by: .squareRootOfFanIn),
        .lossTerm(
            L1(), strength: .warmUp(to: 1e-2, over: 1_000), on: .named("fully.*.weight"), label: "l"),
        .lossTerm(L1(), strength: .cosine(from: 0.1, to: 0, over: 7), on: .biases),
        .lossTerm(L1(), strength: .exponential(from: 1e-6, to: 1e-2, over: 10), on: .all),
        .lossTerm(L1(), strength: .piecewise([(0, 0.0), (10, 0.3)]), on: .exactly("a", "b.c")),
        .proximalStep(L1(), on: .rank(2), metric: .euclidean).multiplyingStrength(by: .squareRootOfFanIn),
        .proximalStep(L1(), on: .matching(#"conv\d\.weight"#)).multiplyingStrength(by: .squareRootOfCount),
        .proximalStep(L1(), on: .weights && .rank(2) && !.named("a.*")).multiplyingStrength(
            by: .reciprocalOfCount),
        .proximalStep(L1(), on: .weights || (.biases || .named("x"))).multiplyingStrength(
            by: .byName(["a": 2, "b": 0.1])),
        .proximalStep(
            GroupLasso(.rows),
            on: .units(incoming: .named("a"), bias: .named("b"), outgoing: .named("c")),
            metric: .euclidean),
        .proximalStep(GroupLasso(.rows), on: .units(outgoing: .weights && .rank(2))),
        .proximalStep(L2Ball(.whole, radius: 3), on: .units(incoming: .weights).eachUnit),
        .proximalStep(
            GroupLasso(.rows),
            on: UnitLayer(
                "gates", incoming: [UnitAxis("w", axis: 0, repeats: 4)],
                outgoing: [UnitEdge(UnitAxis("v", axis: 1, block: 3))]
            ).withOutgoing),
        .lossTerm(Quartic(factor: 0.3), on: .stacked(.named("a"), .named("b").transposed)),
        .lossTerm(Quartic(factor: 0.3), on: .joined(.weights, .named("b"))),
        .lossTerm(Quartic(factor: 0.3), on: .joined(.units(bias: .biases))),
    ]

    static let regularizers: [any Regularizer] = [
        Box(-0.5...0.75), Box(0.1 ... .infinity), Box(-.infinity ... -1), GroupL0Ball(.rows, count: 3),
        GroupLInfinity(.rows),
        GroupLInfinity(.columns, weighting: .squareRootOfSize), GroupLasso(.blocks(rows: 2, columns: 3)),
        GroupLasso(.indexSets([[0, 4], [], [1]]), weighting: .custom([0.1, 1, 0])),
        GroupMCP(.whole, threshold: 0.1, concavity: 3), GroupSCAD(.rows, threshold: 0.1, concavity: 3.7),
        Huber(delta: 0.1), L0(), L0Ball(.rows, count: 3), L1(), L1Ball(radius: 0.1), L2Ball(.rows, radius: 3),
        L2Sphere(.columns), LHalf(), LogCosh(), LogSum(epsilon: 0.1), MCP(threshold: 0.1, concavity: 1.5),
        MutualCoherence(), NestedGroupLasso(GroupLasso(.rows), GroupLasso(.whole, weighting: .none)),
        Nonnegative(), NuclearNorm(), Orthogonality(), RankBall(rank: 2),
        SCAD(threshold: 0.1, concavity: 3.7),
        SRIP(), Simplex(.columns, total: 0.1), SortedL1(factors: [0.3, 0.1]), SpectralNorm(),
        SquaredDistance(to: [0.1, -3]), SquaredL2(), Stiefel(), TotalVariation(along: .columns),
        WeightedL1([0.1, 0]), Quartic(factor: 0.1),
        0.1 * L1() + 3 * (SquaredL2() + GroupLasso(.rows)) + (L0() + Box(0...1)),
        (L1() + NuclearNorm()).iterative(tolerance: 1e-6), 2 * (0.5 * L1()),
    ]

    static func penalty(of regularizer: any Regularizer) -> Penalty {
        if let proximal = regularizer as? any ProximalRegularizer { return .proximalStep(proximal) }
        guard let differentiable = regularizer as? any DifferentiableRegularizer else {
            fatalError("\(regularizer.name) is in no stage")
        }
        return .lossTerm(differentiable)
    }

    @Test("Everything is read as it was written, and written as it was read", arguments: penalties.indices)
    func roundTrip(index: Int) throws {
        let penalty = Self.penalties[index]
        let text = try Self.registry.encode(penalty)
        let read = try Self.registry.decode(Penalty.self, from: text)
        #expect(try Self.registry.encode(read) == text)
        #expect(read.view == penalty.view)
        #expect(read.stage == penalty.stage)
        #expect(read.metric == penalty.metric)
        #expect(read.label == penalty.label)
        #expect(read.strengthFactor == penalty.strengthFactor)
        for step in [0, 1, 5, 100, 5_000] {
            #expect(read.strength.value(at: step) == penalty.strength.value(at: step), "step \(step)")
        }
        #expect(read.regularizer.name == penalty.regularizer.name)
    }

    @Test("A regularizer that was read is the one that was written", arguments: regularizers.indices)
    func regularizersAreEqual(index: Int) throws {
        let regularizer = Self.regularizers[index]
        let text = try Self.registry.encode(CodableRegularizer(regularizer))
        let read = try Self.registry.decode(CodableRegularizer.self, from: text).regularizer
        // Compositions that were read have types of their own, which do not grow with what they are made of.
        #expect(type(of: read) == type(of: regularizer) || index >= Self.regularizers.count - 3)
        #expect((read is any DifferentiableRegularizer) == (regularizer is any DifferentiableRegularizer))
        #expect((read is any ProximalRegularizer) == (regularizer is any ProximalRegularizer))
        #expect((read is any MetricProximalRegularizer) == (regularizer is any MetricProximalRegularizer))
        #expect(read.name == regularizer.name)
        if let regularizer = regularizer as? any Hashable, let read = read as? any Hashable {
            #expect(AnyHashable(regularizer) == AnyHashable(read))
        }
    }

    @Test("Every type in the registry is written and read by these tests")
    func everyKindIsTried() {
        let names = Set(Self.regularizers.map { "\(type(of: $0))" })
        #expect(RegularizerRegistry.builtIn.names.filter { !names.contains($0) } == [])
    }

    @Test("What is not given is as in code")
    func defaults() throws {
        let text =
            #"{"regularizer": {"sum": ["L1", {"GroupLasso": {"groups": "columns"}}]}, "stage": "proximalStep"}"#
        let read = try Self.registry.decode(Penalty.self, from: Data(text.utf8))
        let expected = Penalty.proximalStep(L1() + GroupLasso(.columns))
        #expect(try Self.registry.encode(read) == Self.registry.encode(expected))
    }

    @Test("A sum that was read has its metric prox and its plan")
    func composition() throws {
        let text =
            #"[{"regularizer": {"sum": [{"GroupLasso": {"groups": "rows"}}, "L1"]}, "stage": "proximalStep"}]"#
        let penalties = try Self.registry.decode([Penalty].self, from: Data(text.utf8))
        let parameters = Parameters([("a.weight", [2, 2], [1, 2, 3, 4])])
        let plan = try PenaltyPlan(penalties, over: parameters, under: Adam())
        #expect(plan.description.contains("L1, then GroupLasso(rows): exact"))
    }

    @Test("Foundation's own coders do, with the registry in their user information")
    func plainCoders() throws {
        let decoder = JSONDecoder()
        let text = Data(#"[{"stage": "lossTerm", "regularizer": {"Quartic": {"factor": 2}}}]"#.utf8)
        #expect(throws: DecodingError.self) { try decoder.decode([Penalty].self, from: text) }
        decoder.userInfo[.regularizers] = Self.registry
        let read = try decoder.decode([Penalty].self, from: text)
        #expect((read[0].regularizer as? Quartic)?.factor == 2)
        let encoder = PropertyListEncoder()
        encoder.userInfo[.regularizers] = Self.registry
        let list = PropertyListDecoder()
        list.userInfo[.regularizers] = Self.registry
        let again = try list.decode([Penalty].self, from: encoder.encode(read))
        #expect((again[0].regularizer as? Quartic)?.factor == 2)
    }

    @Test("A type may be registered under another name, and is written under it")
    func otherName() throws {
        let registry = RegularizerRegistry.builtIn.adding(Quartic.self, as: "fourth power")
        let text = try registry.encode(CodableRegularizer(Quartic(factor: 1)))
        #expect(String(decoding: text, as: UTF8.self).contains(#""fourth power" : {"#))
        #expect(try registry.decode(CodableRegularizer.self, from: text).regularizer is Quartic)
    }

    @Test("A checkpoint of one's own holds its penalties")
    func checkpoint() throws {
        struct Checkpoint: Codable {
            var step: Int
            var penalties: [Penalty]
            var activity: [ActivityPenalty]
        }
        let checkpoint = Checkpoint(
            step: 3, penalties: Self.penalties,
            activity: [ActivityPenalty(L1(), strength: 1e-3, on: "fully.0", "fully.1", label: "sparse")])
        let text = try Self.registry.encode(checkpoint)
        let read = try Self.registry.decode(Checkpoint.self, from: text)
        #expect(try Self.registry.encode(read) == text)
        #expect(read.activity[0].layers == ["fully.0", "fully.1"])
    }
}
