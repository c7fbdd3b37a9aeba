import Regularization

extension RegularizerExamination {
    /// Checks that value, gradient and proximal points are finite at finite weights, also where squares underflow or
    /// overflow in Float.
    ///
    /// The value may be +∞, for weights that a constraint excludes.
    mutating func checkFiniteness() {
        for size in [magnitude, 0x1p-100, 0x1p100] {
            let weights = weights.map { $0 / magnitude * size }
            let value = subject.value(at: weights)
            require(
                !value.isNaN && value > -.infinity, expected: "a value at \(weights)", found: "\(value)")
            for (what, result) in subject.results(at: weights) {
                // A value beyond Float may have a gradient beyond Float.
                if what == .gradient && value > Double(Float.greatestFiniteMagnitude) { continue }
                require(
                    result.allSatisfy(\.isFinite), expected: "a finite \(what.rawValue) at \(weights)",
                    found: "\(result)")
            }
        }
    }

    /// Checks that NaN at an element makes the value NaN, and the same element of gradient and proximal points.
    ///
    /// Value and gradient are checked at elements on which the value depends, proximal points at every element.
    mutating func checkNaN() {
        for element in Set([0, weights.count / 2, weights.count - 1]).sorted()
        where weights.indices.contains(element) {
            let changed = weights.with(element, .nan)
            let dependsOnElement = valueDepends(on: element)
            if dependsOnElement {
                let value = subject.value(at: changed)
                require(value.isNaN, expected: "value NaN with NaN at element \(element)", found: "\(value)")
            }
            for (what, result) in subject.results(at: changed) where dependsOnElement || what != .gradient {
                require(
                    result[element].isNaN,
                    expected: "\(what.rawValue) NaN at element \(element) with NaN there", found: "\(result)")
            }
        }
    }

    /// Whether the value differs between some numbers in the place of an element.
    private func valueDepends(on element: Int) -> Bool {
        let values = [0, 1, -1, 1024].map { subject.value(at: weights.with(element, $0)) }
        return values.contains { $0 != values[0] }
    }
}
