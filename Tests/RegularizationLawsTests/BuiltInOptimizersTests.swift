import Regularization
import RegularizationLaws
import Testing

@Suite("Built-in optimizers break no law")
struct BuiltInOptimizersTests {
    static let optimizers: [any Optimizer] = [
        SGD(learningRate: 0.1),
        SGD(learningRate: 0.1, momentum: 0.9),
        SGD(learningRate: 0.1, momentum: 0.8, dampening: 0.5),
        SGD(learningRate: 0.1, momentum: 0.95, nesterov: true),
        Adam(),
        Adam(learningRate: 0.01, beta1: 0, beta2: 0.9, epsilon: 1e-3),
        Adam(rootEpsilon: .inside),
        Adam(epsilon: 1e-4, rootEpsilon: .uncorrected),
        Adam(amsGrad: .ofSquares),
        Adam(rootEpsilon: .uncorrected, amsGrad: .ofCorrectedSquares),
        Adam(rootEpsilon: .inside, amsGrad: .ofCorrectedSquares),
        RMSprop(),
        RMSprop(epsilon: 1e-6, rootEpsilon: .inside),
        RMSprop(centered: true),
        RMSprop(momentum: 0.9),
        RMSprop(decay: 0.95, epsilon: 1e-3, centered: true, momentum: 0.5),
        Adagrad(),
        Adagrad(learningRateDecay: 0.01, initialSum: 0.1, rootEpsilon: .inside),
        Lion(),
        Lion(learningRate: 0.01, beta1: 0, beta2: 0),
        Adam().clipped(byNorm: 1),
        SGD(learningRate: 0.1, momentum: 0.9).clipped(byNorm: 0.01),
        Lion().clipped(byNorm: 10).clipped(byNorm: 1),
        // The base of AdamW.
        RegularizedAdam.base,
    ]

    @Test(arguments: optimizers.indices)
    func breaksNone(index: Int) {
        let violations = OptimizerLaws.violations(of: Self.optimizers[index])
        #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
    }

    @Test(arguments: [1, 2] as [UInt64])
    func otherSeeds(seed: UInt64) {
        for optimizer in [Adam(), RMSprop(centered: true, momentum: 0.9)] as [any Optimizer] {
            let violations = OptimizerLaws.violations(of: optimizer, seed: seed)
            #expect(violations.isEmpty, "\(violations.first!)")
        }
    }
}

private enum RegularizedAdam {
    static var base: Adam {
        let parameters = Parameters([("weight", [1], [0])])
        guard let optimizer = try? AdamW(over: parameters) else { fatalError("AdamW has a plan.") }
        return optimizer.base
    }
}
