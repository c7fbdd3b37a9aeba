import Regularization
import Testing

@Suite("SeededGenerator")
struct SeededGeneratorTests {
    @Test("The published numbers of SplitMix64 for the seed 1234567")
    func published() {
        var generator = SeededGenerator(seed: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
        #expect(expected.map { _ in generator.next() } == expected)
        #expect(expected.indices.map { SeededGenerator.number($0, seed: 1_234_567) } == expected)
    }

    @Test("Unit numbers are in [0, 1) and fill it")
    func unit() {
        var generator = SeededGenerator(seed: 1)
        let numbers = (0..<1_000).map { _ in generator.nextUnitFloat() }
        #expect(numbers.allSatisfy { (0..<1).contains($0) }, "\(numbers)")
        expectClose(numbers.reduce(0, +) / 1_000, 0.5, within: 0.05)
    }
}
