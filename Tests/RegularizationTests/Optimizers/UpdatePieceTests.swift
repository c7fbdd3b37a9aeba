import Regularization
import Testing

/// Half the learning rate of another rule, by an author who forgot that it may have to be prepared.
private struct Half<Base: UpdateRule>: UpdateRule {
    var base: Base
    var learningRate: Float {
        get { 2 * base.learningRate }
        set { base.learningRate = newValue / 2 }
    }
    var state: OptimizerState {
        get { base.state }
        set { base.state = newValue }
    }
    var metric: ScalarMetric { ScalarMetric(base.learningRate) }
    mutating func begin() { base.begin() }
    func update(_ piece: inout UpdatePiece) { base.update(&piece) }
}

/// A rule that takes whatever loop the test is about; it counts the weights that it sees in its buffers.
private struct Looping: UpdateRule {
    var learningRate: Float = 1
    var state = OptimizerState("a", "b", "c")
    var metric: ScalarMetric { ScalarMetric(learningRate) }
    let loop: @Sendable (inout UpdatePiece) -> Void

    func update(_ piece: inout UpdatePiece) { loop(&piece) }
}

@Suite("UpdatePiece")
struct UpdatePieceTests {
    private func run(
        updates: Int = 2, _ loop: @escaping @Sendable (inout UpdatePiece) -> Void
    ) -> (weights: [Float], state: OptimizerState) {
        var (parameters, rule) = (network, Looping(loop: loop))
        for _ in 0..<updates {
            var gradients = Gradients(like: network, network.values.indices.map { Float($0) })
            rule.update(&parameters, along: &gradients)
        }
        return (parameters.values, rule.state)
    }

    private var expected: [Float] { network.values.enumerated().map { $1 - 2 * Float($0) } }

    @Test("Loops over elements pass every weight with its gradient and its numbers")
    func elements() {
        #expect(run { $0.forEach { w, g in w -= g } }.weights == expected)
        let (one, first) = run {
            $0.forEach { w, g, a in
                w -= g; a += g
            }
        }
        #expect(one == expected)
        #expect(first["a"] == network.values.indices.map { 2 * Float($0) })
        #expect(first["b"].allSatisfy { $0 == 0 })
        let (_, two) = run {
            $0.forEach { w, g, a, b in
                a += 1; b += g
            }
        }
        #expect(two["a"].allSatisfy { $0 == 2 })
        #expect(two["b"] == first["a"])
        let (_, three) = run {
            $0.forEach { w, g, a, b, c in
                a += 1; b += 2; c += 3
            }
        }
        #expect(three["c"].allSatisfy { $0 == 6 })
        #expect(three["c"].count == network.count)
    }

    @Test("Loops over spans have all of a piece at once, also in blocks")
    func spans() {
        let loop: @Sendable (inout UpdatePiece) -> Void = { piece in
            piece.withSpans { weights, gradient, a, b, c, sizes in
                for index in 0..<weights.count {
                    a[index] = gradient[index]
                    gradient[index] *= 2
                    b[index] = gradient[index]
                    c[index] += 1
                    weights[index] -= gradient[index] / 2
                }
                if sizes.count != 0 { weights[0] = .nan }
            }
        }
        for blocked in [false, true] {
            let (weights, state) = run { piece in
                if blocked { piece.forEachBlock(of: 2, loop) } else { loop(&piece) }
            }
            #expect(weights == expected, "blocked \(blocked)")
            #expect(state["b"] == state["a"].map { 2 * $0 }, "blocked \(blocked)")
            #expect(state["c"].allSatisfy { $0 == 2 }, "blocked \(blocked)")
        }
        #expect(run { $0.withSpans { w, g, _ in for i in 0..<w.count { w[i] -= g[i] } } }.weights == expected)
        #expect(run { $0.withSpans { w, g, a, _ in a[0] = 1 } }.state["a"].count { $0 == 1 } == 4)
        #expect(run { $0.withSpans { w, g, a, b, _ in b[0] = 1 } }.state["b"].count { $0 == 1 } == 4)
    }

    @Test("A piece knows where it is, and its gradients can be scaled")
    func places() {
        let (weights, _) = run(updates: 1) { piece in
            let (tensor, start) = (Float(piece.tensor), Float(piece.range.upperBound - piece.count))
            piece.scaleGradient(by: 0)
            piece.forEach { w, g in w = 100 * tensor + start + g }
        }
        #expect(Set(weights) == [0, 106, 209, 315])
    }

    @Test("A rule around a clipped one that does not prepare it is stopped, since nothing would be clipped")
    func unprepared() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            var half = Half(base: SGD(learningRate: 1).clipped(byNorm: 1))
            var (parameters, gradients) = (network, Gradients(like: network))
            half.update(&parameters, along: &gradients)
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.contains("Gradients are not clipped: the rule around Clipped<SGD>"))
    }

    @Test("A loop with more buffers than the state has traps with a sentence")
    func tooManyBuffers() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            var state = OptimizerState("velocity")
            var (parameters, gradients) = (network, Gradients(like: network))
            state.update(&parameters, along: &gradients) { $0.forEach { _, _, a, b in a = b } }
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.contains("takes buffer 2, but the optimizer's state has 1"))
    }
}
