import Regularization
import Testing

@Suite("PenaltyError")
struct PenaltyErrorTests {
    private func sentence(_ penalties: Penalty..., under optimizer: some Optimizer = Adam()) -> String {
        do {
            return "\(try optimizer.regularized(by: penalties, over: network).plan)"
        } catch {
            return "\(error)"
        }
    }

    @Test("A filter that selects nothing")
    func filter() {
        #expect(
            sentence(.lossTerm(L1(), on: .named("fuly.0.weight"), label: "sparse")) == """
                Penalty "sparse": the filter .named("fuly.0.weight") selects nothing. Did you mean \
                fully.0.weight or fully.1.weight? The parameters are fully.0.weight, fully.0.bias, \
                fully.1.weight, fully.1.bias.
                """)
    }

    @Test("Control characters of a label or a name are escaped")
    func controlCharacters() {
        let error = sentence(.lossTerm(L1(), on: .named("a\u{9B}2J"), label: "\u{1B}[2J"))
        #expect(error.hasPrefix(#"Penalty "\u{1b}[2J": the filter .named("a\u{9b}2J") selects nothing."#))
    }

    @Test("A shape that is not accepted")
    func shape() {
        #expect(
            sentence(.lossTerm(Orthogonality(), on: .all)) == """
                Penalty "Orthogonality" does not accept fully.0.bias of shape [3]: orthogonality needs a matrix, \
                a tensor of rank 2 or more, not [3]. Correct the regularizer, or exclude the parameter with \
                .excluding(.exactly("fully.0.bias")).
                """)
        #expect(
            sentence(.proximalStep(GroupLasso(.blocks(rows: 3, columns: 2)))) == """
                Penalty "GroupLasso(blocks 3 × 2)" does not accept fully.1.weight of shape [2, 3]: blocks of \
                3 × 2 do not divide a tensor of 2 × 3. Correct the regularizer, or exclude the parameter with \
                .excluding(.exactly("fully.1.weight")).
                """)
    }

    @Test("A strength that is no finite number of 0 or more, at either end of a schedule")
    func strength() {
        #expect(
            sentence(.lossTerm(L1(), strength: -0.5)) == """
                Penalty "L1" has strength -0.5; a strength is a number of 0 or more that Float can hold.
                """)
        let invalid: [Schedule] = [
            .constant(1e39), .linear(from: 1, to: -1, over: 10), .piecewise([(0, 1), (5, -2)]),
            Schedule { _ in .nan }, Schedule { _ in .infinity }, Schedule { _ in -3 },
        ]
        for schedule in invalid {
            #expect(
                sentence(.proximalStep(L1(), strength: schedule)).contains("has strength"),
                "schedule \(schedule)")
        }
    }

    @Test("Two penalties, or two parts of one, without a proven composition")
    func composition() {
        #expect(
            sentence(
                .proximalStep(L1(), on: .rank(2)), .proximalStep(Unstated(), on: .named("fully.1.weight")))
                    == """
                    Penalties "L1" and "Unstated" on fully.1.weight: the proximal points of L1 and Unstated have no \
                    proven composition on one tensor; make one of them a loss term, or filter them to different \
                    parameters.
                    """)
        #expect(
            sentence(.proximalStep(GroupLasso(.rows) + GroupLasso(.columns), label: "both")) == """
                Penalty "both" on fully.0.weight: the proximal points of GroupLasso(rows) and \
                GroupLasso(columns) have no proven composition on one tensor; make one of them a loss term, \
                filter them to different parameters, or ask for .iterative(tolerance:).
                """)
        let refused: [[Penalty]] = [
            [.proximalStep(GroupLasso(.rows)), .proximalStep(GroupLasso(.columns))],
            [.proximalStep(L1()), .proximalStep(Opaque())],
            [.proximalStep(L1() + Unstated())],
            [.proximalStep(L1() + Opaque())],
        ]
        for penalties in refused {
            do {
                _ = try SGD(learningRate: 1).regularized(by: penalties, over: network)
                Issue.record("\(penalties.map(\.label)) is not refused")
            } catch {
                guard case .composition = error else {
                    Issue.record("\(error)")
                    continue
                }
            }
        }
    }

    @Test("Penalties that do not compose on one tensor do on two, and as loss terms")
    func compositionElsewhere() throws {
        _ = try Adam().regularized(
            by: [
                .proximalStep(L1(), on: .named("fully.0.weight")),
                .proximalStep(Unstated(), on: .named("fully.1.weight")),
                .lossTerm(GroupLasso(.rows) + GroupLasso(.columns)), .lossTerm(L1() + Unstated()),
            ], over: network)
    }

    @Test("A Euclidean proximal point under a diagonal metric")
    func euclideanOnly() throws {
        #expect(
            sentence(.proximalStep(Opaque() + SquaredL2(), label: "norm")) == """
                Penalty "norm" on fully.0.weight: the proximal point of Opaque is known in the Euclidean metric \
                only, and this optimizer steps in a metric of its own. Ask for metric: .euclidean, use SGD, or \
                make it a .lossTerm.
                """)
        _ = try Adam().regularized(by: [.proximalStep(Opaque(), metric: .euclidean)], over: network)
        _ = try SGD(learningRate: 1, momentum: 0.5).regularized(by: [.proximalStep(Opaque())], over: network)
    }

    @Test("Proximal steps in different metrics on one tensor")
    func mixedMetrics() throws {
        let penalties: [Penalty] = [
            .proximalStep(L1(), metric: .euclidean), .proximalStep(GroupLasso(.columns)),
        ]
        #expect(
            sentence(penalties[0], penalties[1]) == """
                Penalties "GroupLasso(columns)" and "L1" on fully.0.weight are proximal steps in different \
                metrics. Give them the same metric; decoupled weight decay is .decay(λ, on:), which goes with both.
                """)
        #expect(
            sentence(penalties[0], penalties[1], under: SGD(learningRate: 0.1, momentum: 0.9))
                .contains("different metrics"))
        _ = try SGD(learningRate: 0.1).regularized(by: penalties, over: network)
    }

    @Test("A decay on views that share a tensor")
    func decayTwice() {
        let layers = Parameters([
            ("a", [3, 2], Array(repeating: 1, count: 6)), ("b", [2, 3], Array(repeating: 1, count: 6)),
            ("c", [1, 2], [1, 1]),
        ])
        let decay = Penalty.decay(
            0.1, on: .units(incoming: .exactly("a", "b"), outgoing: .exactly("b", "c")))
        let error = #expect(throws: PenaltyError.self) { try PenaltyPlan([decay], over: layers) }
        #expect(
            error?.description
                == "Penalty \"decay\": two of its views share b, which would decay twice; give it a filter.")
    }

    @Test("A proximal step in the metric of an optimizer that has none")
    func undefinedMetric() throws {
        #expect(
            sentence(.proximalStep(L1()), under: SignDescent()) == """
                Penalty "L1" on fully.0.weight: how far this optimizer moves a weight is no multiple of its \
                gradient, so that it has no metric for a proximal step. Ask for metric: .euclidean, use another \
                optimizer, or make it a .lossTerm.
                """)
        _ = try SignDescent().regularized(
            by: [.proximalStep(L1(), metric: .euclidean), .lossTerm(L1()), .decay(0.1)], over: network)
    }

    @Test("What an author says of a proximal point that is not to be had, alone and as a part")
    func authorsRefusal() throws {
        let regularizers: [any ProximalRegularizer] = [
            Doubtful(), 2 * Doubtful(), Doubtful() + SquaredL2(),
            (Doubtful() + L1()).iterative(tolerance: 1e-3),
        ]
        for regularizer in regularizers {
            let penalty = Penalty.proximalStep(regularizer)
            #expect(
                sentence(penalty).contains("exact where all scales are equal only"), "\(regularizer.name)")
            _ = try SGD(learningRate: 0.5).regularized(by: [penalty], over: network)
            _ = try Adam().regularized(
                by: [.proximalStep(regularizer, metric: .euclidean)], over: network)
        }
        #expect(
            sentence(.proximalStep(Hopeless()), under: SGD(learningRate: 0.5)).contains("nobody knows it"))
    }
}

/// L1 that is careful.
private struct Doubtful: ProximalElementwiseRegularizer {
    var properties: CompositionProperties { .convex }
    var metricRefusal: String? { "the proximal point of Doubtful is exact where all scales are equal only" }
    func value(at weight: Float) -> Double { Double(abs(weight)) }
    func proximalPoint(of weight: Float, scale: Float) -> Float {
        L1().proximalPoint(of: weight, scale: scale)
    }
}

private struct Hopeless: ProximalElementwiseRegularizer {
    var refusal: String? { "the proximal point of Hopeless exists, but nobody knows it" }
    func value(at weight: Float) -> Double { Double(abs(weight)) }
    func proximalPoint(of weight: Float, scale: Float) -> Float { weight }
}

/// Its metric is undefined.
private struct SignDescent: UpdateRule {
    var learningRate: Float = 0.1
    var state = OptimizerState()
    var metric: UndefinedMetric { UndefinedMetric() }

    func update(_ part: inout UpdatePiece) {
        part.forEach { weight, gradient in weight -= learningRate * (gradient < 0 ? -1 : 1) }
    }
}
