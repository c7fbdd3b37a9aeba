import ReferenceNetwork
import Regularization

/// A model as a user writes it: only what `Model` requires, with a batch type and a data set of its own.
struct LinearRegression: Model {
    var parameters = Parameters([("slope.weight", [1, 3], [0, 0, 0]), ("slope.bias", [1], [0])])

    /// ½ mean (x·slope + bias − y)².
    func loss(on batch: [Point], at position: BatchPosition, gradients: inout Gradients) -> Double {
        let (slope, bias) = (parameters["slope.weight"], parameters["slope.bias"][0])
        var (sum, slopeGradient, biasGradient) = (0.0, [0, 0, 0] as [Float], Float(0))
        for point in batch {
            var residual = bias - point.y
            for index in 0..<3 { residual += slope[index] * point.x[index] }
            sum += Double(residual * residual) / 2
            for index in 0..<3 { slopeGradient[index] += residual * point.x[index] / Float(batch.count) }
            biasGradient += residual / Float(batch.count)
        }
        gradients["slope.weight"] = slopeGradient
        gradients["slope.bias"] = [biasGradient]
        return sum / Double(batch.count)
    }
}

struct Point {
    var x: [Float]
    var y: Float
}

/// y = 2x₁ − 3x₂ + 0.2x₃ + 1 at the corners of a cube, where the features are orthonormal: penalized least
/// squares have a closed form for each weight.
struct Corners: Dataset {
    let count = 8

    func batch(at indices: ArraySlice<Int>) -> [Point] {
        indices.map { corner in
            let x = (0..<3).map { Float((corner >> $0) & 1) * 2 - 1 }
            return Point(x: x, y: 2 * x[0] - 3 * x[1] + 0.2 * x[2] + 1)
        }
    }
}
