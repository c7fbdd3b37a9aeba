import Foundation
import Regularization
import RegularizationJSON
import RegularizationLaws
import Testing

// snippet: constraint
/// The constraint Σ wᵢ² ≤ budget.
struct EnergyBudget: ProximalRegularizer, Hashable, Codable {
    let budget: Double

    var structure: Structure { .radial(.whole) }
    var properties: CompositionProperties { .convex }

    func check(_ shape: Shape) {}

    func value(at weights: Weights) -> Double {
        let energy = energy(of: weights)
        return energy.isNaN ? .nan : energy <= budget * (1 + 1e-5) ? 0 : .infinity
    }

    func applyProx(to weights: inout MutableWeights, scale: Float) {
        let energy = energy(of: weights.readOnly)
        if energy <= budget * (1 + 0x1p-22) { return }
        let share = (budget / energy).squareRoot()
        for index in 0..<weights.count { weights[index] = Float(Double(weights[index]) * share) }
    }

    private func energy(of weights: Weights) -> Double {
        (0..<weights.count).reduce(0) { $0 + Double(weights[$1]) * Double(weights[$1]) }
    }
}
// end snippet

// snippet: checked
extension EnergyBudget {
    init(_ budget: Double) { self = trapping(try Self(checking: budget)) }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(Self(checking: values.decode(Double.self, forKey: .budget)))
    }

    private init(checking budget: Double) throws(ArgumentError) {
        self.budget = try ArgumentError.positive(budget, "budget", of: Self.self)
    }
}
// end snippet

/// The same with a value that permits no rounding.
private struct ExactBudget: ProximalRegularizer {
    let base: EnergyBudget
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double {
        let energy = (0..<weights.count).reduce(0) { $0 + Double(weights[$1]) * Double(weights[$1]) }
        return energy.isNaN ? .nan : energy <= base.budget ? 0 : .infinity
    }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        base.applyProx(to: &weights, scale: scale)
    }
}

struct AuthorsReferenceSnippets {
    @Test func constraint() {
        for budget in [1e-6, 1, 50] {
            #expect(RegularizerLaws.violations(of: EnergyBudget(budget)) == [])
            let laws = RegularizerLaws.violations(of: ExactBudget(base: EnergyBudget(budget))).map(\.law)
            #expect(laws.contains(.proximalPointIsMinimal))
        }
    }

    @Test func checked() throws {
        let registry = RegularizerRegistry.builtIn.adding(EnergyBudget.self)
        let text = #"[{"stage": "proximalStep", "regularizer": {"EnergyBudget": {"budget": -1}}}]"#
        let error = try #require(
            #expect(throws: ConfigurationError.self) {
                try registry.decode([Penalty].self, from: Data(text.utf8))
            })
        let article = try String(
            contentsOf: Document.file("Documentation/AuthorsReference.md"), encoding: .utf8)
        #expect(article.contains("```text\n\(error)\n```"), "\(error)")
    }

    /// `max` returns its first argument unless the second is larger, so that the place of NaN decides.
    @Test func comparisonsWithNaN() {
        let weight = Float.nan
        #expect(max(weight, 0).isNaN)
        #expect(max(0, weight) == 0)
        #expect(min(weight, 0).isNaN)
        #expect(min(0, weight) == 0)
    }
}
