import ReferenceNetwork

/// One sample of a data set of one's own.
package struct Sample: Sendable {
    package var x: [Float]
    package var target: [Float]
}

/// y₁ = 2x₁ − x₂ + 1, y₂ = −1.5x₂ + 0.5: the inputs from the third on are not needed.
package struct SparseLine: Dataset {
    package let inputs: Int
    private let samples: [Sample]

    package init(count: Int, inputs: Int, seed: UInt64) {
        self.inputs = inputs
        var state = seed
        samples = (0..<count).map { _ in
            let x = (0..<inputs).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Float(state >> 40) * 0x1p-23 - 1
            }
            return Sample(x: x, target: [2 * x[0] - x[1] + 1, -1.5 * x[1] + 0.5])
        }
    }

    package var count: Int { samples.count }
    package func batch(at indices: ArraySlice<Int>) -> [Sample] { indices.map { samples[$0] } }
}
