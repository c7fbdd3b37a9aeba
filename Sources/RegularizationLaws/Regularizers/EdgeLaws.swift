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
        for element in someElements {
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

    /// Checks that an infinite element, or infinite elements everywhere, make the value infinite or NaN, and the same
    /// elements of proximal points.
    ///
    /// The value is checked if it depends on one of them, proximal points at every element. A model whose weights
    /// diverge is noticed by that: a limit that makes numbers of them would hide it.
    mutating func checkInfinity() {
        let places = someElements.map { [$0] } + (weights.isEmpty ? [] : [Array(weights.indices)])
        for elements in places {
            let changesValue = elements.contains(where: valueDepends)
            for infinity in [Float.infinity, -.infinity] {
                let changed = elements.reduce(weights) { $0.with($1, infinity) }
                let place = elements.count == weights.count ? "every element" : "element \(elements[0])"
                if changesValue {
                    let value = subject.value(at: changed)
                    require(
                        !value.isFinite, expected: "a value that is not finite with \(infinity) at \(place)",
                        found: "\(value)")
                }
                for (what, result) in subject.results(at: changed) where what != .gradient {
                    require(
                        elements.allSatisfy { !result[$0].isFinite },
                        expected: "\(what.rawValue) not finite at \(place) with \(infinity) there",
                        found: "\(result)")
                }
            }
        }
    }

    /// The first, a middle and the last element; none of an empty tensor.
    private var someElements: [Int] {
        Set([0, weights.count / 2, weights.count - 1]).filter(weights.indices.contains).sorted()
    }

    /// Whether the value differs between some numbers in the place of an element.
    private func valueDepends(on element: Int) -> Bool {
        let values = [0, 1, -1, 1024].map { subject.value(at: weights.with(element, $0)) }
        return values.contains { $0 != values[0] }
    }
}
