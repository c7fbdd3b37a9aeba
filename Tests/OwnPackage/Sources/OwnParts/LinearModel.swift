import ReferenceNetwork
import Regularization

/// y = Wx + b with two outputs, and ½ mean ‖y − target‖².
package struct LinearModel: Model {
    package var parameters: Parameters
    private let inputs: Int

    package init(inputs: Int) {
        self.inputs = inputs
        parameters = Parameters([
            ("linear.weight", [2, inputs], Array(repeating: 0.5, count: 2 * inputs)),
            ("linear.bias", [2], [0, 0]),
        ])
    }

    package mutating func loss(on batch: [Sample], at position: BatchPosition, gradients: inout Gradients)
        -> Double
    {
        let (weight, bias) = (parameters["linear.weight"], parameters["linear.bias"])
        var weightGradient = [Float](repeating: 0, count: weight.count)
        var (biasGradient, sum): ([Float], Double) = ([0, 0], 0)
        for sample in batch {
            for output in 0..<2 {
                var error = bias[output] - sample.target[output]
                for input in 0..<inputs { error += weight[output * inputs + input] * sample.x[input] }
                sum += Double(error * error) / 2
                error /= Float(batch.count)
                for input in 0..<inputs { weightGradient[output * inputs + input] += error * sample.x[input] }
                biasGradient[output] += error
            }
        }
        gradients["linear.weight"] = weightGradient
        gradients["linear.bias"] = biasGradient
        return sum / Double(batch.count)
    }
}
