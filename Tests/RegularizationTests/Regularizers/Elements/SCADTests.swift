import Regularization
import Testing

@Suite("SCAD")
struct SCADTests {
    @Test("Proximal points are pyproximal's")
    func proximalPoints() throws {
        try expectProximalPoints("prox_scad", largeOnes: true) {
            (SCAD(threshold: $0.strength!, concavity: $0.gamma!), $0.step!)
        }
    }

    @Test("Proximal points are the minimizers in every case of the scale", arguments: [2.1, 3.7, 6])
    func metric(concavity: Double) {
        let bends = [0.01, 0.3, 0.95, 0.999, 1].map { Float($0 * (concavity - 1)) }
        let jumps = [concavity, concavity + 1, (concavity + 1) * 1.01, 10 * concavity].map { Float($0) }
        for threshold in [0.15, 0.6] {
            expectScalarMinimizers(
                SCAD(threshold: threshold, concavity: concavity), weights: scalarWeights,
                scales: bends + jumps
            ) { size in
                let (first, second) = (min(size, threshold), min(size, concavity * threshold))
                let (rest, width) = (second - first, (concavity - 1) * threshold)
                return threshold * first + threshold * (rest - rest * rest / (2 * width))
            }
        }
    }

    @Test("No larger than the weight, and no smaller than λ, at a scale next to γ − 1")
    func nextToBend() {
        let penalty = SCAD(threshold: 1, concavity: 4)
        for weight in [Float(4).nextDown, 4, Float(4).nextUp] {
            let found = penalty.proximalPoint(of: weight, scale: Float(3).nextDown)
            #expect(found <= weight && found >= 1, "weight \(weight)")
        }
        #expect(penalty.proximalPoint(of: 4, scale: 3) == 1)
        #expect(penalty.proximalPoint(of: Float(4).nextUp, scale: 3) == Float(4).nextUp)
    }

    @Test("The gradient is that of L1, then falls to 0")
    func gradient() {
        let found = Tensor(vector: 0, 0.5, -1, 2, -3, 3.5, -.infinity).gradient(
            SCAD(threshold: 1, concavity: 3))
        #expect(found == [0, 1, -1, 0.5, 0, 0, 0])
    }

    @Test("As γ grows it becomes L1 times λ")
    func limit() {
        let tensor = Tensor(vector: 0.25, -1, 3, -0.01, 0, 1.75)
        let penalty = SCAD(threshold: 0.5, concavity: 1e12)
        let lasso = tensor.proximalPoint(0.5 * L1(), scale: 0.75).map { Double($0) }
        expectClose(tensor.proximalPoint(penalty, scale: 0.75), lasso, ofInput: tensor.values)
        expectClose(tensor.value(penalty), tensor.value(0.5 * L1()), within: 1e-10)
    }

    @Test("Parameters out of range trap")
    func traps() async {
        await #expect(processExitsWith: .failure) { _ = SCAD(threshold: -1, concavity: 3) }
        await #expect(processExitsWith: .failure) { _ = SCAD(threshold: 1, concavity: 2) }
        await #expect(processExitsWith: .failure) { _ = SCAD(threshold: 1, concavity: .nan) }
    }
}
