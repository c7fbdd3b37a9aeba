import Foundation
import Regularization
import Testing

@Suite("LogSum")
struct LogSumTests {
    @Test("Proximal points are skglm's")
    func proximalPoints() throws {
        try expectProximalPoints("prox_logsum") {
            (LogSum(epsilon: $0.epsilon!), $0.strength! * $0.step!)
        }
    }

    @Test("Proximal points are the minimizers, where they are continuous and where they jump")
    func metric() {
        for epsilon in [0.02, 0.3, 1.5, 20] {
            let scales = [1e-3, 0.2, 0.99, 1, 1.01, 3, 30].map { Float($0 * epsilon * epsilon) }
            expectScalarMinimizers(
                LogSum(epsilon: epsilon), weights: scalarWeights, scales: scales + [0.05, 0.5]
            ) { size in log(1 + size / epsilon) }
        }
    }

    @Test("At the jump 0 and the larger root are equally good, and 0 is taken up to there")
    func jump() {
        let penalty = LogSum(epsilon: 0.1)
        let scale: Float = 0.5
        var (low, high) = (Float(0), Float(4))
        while low.nextUp < high {
            let middle = low + (high - low) / 2
            if penalty.proximalPoint(of: middle, scale: scale) == 0 { low = middle } else { high = middle }
        }
        let (point, weight) = (Double(penalty.proximalPoint(of: high, scale: scale)), Double(high))
        #expect(point > 0.5)
        let objective = (point - weight) * (point - weight) / 2 + 0.5 * log(1 + point / 0.1)
        expectClose(objective, weight * weight / 2, within: 1e-6)
    }

    @Test("Values and gradients")
    func values() {
        let tensor = Tensor(vector: 0, 0.5, -1.5, .infinity)
        #expect(tensor.gradient(LogSum(epsilon: 0.5)) == [0, 1, -0.5, 0])
        expectClose(Tensor(vector: 0.5, -1.5).value(LogSum(epsilon: 0.5)), log(8), within: 1e-12)
        expectClose(Tensor(vector: 1e-20).value(LogSum(epsilon: 0.5)), 2e-20, within: 1e-26)
    }

    @Test("As ε grows it becomes L1 times 1/ε")
    func limit() {
        let tensor = Tensor(vector: 0.25, -1, 3, -0.01, 0, 1.75)
        let lasso = tensor.proximalPoint(L1(), scale: 0.5).map { Double($0) }
        expectClose(tensor.proximalPoint(LogSum(epsilon: 1e8), scale: 0.5e8), lasso, ofInput: tensor.values)
    }

    @Test("An epsilon that is not positive and finite traps")
    func traps() async {
        await #expect(processExitsWith: .failure) { _ = LogSum(epsilon: 0) }
        await #expect(processExitsWith: .failure) { _ = LogSum(epsilon: .nan) }
        await #expect(processExitsWith: .failure) { _ = LogSum(epsilon: .infinity) }
    }
}
