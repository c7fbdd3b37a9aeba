import Regularization
import Testing

@Suite("Dropout factors")
struct DropoutFactorsTests {
    /// One unit after the other, as the comments in C say it.
    @Test("A row is SplitMix in 32 bits", arguments: [1, 5, 15, 16, 17, 32, 100])
    func formula(units: Int) {
        let layer = SeededGenerator.number(2, seed: SeededGenerator.number(7, seed: 5))
        let expected = (0..<3).flatMap { row -> [Float] in
            let key = SeededGenerator.number(40 + row, seed: layer)
            let (start, step) = (UInt32(truncatingIfNeeded: key), UInt32(key >> 32) | 1)
            return (0..<units).map { unit in
                var bits = start &+ UInt32(unit) &* step
                bits = (bits ^ bits >> 16) &* 0x21F0_AAAD
                bits = (bits ^ bits >> 15) &* 0x735A_2D97
                return bits ^ 0x8000_0000 < 0x4000_0000 ? 0 : 4.0 / 3
            }
        }
        let factors = factors(rate: 0.25, seed: 5, step: 7, layer: 2, units: units, samples: 40..<43)
        #expect(factors == expected)
    }

    @Test("Any rows of a batch are the same as in the whole")
    func parts() {
        let whole = factors(rate: 0.5, units: 37, samples: 0..<20)
        for range in [0..<1, 3..<9, 19..<20, 0..<20, 8..<8] {
            #expect(
                factors(rate: 0.5, units: 37, samples: range)
                    == Array(whole[37 * range.lowerBound..<37 * range.upperBound]), "range \(range)")
        }
    }

    @Test("At rate 0 nothing is dropped, near 1 almost all")
    func extremes() {
        #expect(
            factors(rate: 0, units: 100, samples: 0..<50).allSatisfy { $0 == 1 },
            "\(factors(rate: 0, units: 100, samples: 0..<50))")
        let few = factors(rate: 1 - 0x1p-10, units: 1000, samples: 0..<100).count { $0 != 0 }
        expectClose(few, 98, within: 50)
        #expect(factors(rate: 0.5, units: 0, samples: 0..<3) == [])
    }

    /// Over neighbors in each direction, and over steps of vectors and of powers of two, where a weak hash
    /// shows.
    @Test(
        "Each unit is dropped at the rate, whatever its neighbors are", arguments: [0.1, 0.5, 0.8] as [Float])
    func independence(rate: Float) {
        let grid = Grid(rate: rate, steps: 16, layers: 4, samples: 24, units: 130)
        #expect(abs(grid.rateDeviation) < 5)
        #expect(abs(grid.dispersion) < 5)
        let shifts = [
            [1, 0, 0, 0], [2, 0, 0, 0], [0, 1, 0, 0], [0, 2, 0, 0], [0, 0, 1, 0], [0, 0, 2, 0], [0, 0, 8, 0],
            [0, 0, 0, 1], [0, 0, 0, 2], [0, 0, 0, 16], [0, 0, 0, 64], [0, 0, 0, 128], [1, 1, 0, 0],
            [1, 0, 1, 0], [0, 1, 1, 0], [0, 0, 1, 1], [1, 0, 0, 1], [0, 1, 0, 1],
        ]
        for shift in shifts { #expect(abs(grid.correlation(at: shift)) < 5, "\(shift)") }
    }

    @Test("Seeds that follow each other have nothing in common")
    func seeds() {
        let (rate, count) = (Float(0.5), 200 * 100)
        let rows = (0..<4).map { factors(rate: rate, seed: $0, units: 100, samples: 0..<200) }
        for (one, other) in [(0, 1), (1, 2), (0, 3)] {
            let agreements = zip(rows[one], rows[other]).count { $0 == $1 }
            #expect(abs(Double(2 * agreements - count)) < 5 * Double(count).squareRoot())
        }
    }

    @Test("Factors that are no whole rows trap")
    func misuse() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            var factors: [Float] = [0, 0, 0]
            var span = factors.mutableSpan
            DropoutFactors(rate: 0.5, seed: 0, step: 0, layer: 0).write(into: &span, units: 2, firstSample: 0)
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.contains("3 factors are no whole number of rows of 2."))
    }
}

/// The factors of the samples of a layer in a step.
private func factors(
    rate: Float, seed: UInt64 = 1, step: Int = 0, layer: Int = 0, units: Int, samples: Range<Int>
) -> [Float] {
    var factors = Array(repeating: Float(7), count: units * samples.count)
    var span = factors.mutableSpan
    DropoutFactors(rate: rate, seed: seed, step: step, layer: layer)
        .write(into: &span, units: units, firstSample: samples.lowerBound)
    return factors
}

/// Which units are dropped in some steps, layers, samples and units.
private struct Grid {
    let rate: Double
    /// The numbers of steps, layers, samples and units.
    let extents: [Int]
    /// 1 − rate where a unit is dropped, else −rate: of mean 0 and variance rate·(1 − rate).
    let deviations: [Double]

    init(rate: Float, steps: Int, layers: Int, samples: Int, units: Int) {
        self.rate = Double(rate)
        extents = [steps, layers, samples, units]
        deviations = (0..<steps).flatMap { step in
            (0..<layers).flatMap { layer in
                factors(rate: rate, step: step, layer: layer, units: units, samples: 0..<samples)
                    .map { ($0 == 0 ? 1 : 0) - Double(rate) }
            }
        }
    }

    private var variance: Double { rate * (1 - rate) }

    /// The number of dropped units less what is expected, in standard deviations.
    var rateDeviation: Double {
        deviations.reduce(0, +) / (Double(deviations.count) * variance).squareRoot()
    }

    /// The squared number of dropped units in a row, less what is expected of a binomial distribution.
    ///
    /// Summed over the rows, in standard deviations; negative where rows are too regular.
    var dispersion: Double {
        let rows = deviations.count / extents[3]
        let sum = (0..<rows).reduce(0.0) { sum, row in
            let dropped = deviations[row * extents[3]..<(row + 1) * extents[3]].reduce(0, +)
            return sum + dropped * dropped / (Double(extents[3]) * variance) - 1
        }
        return sum / Double(2 * rows).squareRoot()
    }

    /// The sum of the products of deviations at a distance, in standard deviations: these products have
    /// variance (rate·(1 − rate))² and are uncorrelated, even where they share a factor.
    func correlation(at shift: [Int]) -> Double {
        let (products, count) = (0..<extents[0] - shift[0]).reduce(into: (0.0, 0)) { result, step in
            for layer in 0..<extents[1] - shift[1] {
                for sample in 0..<extents[2] - shift[2] {
                    let one = start(step, layer, sample)
                    let other = start(step + shift[0], layer + shift[1], sample + shift[2]) + shift[3]
                    let units = extents[3] - shift[3]
                    for unit in 0..<units { result.0 += deviations[one + unit] * deviations[other + unit] }
                    result.1 += units
                }
            }
        }
        return products / (Double(count).squareRoot() * variance)
    }

    private func start(_ step: Int, _ layer: Int, _ sample: Int) -> Int {
        ((step * extents[1] + layer) * extents[2] + sample) * extents[3]
    }
}
