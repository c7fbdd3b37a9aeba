import Regularization

extension Examination {
    /// The gradient is the slope of the value, is added, comes with the value, and vanishes at zero.
    mutating func checkGradient(of differentiable: any DifferentiableRegularizer) {
        for input in inputs {
            checkSlope(of: differentiable, at: input)
            checkAddition(of: differentiable, at: input.weights)
            checkTogether(differentiable, at: input.weights)
        }
        checkZero(of: differentiable)
    }

    private mutating func checkSlope(of differentiable: any DifferentiableRegularizer, at input: Input) {
        let gradient = subject.gradient(of: differentiable, at: input.weights)
        let largest = gradient.reduce(0) { max($0, Double(abs($1))) }
        for element in input.weights.indices where holdsSoFar(.gradientIsSlope) {
            guard let slope = subject.slope(along: element, at: input) else { continue }
            let found = Double(gradient[element])
            let slack = 1e-4 * abs(slope.derivative) + 1e-5 * largest + 4 * slope.error
            require(
                abs(found - slope.derivative) <= slack, .gradientIsSlope, at: input.weights,
                expected: "\(slope.derivative) for element \(element)", found: "\(found)")
        }
    }

    private mutating func checkAddition(
        of differentiable: any DifferentiableRegularizer, at weights: [Float]
    ) {
        let unit = subject.gradient(of: differentiable, at: weights)
        let start = generator.grid(weights.count)
        let scale: Float = 0.375
        let found = subject.gradient(of: differentiable, at: weights, scale: scale, addedTo: start)
        let largest = unit.reduce(1) { max($0, abs($1)) }
        for element in weights.indices {
            let expected = start[element] + scale * unit[element]
            require(
                abs(found[element] - expected) <= 1e-5 * largest, .gradientIsAdded, at: weights,
                expected: """
                    \(start[element]) + \(scale) · \(unit[element]) = \(expected) for element \(element)
                    """,
                found: "\(found[element])")
        }
    }

    private mutating func checkTogether(
        _ differentiable: any DifferentiableRegularizer, at weights: [Float]
    ) {
        let start = generator.grid(weights.count)
        let scale: Float = 0.375
        let gradient = subject.gradient(of: differentiable, at: weights, scale: scale, addedTo: start)
        let value = subject.value(at: weights)
        let (foundValue, found) = subject.valueAndGradient(
            of: differentiable, at: weights, scale: scale, addedTo: start)
        require(
            abs(foundValue - value) <= 1e-5 * abs(value), .valueComesWithGradient, at: weights,
            expected: "the value \(value)", found: "\(foundValue)")
        let largest = gradient.reduce(1) { max($0, abs($1)) }
        for element in weights.indices {
            require(
                abs(found[element] - gradient[element]) <= 1e-5 * largest, .valueComesWithGradient,
                at: weights, expected: "\(gradient[element]) for element \(element)",
                found: "\(found[element])")
        }
    }

    private mutating func checkZero(of differentiable: any DifferentiableRegularizer) {
        let zeros = [Float](repeating: 0, count: subject.shape.count)
        let origin = subject.value(at: zeros)
        let gradient = subject.gradient(of: differentiable, at: zeros)
        for element in zeros.indices {
            let falls = [-0x1p-8, 0x1p-8].contains { step in
                subject.value(at: zeros.with(element, Float(step))) < origin
            }
            require(
                falls || gradient[element] == 0, .gradientVanishesAtZero, at: zeros,
                expected: "0 for element \(element)", found: "\(gradient[element])")
        }
    }
}

extension Subject {
    /// A derivative by central differences, and how far from it the true one may be.
    struct Slope {
        let derivative: Double
        let error: Double
    }

    /// The slope of the value along one element; nil near a kink.
    ///
    /// Taken at the two neighbouring steps whose differences agree best: the central ones with each other,
    /// and the one-sided ones with those of a smooth function.
    ///
    /// All weights and steps are multiples of a power of two, so the perturbed weights are exact. The value
    /// may have been computed in Float32; that much rounding is part of the error.
    func slope(along element: Int, at input: Examination.Input) -> Slope? {
        let center = value(at: input.weights)
        let differences = (3...10).map { exponent in
            let step = input.magnitude / Float(1 << exponent)
            let weight = input.weights[element]
            return OneSidedDifferences(
                forward: (value(at: input.weights.with(element, weight + step)) - center) / Double(step),
                backward: (center - value(at: input.weights.with(element, weight - step))) / Double(step),
                rounding: 0x1p-23 * abs(center) / Double(step))
        }
        let slopes = zip(differences, differences.dropFirst()).map { coarse, fine in
            Slope(
                derivative: (4 * fine.mean - coarse.mean) / 3,
                error: abs(coarse.mean - fine.mean) + abs(2 * fine.gap - coarse.gap) + fine.rounding)
        }
        guard let best = slopes.min(by: { $0.error < $1.error }), best.error.isFinite else { return nil }
        let largest = differences.reduce(0) { max($0, abs($1.forward), abs($1.backward)) }
        return best.error <= 0.02 * largest ? best : nil
    }
}

private struct OneSidedDifferences {
    let forward: Double
    let backward: Double
    let rounding: Double

    var mean: Double { (forward + backward) / 2 }
    /// Proportional to the step where the value is smooth, the jump of the slope where it has a kink.
    var gap: Double { forward - backward }
}
