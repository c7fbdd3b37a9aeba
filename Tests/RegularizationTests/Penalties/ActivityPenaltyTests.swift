import Regularization
import Testing

@Suite("ActivityPenalty")
struct ActivityPenaltyTests {
    @Test("The label names the regularizer and the layers unless given")
    func labels() {
        #expect(ActivityPenalty(L1(), on: "fully.0").label == "L1 of fully.0")
        #expect(ActivityPenalty(L1() + SquaredL2(), on: "a", "b.*").label == "L1 + SquaredL2 of a, b.*")
        #expect(ActivityPenalty(L1(), on: "fully.0", label: "sparse").label == "sparse")
    }

    @Test("The strength is 1, a literal, a schedule or a number that is computed")
    func strengths() {
        let half: Float = 0.5
        let penalties = [
            ActivityPenalty(L1(), on: "a"), ActivityPenalty(L1(), strength: 2, on: "a"),
            ActivityPenalty(L1(), strength: .linear(from: 0, to: 4, over: 10), on: "a"),
            ActivityPenalty(L1(), strength: half, on: "a"),
            ActivityPenalty(L1(), strength: 3 * Double(half), on: "a", "b"),
        ]
        #expect(penalties.map { $0.strength.value(at: 5) } == [1, 2, 2, 0.5, 1.5])
        #expect(penalties.map(\.layers.count) == [1, 1, 1, 1, 2])
    }
}
