import Regularization

extension RegularizerExamination {
    /// Value, gradient and proximal points are finite at finite weights, also where squares underflow or overflow in
    /// Float.
    ///
    /// The value may be +∞, for weights that are ruled out.
    mutating func checkFiniteness() {
        for size in [magnitude, 0x1p-100, 0x1p100] {
            let weights = weights.map { $0 / magnitude * size }
            let value = subject.value(at: weights)
            require(
                !value.isNaN && value > -.infinity, expected: "a value at \(weights)", found: "\(value)")
            for (what, result) in subject.results(at: weights) {
                // Where the value exceeds Float, the gradient may have to.
                if what == .gradient && value > Double(Float.greatestFiniteMagnitude) { continue }
                require(
                    result.allSatisfy(\.isFinite), expected: "a finite \(what.rawValue) at \(weights)",
                    found: "\(result)")
            }
        }
    }

    /// A NaN at an element on which the value depends makes the value NaN and stays NaN; in a proximal point
    /// it stays in any case.
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

    private func valueDepends(on element: Int) -> Bool {
        let values = [0, 1, -1, 1024].map { subject.value(at: weights.with(element, $0)) }
        return values.contains { $0 != values[0] }
    }
}
