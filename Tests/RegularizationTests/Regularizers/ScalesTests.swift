import Regularization
import Testing

@Suite("Scales")
struct ScalesTests {
    @Test("tᵢ = f·sᵢ/(1 + ρ·f·sᵢ), under multiples and folding")
    func algebra() {
        let sizes: [Float] = [0, 0.5, 4]
        let scales = Scales(sizes.span, factor: 2)
        let (multiple, folded) = (scales.scaled(by: 3), scales.folding(ridge: 0.5))
        let (foldedMultiple, multipleFolded) = (multiple.folding(ridge: 0.25), folded.scaled(by: 3))
        let refolded = folded.folding(ridge: 0.5)
        #expect(scales.count == 3)
        for index in sizes.indices {
            let t = 2 * sizes[index]
            #expect(scales[index] == t)
            #expect(multiple[index] == 3 * t)
            #expect(folded[index] == t / (1 + 0.5 * t))
            #expect(foldedMultiple[index] == 3 * t / (1 + 0.25 * 3 * t))
            #expect(abs(multipleFolded[index] - 3 * t / (1 + 0.5 * t)) < 1e-6)
            #expect(refolded[index] == t / (1 + t))
        }
    }
}
