import Regularization
import Testing

struct NonfiniteNumberTests {
    @Test(
        arguments: [
            (.parameter("a"), "a holds inf before the update: begin with finite weights."),
            (
                .outputs("The outputs of fully.1"),
                "The outputs of fully.1 hold inf, from finite data and weights: lower the learning rate, clip the "
                    + "gradients, or scale the features."
            ),
            (
                .update(of: "a"),
                "The update of a gives inf, from finite gradients: lower the learning rate, clip the gradients, or "
                    + "scale the features."
            ),
            (
                .buffer("square", of: "a"),
                "The optimizer's buffer \"square\" holds inf for a, from finite gradients: they are too large for it, "
                    + "so clip them, or scale the features."
            ),
            (
                .penaltyGradient("L1", of: "a"),
                "The gradient of the penalty \"L1\" holds inf at a. Lower its strength; if the regularizer is one's "
                    + "own, RegularizerLaws finds the mistake."
            ),
            (
                .proximalStep(["L1", "decay"], of: "a"),
                "The penalties \"L1\", \"decay\" moved finite weights of a to inf. Lower their strengths; if a "
                    + "regularizer is one's own, RegularizerLaws finds the mistake."
            ),
        ] as [(NonfiniteNumber.Origin, String)])
    func sentences(origin: NonfiniteNumber.Origin, sentence: String) {
        #expect(NonfiniteNumber(origin, value: .infinity).description == sentence)
    }

    @Test func nanIsEqualToItself() {
        let one = NonfiniteNumber(.loss(of: "training"), value: .nan)
        #expect(one == NonfiniteNumber(.loss(of: "training"), value: .signalingNaN))
        #expect(one != NonfiniteNumber(.loss(of: "training"), value: .infinity))
        #expect(one != NonfiniteNumber(.loss(of: "validation"), value: .nan))
    }
}
