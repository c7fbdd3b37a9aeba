import Regularization

extension Examination {
    /// Value, gradient and proximal points are finite at finite weights, also where squares underflow in Float.
    ///
    /// The value may be +∞, for weights that are ruled out.
    mutating func checkFiniteness() {
        let tiny = inputs[0].weights.map { $0 * 1e-30 }
        for weights in inputs.map(\.weights) + [tiny] {
            let value = subject.value(at: weights)
            require(
                !value.isNaN && value > -.infinity, .isFinite, at: weights, expected: "a value",
                found: "\(value)")
            for (what, result) in results(at: weights) {
                require(
                    result.allSatisfy(\.isFinite), .isFinite, at: weights, expected: "a finite \(what)",
                    found: "\(result)")
            }
        }
    }

    /// A NaN at an element on which the value depends makes the value NaN and stays NaN; in a proximal point
    /// it stays in any case.
    mutating func checkNaN() {
        for element in Set([0, subject.shape.count / 2, subject.shape.count - 1]).sorted()
        where inputs[0].weights.indices.contains(element) {
            let weights = inputs[0].weights.with(element, .nan)
            let dependsOnElement = valueDepends(on: element)
            if dependsOnElement {
                let value = subject.value(at: weights)
                require(value.isNaN, .propagatesNaN, at: weights, expected: "value NaN", found: "\(value)")
            }
            for (what, result) in results(at: weights) where dependsOnElement || what != .gradient {
                require(
                    result[element].isNaN, .propagatesNaN, at: weights,
                    expected: "\(what) NaN at element \(element)", found: "\(result)")
            }
        }
    }

    private enum Result: String {
        case gradient
        case proximalPoint
        case metricProximalPoint
    }

    private func results(at weights: [Float]) -> [(Result, [Float])] {
        var results: [(Result, [Float])] = []
        if let differentiable = subject.differentiable {
            results.append((.gradient, subject.gradient(of: differentiable, at: weights)))
        }
        if let proximal = subject.proximal {
            results.append((.proximalPoint, subject.proximalPoint(by: proximal, of: weights, scale: 0.375)))
        }
        if let proximal = subject.metricProximal {
            let sizes = weights.indices.map { Float($0 % 3 + 1) }
            results.append(
                (
                    .metricProximalPoint,
                    subject.proximalPoint(by: proximal, of: weights, stepSizes: sizes, factor: 0.25)
                ))
        }
        return results
    }

    private func valueDepends(on element: Int) -> Bool {
        let weights = inputs[0].weights
        let values = [0, 1, -1, 1024].map { subject.value(at: weights.with(element, $0)) }
        return values.contains { $0 != values[0] }
    }
}
