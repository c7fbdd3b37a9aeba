import Regularization
import RegularizationLaws
import Testing

@Suite("Traps under examination")
struct TrapReportTests {
    @Test("A trap in a regularizer is followed by its name, the weights, their shape and the law")
    func regularizer() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = RegularizerLaws.violations(of: TrapsBelowZero(), at: [-1], shape: [1])
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(
            output.contains("a trap, from TrapsBelowZero at [-1.0] of shape [1], examined for \""),
            "\(output)")
    }

    @Test("A trap in an optimizer is followed by its name and the law")
    func optimizer() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = OptimizerLaws.violations(of: TrapsInItsUpdate())
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.contains("a trap, from TrapsInItsUpdate, examined for \""), "\(output)")
    }

    @Test("A trap outside of an examination says nothing of laws")
    func outside() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = RegularizerLaws.violations(of: L1(), at: [1], shape: [1])
            _ = TrapsBelowZero().value(at: -1)
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(!output.contains("RegularizationLaws: a trap"), "\(output)")
    }

    @Test("A constraint without tolerance is told how much it needs")
    func tolerance() throws {
        let violation = try #require(
            RegularizerLaws.violations(of: BallWithoutTolerance()).first {
                $0.law == .proximalPointIsMinimal
            })
        #expect(violation.found.contains("within a tolerance of the set"), "\(violation)")
    }
}

private struct TrapsBelowZero: ElementwiseRegularizer {
    func value(at weight: Float) -> Double {
        precondition(weight >= 0)
        return Double(weight)
    }
}

private struct TrapsInItsUpdate: UpdateRule {
    var learningRate: Float = 1
    var state = OptimizerState()
    var metric: UndefinedMetric { UndefinedMetric() }
    func update(_ piece: inout UpdatePiece) { preconditionFailure() }
}

/// The unit ball, as if projecting on it did not round.
private struct BallWithoutTolerance: ProximalRegularizer {
    func check(_ shape: Shape) {}

    func value(at weights: Weights) -> Double {
        let norm = norm(of: weights)
        return norm <= 1 ? 0 : norm.isNaN ? .nan : .infinity
    }

    func applyProx(to weights: inout MutableWeights, scale: Float) {
        let norm = norm(of: weights.readOnly)
        if scale == 0 || norm <= 1 { return }
        for index in 0..<weights.count { weights[index] = Float(Double(weights[index]) / norm) }
    }

    private func norm(of weights: Weights) -> Double {
        (0..<weights.count).reduce(0) { $0 + Double(weights[$1]) * Double(weights[$1]) }.squareRoot()
    }
}
