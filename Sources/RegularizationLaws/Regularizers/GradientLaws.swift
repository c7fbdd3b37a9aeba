import Regularization

extension RegularizerExamination {
    /// Checks each element of the gradient against a difference quotient of the value, except at kinks.
    mutating func checkDerivatives() {
        guard let differentiable = subject.differentiable else { return }
        // A value beyond Float may have a gradient beyond Float, and so may the numbers that it is computed from.
        if subject.value(at: weights) > Double(Float.greatestFiniteMagnitude) { return }
        let gradient = subject.gradient(of: differentiable, at: weights)
        let largest = gradient.largestMagnitude
        for element in weights.indices where holdsSoFar {
            guard let estimate = subject.derivative(along: element, at: weights, magnitude) else { continue }
            let found = Double(gradient[element])
            let slack = 1e-4 * abs(estimate.derivative) + 1e-5 * largest + 4 * estimate.error
            require(
                abs(found - estimate.derivative) <= slack,
                expected: "\(estimate.derivative) for element \(element)", found: "\(found)")
        }
    }

    /// Checks that `addGradient` adds scale × gradient to what the gradient holds.
    mutating func checkAddition() {
        guard let differentiable = subject.differentiable else { return }
        let unit = subject.gradient(of: differentiable, at: weights)
        let start = otherWeights()
        let scale: Float = 0.375
        let found = subject.gradient(of: differentiable, at: weights, scale: scale, addedTo: start)
        let slack = 1e-5 * Float(max(unit.largestMagnitude, start.largestMagnitude))
        for element in weights.indices {
            let expected = start[element] + scale * unit[element]
            require(
                abs(found[element] - expected) <= slack || !expected.isFinite,
                expected: """
                    \(start[element]) + \(scale) · \(unit[element]) = \(expected) for element \(element)
                    """,
                found: "\(found[element])")
        }
    }

    /// Checks that `valueAddingGradient` gives the value and the gradient that two calls give.
    mutating func checkValueWithGradient() {
        guard let differentiable = subject.differentiable else { return }
        let start = otherWeights()
        let scale: Float = 0.375
        let gradient = subject.gradient(of: differentiable, at: weights, scale: scale, addedTo: start)
        let value = subject.value(at: weights)
        let (foundValue, found) = subject.valueAndGradient(
            of: differentiable, at: weights, scale: scale, addedTo: start)
        require(
            foundValue == value || abs(foundValue - value) <= 1e-5 * abs(value),
            expected: "the value \(value)", found: "\(foundValue)")
        let slack = 1e-5 * Float(gradient.largestMagnitude)
        for element in weights.indices {
            require(
                abs(found[element] - gradient[element]) <= slack || !gradient[element].isFinite,
                expected: "\(gradient[element]) for element \(element)", found: "\(found[element])")
        }
    }

    /// Checks that at zero weights the gradient is 0 along each element, unless the value falls along it.
    mutating func checkGradientAtZero() {
        guard let differentiable = subject.differentiable, weights.allSatisfy({ $0 == 0 }) else { return }
        let origin = subject.value(at: weights)
        let gradient = subject.gradient(of: differentiable, at: weights)
        for element in weights.indices {
            let falls = [0x1p-8, 0x1p-16, 0x1p-32, 0x1p-64].contains { step in
                [step, -step].contains { subject.value(at: weights.with(element, Float($0))) < origin }
            }
            require(
                falls || gradient[element] == 0, expected: "0 for element \(element)",
                found: "\(gradient[element])")
        }
    }
}
