import Testing

@testable import Regularization

@Suite("Scales")
struct ScalesTests {
    @Test("tᵢ = f·sᵢ/(1 + ρ·f·sᵢ), under multiples and folding")
    func algebra() {
        let sizes: [Float] = [0, 0.5, 4]
        let scales = Scales(sizes.span, factor: 2)
        let (multiple, folded) = (scales.multiplied(by: 3), scales.folding(ridge: 0.5))
        let (foldedMultiple, multipleFolded) = (multiple.folding(ridge: 0.25), folded.multiplied(by: 3))
        let refolded = folded.folding(ridge: 0.5)
        #expect(scales.count == 3)
        for index in sizes.indices {
            let t = 2 * sizes[index]
            #expect(scales[index] == t, "index \(index)")
            #expect(multiple[index] == 3 * t, "index \(index)")
            #expect(folded[index] == t / (1 + 0.5 * t), "index \(index)")
            #expect(foldedMultiple[index] == 3 * t / (1 + 0.25 * 3 * t), "index \(index)")
            expectClose(multipleFolded[index], 3 * t / (1 + 0.5 * t), within: 1e-6, "index \(index)")
            #expect(refolded[index] == t / (1 + t), "index \(index)")
        }
    }

    @Test("One scale is that of every element, under multiples and folding too")
    func uniform() {
        let scales = Scales(uniform: 2, count: 3)
        let (multiple, folded) = (scales.multiplied(by: 3), scales.folding(ridge: 0.5))
        #expect((scales.count, multiple.count, folded.count) == (3, 3, 3))
        #expect((scales.uniform, multiple.uniform, folded.uniform) == (2, 6, 1))
        #expect((scales[0], multiple[1], folded[2]) == (2, 6, 1))
        #expect(Scales(uniform: 0, count: 1).folding(ridge: .greatestFiniteMagnitude).uniform == 0)
        // The product is more than Float holds.
        let large = Scales(uniform: 1e30, count: 1).folding(ridge: 1e30)
        #expect(large.uniform == 1e-30)
    }

    @Test("Step sizes are a diagonal metric, also where they are equal")
    func equalSizes() {
        let sizes: [Float] = [0.5, 0.5]
        #expect(Scales(sizes.span, factor: 2).uniform == nil)
    }

    @Test("An index that no step size has traps")
    func bounds() async {
        await #expect(processExitsWith: .failure) {
            let sizes: [Float] = [1, 1]
            _ = Scales(sizes.span, factor: 1)[2]
        }
    }

    @Test("A loop over the scales visits what the subscript gives")
    func visits() {
        let sizes: [Float] = [0, 0.5, 4]
        for ridge in [nil, 0, 0.75] as [Float?] {
            let scales =
                if let ridge {
                    Scales(sizes.span, factor: 2, ridge: ridge)
                } else {
                    Scales(uniform: 2, count: 3)
                }
            var visited: [Float] = []
            scales.forEach { index, scale in
                #expect(index == visited.count && scale == scales[index], "ridge \(ridge)")
                visited.append(scale)
            }
            #expect(visited.count == 3, "ridge \(ridge)")
        }
    }
}
