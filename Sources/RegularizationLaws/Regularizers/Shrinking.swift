import Regularization

/// The search for a small and simple tensor at which a regularizer breaks a law.
///
/// It is greedy: of the tensors that are a little simpler than the present one, the first that breaks the law as well
/// replaces it, until none does or the budget is spent. Parts are removed first, then elements become 0, then numbers
/// become simpler.
struct Shrinking {
    let regularizer: any Regularizer
    /// The violation at the simplest tensor so far.
    private(set) var violation: RegularizerViolation
    /// The elements, summed over tensors, that may still be tried, since a law takes time for each of them.
    private var budget: Int

    /// The violation of the same law, with the same seed, at the simplest tensor found.
    static func smallest(_ violation: RegularizerViolation, by regularizer: any Regularizer)
        -> RegularizerViolation
    {
        var shrinking = Shrinking(regularizer: regularizer, violation: violation)
        while shrinking.dropsPart() || shrinking.clearsElements() || shrinking.simplifiesNumber() {}
        return shrinking.violation
    }

    private init(regularizer: any Regularizer, violation: RegularizerViolation) {
        self.regularizer = regularizer
        self.violation = violation
        budget = max(2000, 50 * violation.input.count)
    }

    private var shape: Shape { violation.shape }
    private var weights: [Float] { violation.input }

    /// Replaces the tensor by another and returns true, if the regularizer accepts the shape and breaks the law there
    /// too.
    private mutating func accepts(_ shape: Shape, _ weights: [Float]) -> Bool {
        guard budget > 0, (try? regularizer.check(shape)) != nil else { return false }
        budget -= shape.count + 1
        let subject = Subject(regularizer, shape)
        guard
            let smaller = RegularizerExamination.violation(
                of: violation.law, by: subject, at: weights, seed: violation.seed)
        else { return false }
        violation = smaller
        return true
    }

    /// Removes a part of the tensor: a dimension of size 1, all but the first or the last few indices of a dimension,
    /// or one index.
    ///
    /// Returns whether the law stays broken for any of them; the smallest remainders are tried first.
    private mutating func dropsPart() -> Bool {
        for (dimension, size) in shape.dimensions.enumerated() {
            if size == 1 && shape.rank > 1 {
                var dimensions = shape.dimensions
                dimensions.remove(at: dimension)
                if accepts(Shape(dimensions), weights) { return true }
            }
            let ends = (0..<size).flatMap { [$0..<size, 0..<size - $0] }
            for dropped in ends + (0..<size).map({ $0..<$0 + 1 }) {
                let (smaller, elements) = without(dropped, in: dimension)
                if accepts(smaller, elements) { return true }
            }
        }
        return false
    }

    private func without(_ dropped: Range<Int>, in dimension: Int) -> (Shape, [Float]) {
        var dimensions = shape.dimensions
        let inner = dimensions[(dimension + 1)...].reduce(1, *)
        let elements = weights.indices.filter { !dropped.contains($0 / inner % dimensions[dimension]) }
        dimensions[dimension] -= dropped.count
        return (Shape(dimensions), elements.map { weights[$0] })
    }

    /// Makes elements 0: all, the first or the second half of those that are not, or one; returns whether the law stays
    /// broken.
    private mutating func clearsElements() -> Bool {
        let others = weights.indices.filter { weights[$0] != 0 }
        if others.isEmpty { return false }
        let half = others.count / 2
        let groups = [others, Array(others.prefix(half)), Array(others.dropFirst(half))].filter {
            $0.count > 1
        }
        for cleared in groups + others.map({ [$0] }) {
            var simpler = weights
            for element in cleared { simpler[element] = 0 }
            if accepts(shape, simpler) { return true }
        }
        return false
    }

    /// Makes a number simpler, wherever it occurs or at one element; returns whether the law stays broken.
    ///
    /// Tried are 1, −1, the magnitude, powers of two with half the exponent and with the same, and the whole numbers
    /// around.
    private mutating func simplifiesNumber() -> Bool {
        for (element, number) in weights.enumerated() where number != 0 {
            let power = Float(sign: number.sign, exponent: number.exponent, significand: 1)
            let root = Float(sign: number.sign, exponent: number.exponent / 2, significand: 1)
            for candidate in [
                1, -1, abs(number), root, power, number.rounded(), number.rounded(.awayFromZero),
            ]
            where candidate != 0 && complexity(of: candidate) < complexity(of: number) {
                if accepts(shape, weights.map { $0 == number ? candidate : $0 }) { return true }
                if accepts(shape, weights.with(element, candidate)) { return true }
            }
        }
        return false
    }

    /// The complexity of a number: less for fewer binary digits, for an exponent nearer to 0 and for positive numbers.
    private func complexity(of number: Float) -> Int {
        2 * (number.significandWidth + abs(Int(number.exponent))) + (number < 0 ? 1 : 0)
    }
}
