import Regularization

extension RegularizerExamination {
    /// Checks that value, gradient and proximal points change neither what they are given to read nor memory beside the
    /// tensor that they are given to change.
    mutating func checkBounds() {
        let (subject, shape) = (subject, subject.shape)
        requireBounds(of: "value", weights) { given, _ in
            _ = subject.regularizer.value(at: Weights(shape: shape, given.span))
        }
        if let differentiable = subject.differentiable {
            requireBounds(of: "gradient", weights) { given, view in
                differentiable.addGradient(at: Weights(shape: shape, given.span), scale: 0.375, to: &view)
            }
            requireBounds(of: "gradient with the value", weights) { given, view in
                _ = differentiable.valueAddingGradient(
                    at: Weights(shape: shape, given.span), scale: 0.375, to: &view)
            }
        }
        if let proximal = subject.proximal {
            requireBounds(of: "proximal point", []) { _, view in proximal.applyProx(to: &view, scale: 0.375) }
        }
        if let proximal = subject.metricProximal {
            let sizes = weights.indices.map { Float($0 % 3) + 0.75 }
            requireBounds(of: "proximal point in a diagonal metric", sizes) { given, view in
                proximal.applyProx(to: &view, scales: Scales(given.span, factor: 0.25))
            }
        }
    }

    /// Checks the memory around a copy of the weights that `body` changes, and the numbers `given` to it to read.
    private mutating func requireBounds(
        of what: String, _ given: [Float], _ body: ([Float], inout MutableWeights) -> Void
    ) {
        // A copy with storage of its own, so that a write through a pointer reaches no other array.
        let readOnly = given.map { $0 }
        var elements = GuardedElements(weights)
        elements.change(as: subject.shape) { body(readOnly, &$0) }
        let overrun = elements.overrun
        require(
            overrun.isEmpty, expected: "the \(what) to stay within the tensor",
            found: "elements \(overrun) written to")
        require(
            readOnly == given, expected: "the \(what) to leave \(given) as it is", found: "\(readOnly)")
    }

    /// Checks that the same weights give the same results again, immediately and after a call at other weights.
    mutating func checkRepetition() {
        let value = subject.value(at: weights)
        let results = subject.results(at: weights)
        for others in [nil, otherWeights()] {
            if let others { _ = (subject.value(at: others), subject.results(at: others)) }
            let valueAgain = subject.value(at: weights)
            require(
                Self.areSame([value], [valueAgain]), expected: "the value \(value) again",
                found: "\(valueAgain)")
            for (before, after) in zip(results, subject.results(at: weights)) {
                require(
                    Self.areSame(before.elements, after.elements),
                    expected: "the \(before.what.rawValue) \(before.elements) again",
                    found: "\(after.elements)")
            }
        }
    }

    /// Whether the numbers are equal, where NaN equals NaN.
    private static func areSame<Number: FloatingPoint>(_ before: [Number], _ after: [Number]) -> Bool {
        zip(before, after).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
    }

    /// Checks that parts of a tensor give what the whole tensor gives.
    ///
    /// An elementwise regularizer is cut into three ranges of elements, one that treats rows alike into three ranges of
    /// rows. Others are not checked.
    mutating func checkPieces() {
        let isElementwise = subject.regularizer is any ElementwiseRegularizer
        let width = isElementwise ? 1 : subject.shape.columns
        guard isElementwise || subject.isSumOverRows, width > 0, weights.count > width else { return }
        let weights = weights
        let sizes = weights.indices.map { Float($0 % 3 + 1) }
        let whole = subject.results(at: weights, stepSizes: sizes)
        let count = weights.count / width
        let ends = [1, count / 2 + 1, count].map { $0 * width }
        var value = 0.0
        for (start, end) in zip([0] + ends, ends) where start < end {
            let part = Subject(
                subject.regularizer, isElementwise ? [end - start] : [(end - start) / width, width])
            let elements = Array(weights[start..<end])
            value += part.value(at: elements)
            let results = part.results(at: elements, stepSizes: Array(sizes[start..<end]))
            for (result, whole) in zip(results, whole) {
                for (index, found) in result.elements.enumerated() {
                    let expected = whole.elements[start + index]
                    // A proximal point is a difference of the weight and a number of its size, so that its rounding is
                    // that of the weight.
                    let size =
                        result.what == .gradient ? abs(expected) : max(abs(expected), abs(elements[index]))
                    require(
                        found == expected || abs(found - expected) <= 1e-6 * size,
                        expected: "\(expected) for element \(start + index) of the \(result.what.rawValue)",
                        found: "\(found) from elements \(start)..<\(end) alone")
                }
            }
        }
        requireEqual(value, subject.value(at: weights), ", the value of the whole, from the parts")
    }
}

extension Subject {
    /// Whether the regularizer is a sum over rows that it states to treat alike.
    fileprivate var isSumOverRows: Bool {
        guard regularizer.properties.contains(.groupsAlike), shape.rank > 1 else { return false }
        switch regularizer.structure {
        case .radial(.rows), .grouped(.rows): return true
        default: return false
        }
    }

    /// The tensors that a regularizer can compute, beside its value.
    enum Output: String {
        case gradient
        case proximalPoint = "proximal point"
        case metricProximalPoint = "proximal point in a diagonal metric"
    }

    /// The gradient and the proximal points that the regularizer offers, at fixed scales.
    ///
    /// `stepSizes` are those of the diagonal metric; 1, 2, 3 in turn if nil.
    func results(at weights: [Float], stepSizes: [Float]? = nil) -> [(what: Output, elements: [Float])] {
        var results: [(Output, [Float])] = []
        if let differentiable {
            results.append((.gradient, gradient(of: differentiable, at: weights)))
        }
        if let proximal {
            results.append((.proximalPoint, proximalPoint(by: proximal, of: weights, scale: 0.375)))
        }
        if let metricProximal {
            let sizes = stepSizes ?? weights.indices.map { Float($0 % 3 + 1) }
            let point = proximalPoint(by: metricProximal, of: weights, stepSizes: sizes, factor: 0.25)
            results.append((.metricProximalPoint, point))
        }
        return results
    }
}
