import Testing

@testable import Regularization

/// The kernels of L1 and squared L2 against the same sums in the order that they promise.
struct ElementLoopsTests {
    /// Around the multiples of sixteen lanes.
    static let counts = [0, 1, 7, 15, 16, 17, 31, 33, 64, 1000]

    /// Wide in size, so that another order of addition shows.
    private static func numbers(_ count: Int) -> [Float] {
        var generator = SeededGenerator(seed: UInt64(count))
        return (0..<count).map { _ in
            let power = Int(generator.next() % 41) - 20
            return Float(sign: generator.next() % 2 == 0 ? .plus : .minus, exponent: power, significand: 1)
                * (1 + generator.nextUnitFloat())
        }
    }

    /// Sixteen sums, added in pairs.
    private static func laneSum(_ values: [Float], _ function: (Double) -> Double) -> Double {
        var lanes = Array(repeating: 0.0, count: 16)
        for (index, value) in values.enumerated() { lanes[index % 16] += function(Double(value)) }
        for half in [8, 4, 2, 1] { for lane in 0..<half { lanes[lane] += lanes[lane + half] } }
        return lanes[0]
    }

    @Test("Sums have the same bits with every instruction set", arguments: counts)
    func sums(count: Int) {
        let values = Self.numbers(count)
        #expect(values.span.sumOfMagnitudes == Self.laneSum(values, abs))
        #expect(values.span.sumOfSquares == Self.laneSum(values) { $0 * $0 })
    }

    @Test("A gradient is added, and the sum that comes with it is that alone", arguments: counts)
    func gradients(count: Int) {
        let (weights, start) = (Self.numbers(count), Self.numbers(count).reversed().map { $0 })
        let signs = zip(weights, start).map { $1 + ($0 > 0 ? 0.375 : -0.375) }
        let multiples = zip(weights, start).map { $1 + 0.375 * $0 }
        for (loop, expected, sum) in [
            (GradientLoop.signs, signs, weights.span.sumOfMagnitudes),
            (.weights, multiples, weights.span.sumOfSquares),
        ] {
            var gradient = start
            var span = gradient.mutableSpan
            span.add(loop, of: weights.span, scale: 0.375)
            #expect(gradient == expected)
            gradient = start
            span = gradient.mutableSpan
            #expect(span.addSumming(loop, of: weights.span, scale: 0.375) == sum)
            #expect(gradient == expected)
        }
    }

    @Test("One number that is not finite is found wherever it is", arguments: [1, 7, 16, 33, 300_000])
    func finite(count: Int) {
        func isFinite(_ values: [Float]) -> Bool { values.span.isFinite }
        var values = Self.numbers(count)
        #expect(isFinite(values))
        for index in Set([0, 1, 15, 16, count / 2, count - 1]) where index < count {
            for number in [Float.nan, -.nan, .infinity, -.infinity] {
                let before = values[index]
                values[index] = number
                #expect(!isFinite(values), "\(number) at \(index) of \(count)")
                values[index] = before
            }
        }
        values[count - 1] = -.greatestFiniteMagnitude
        values[0] = .leastNonzeroMagnitude
        #expect(isFinite(values))
    }

    @Test("A zero has no sign, and NaN stays NaN")
    func signsOfZeroAndNaN() {
        var gradient: [Float] = [1, 1, 1, 1]
        var span = gradient.mutableSpan
        span.add(.signs, of: ([0, -0.0, .nan, -.infinity] as [Float]).span, scale: 2)
        #expect(gradient[..<2] == [1, 1])
        #expect(gradient[2].isNaN && gradient[3] == -1)
    }

    @Test("Thresholds and divisors of each weight are those that the scales state", arguments: counts)
    func scales(count: Int) {
        let weights = Self.numbers(count)
        let sizes = Self.numbers(count).reversed().map(abs)
        for ridge in [nil, 0, 0.75] as [Float?] {
            let scales =
                if let ridge {
                    Scales(sizes.span, factor: 0.5, ridge: ridge)
                } else {
                    Scales(uniform: 0.375, count: count)
                }
            var (thresholded, divided) = (weights, weights)
            var span = thresholded.mutableSpan
            span.softThreshold(scales)
            span = divided.mutableSpan
            span.divide(byOnePlus: 1.5, times: scales)
            for index in weights.indices {
                let (weight, scale) = (weights[index], scales[index])
                #expect(
                    thresholded[index] == L1().proximalPoint(of: weight, scale: scale),
                    "ridge \(ridge), index \(index)")
                #expect(divided[index] == weight / (1 + 1.5 * scale), "ridge \(ridge), index \(index)")
            }
        }
    }

    @Test("An author's functions are called for every weight", arguments: [1, 2, 3, 4, 3001, 3002, 3003])
    func authors(count: Int) {
        let tensor = Tensor([count], (0..<count).map { Float($0 * 7919 % 1009) / 504 - 1 })
        let value = tensor.values.reduce(0) { $0 + Unstated().value(at: $1) }
        let slopes = tensor.values.map { 0.5 + 0.25 * Unstated().derivative(at: $0) }
        var gradient = Array(repeating: Float(0.5), count: count)
        var view = MutableWeights(shape: [count], gradient.mutableSpan)
        let found = Unstated().valueAddingGradient(
            at: Weights(shape: [count], tensor.values.span), scale: 0.25, to: &view)
        #expect(abs(found - value) <= 1e-12 * value)
        #expect(abs(tensor.value(Unstated()) - value) <= 1e-12 * value)
        #expect(gradient == slopes)
    }

    @Test("A sum takes long tensors by pieces only where each weight is alone")
    func sums() {
        var generator = SeededGenerator(seed: 9)
        let tensor = Tensor([70, 90], (0..<6300).map { _ in 2 * generator.nextUnitFloat() - 1 })
        let groups = GroupLasso(.columns)
        let expected = zip(tensor.gradient(L1()), tensor.gradient(groups)).map { $0 + $1 }
        #expect(tensor.gradient(L1() + groups) == expected)
        let elastic = zip(tensor.gradient(L1()), tensor.gradient(SquaredL2())).map { $0 + $1 }
        #expect(tensor.gradient(L1() + SquaredL2()) == elastic)
    }
}
