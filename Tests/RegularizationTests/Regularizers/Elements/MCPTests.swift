import Regularization
import Testing

@Suite("MCP")
struct MCPTests {
    @Test("Proximal points are skglm's")
    func proximalPoints() throws {
        try expectProximalPoints("prox_mcp", largeOnes: true) {
            (MCP(threshold: $0.strength!, concavity: $0.gamma!), $0.step!)
        }
    }

    @Test("Proximal points are the minimizers in every case of the scale", arguments: [0.3, 1.5, 4])
    func metric(concavity: Double) {
        let scales = [0.01, 0.3, 0.95, 0.999, 1, 1.001, 2, 30].map { Float($0 * concavity) }
        for threshold in [0.2, 1] {
            expectScalarMinimizers(
                MCP(threshold: threshold, concavity: concavity), weights: scalarWeights, scales: scales
            ) { size in
                let end = min(size, concavity * threshold)
                return threshold * end - end * end / (2 * concavity)
            }
        }
    }

    @Test("No larger than the weight at a scale next to γ")
    func nextToConcavity() {
        let penalty = MCP(threshold: 1, concavity: 3)
        for weight in [2.9999, Float(3).nextDown, 3, Float(3).nextUp] {
            let found = penalty.proximalPoint(of: weight, scale: Float(3).nextDown)
            #expect(found == (weight < 3 ? 0 : weight), "weight \(weight)")
        }
        for weight in stride(from: Float(2.999), to: 3, by: 1e-5) {
            let found = penalty.proximalPoint(of: weight, scale: 2.999)
            #expect(found >= 0 && found <= weight, "weight \(weight)")
        }
        #expect(penalty.proximalPoint(of: 3, scale: 3) == 0)
        #expect(penalty.proximalPoint(of: Float(3).nextUp, scale: 3) == Float(3).nextUp)
    }

    @Test("A strength s is another λ and another γ")
    func strength() {
        let tensor = Tensor(vector: 0.25, -1, 3, -0.01, 0, 1.75)
        let (multiple, equal) = (
            2.5 * MCP(threshold: 0.5, concavity: 4), MCP(threshold: 1.25, concavity: 1.6)
        )
        expectClose(tensor.value(multiple), tensor.value(equal), within: 1e-12)
        let gradient = tensor.gradient(equal).map { Double($0) }
        expectClose(tensor.gradient(multiple), gradient, ofInput: [1])
        let point = tensor.proximalPoint(equal, scale: 0.75).map { Double($0) }
        expectClose(tensor.proximalPoint(multiple, scale: 0.75), point, ofInput: tensor.values)
    }

    @Test("As γ grows it becomes L1 times λ")
    func limit() {
        let tensor = Tensor(vector: 0.25, -1, 3, -0.01, 0, 1.75)
        let penalty = MCP(threshold: 0.5, concavity: 1e12)
        let lasso = tensor.proximalPoint(0.5 * L1(), scale: 0.75).map { Double($0) }
        expectClose(tensor.proximalPoint(penalty, scale: 0.75), lasso, ofInput: tensor.values)
        expectClose(tensor.value(penalty), tensor.value(0.5 * L1()), within: 1e-10)
    }

    @Test("The gradient ends where the penalty becomes constant")
    func gradient() {
        let found = Tensor(vector: 0, 1, -1, 2, -2.5, .infinity).gradient(MCP(threshold: 1, concavity: 2))
        #expect(found == [0, 0.5, -0.5, 0, 0, 0])
    }

    @Test("Parameters out of range trap")
    func traps() async {
        await #expect(processExitsWith: .failure) { _ = MCP(threshold: -1, concavity: 3) }
        await #expect(processExitsWith: .failure) { _ = MCP(threshold: 1, concavity: 0) }
        await #expect(processExitsWith: .failure) { _ = MCP(threshold: .nan, concavity: 3) }
        await #expect(processExitsWith: .failure) { _ = MCP(threshold: 1, concavity: .infinity) }
    }
}
