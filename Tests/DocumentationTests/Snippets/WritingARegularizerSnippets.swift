import CharbonnierPlugin
import Foundation
import Regularization
import RegularizationLaws
import Testing

/// max(w, 0), which is convex and positively homogeneous.
struct OneSided: DifferentiableElementwiseRegularizer, ProximalElementwiseRegularizer {
    var properties: CompositionProperties { [.convex, .positivelyHomogeneous] }
    func value(at weight: Float) -> Double { weight < 0 ? 0 : Double(weight) }
    func derivative(at weight: Float) -> Float { weight.isNaN ? weight : weight > 0 ? 1 : 0 }
    func proximalPoint(of weight: Float, scale: Float) -> Float {
        weight <= 0 ? weight : weight <= scale ? 0 : weight - scale
    }
}

// snippet: broken
struct HalfThreshold: ProximalElementwiseRegularizer {
    func value(at weight: Float) -> Double { Double(abs(weight)) }
    func proximalPoint(of weight: Float, scale: Float) -> Float {
        L1().proximalPoint(of: weight, scale: scale / 2)
    }
}
// end snippet

// snippet: groupwise
struct CubedGroupNorms: DifferentiableGroupwiseRegularizer, ProximalGroupwiseRegularizer {
    let groups: Groups
    func value(atNorm norm: Double, of group: Group) -> Double { norm * norm * norm / 3 }
    func derivative(atNorm norm: Double, of group: Group) -> Double { norm * norm }
    func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double {
        2 * norm / (1 + (1 + 4 * scale * norm).squareRoot())
    }
}
// end snippet

// snippet: whole tensor
struct Balance: DifferentiableRegularizer, ProximalRegularizer {
    var properties: CompositionProperties { .convex }
    func check(_ shape: Shape) throws {
        if shape.count == 0 { throw ShapeError("a tensor without elements has no mean") }
    }
    func value(at weights: Weights) -> Double {
        Double(weights.count) * mean(of: weights) * mean(of: weights) / 2
    }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        let mean = Float(mean(of: weights))
        for index in 0..<weights.count { gradient[index] += scale * mean }
    }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        let shift = Float(mean(of: weights.readOnly)) * scale / (1 + scale)
        if scale == 0 { return }
        for index in 0..<weights.count { weights[index] -= shift }
    }
    private func mean(of weights: Weights) -> Double {
        (0..<weights.count).reduce(0) { $0 + Double(weights[$1]) } / Double(weights.count)
    }
}
// end snippet

struct WritingARegularizerSnippets {
    @Test func laws() {
        #expect(RegularizerLaws.violations(of: OneSided()).isEmpty)
        #expect(RegularizerLaws.violations(of: Balance()).isEmpty)
        #expect(RegularizerLaws.violations(of: CubedGroupNorms(groups: .rows)).isEmpty)
    }

    @Test func violation() throws {
        let violation = try #require(RegularizerLaws.violations(of: HalfThreshold()).first)
        let article = try String(
            contentsOf: Document.file("Documentation/WritingARegularizer.md"), encoding: .utf8)
        #expect(article.contains("```text\n\(violation)\n```"), "\(violation)")
    }

    @Test func use() throws {
        let parameters = Parameters([("w.weight", [1, 2], [0.001, -1])])
        // snippet: use
        var optimizer = try Adam(learningRate: 1e-3).regularized(
            by: [
                .lossTerm(Charbonnier(width: 0.01), strength: 1e-3),
                .proximalStep(OneSided() + GroupLasso(.rows), strength: 1e-4),
            ],
            over: parameters)
        // end snippet
        var (weights, gradients) = (parameters, Gradients(like: parameters))
        optimizer.update(&weights, along: &gradients)
        #expect(weights["w.weight"] != parameters["w.weight"])
    }
}
