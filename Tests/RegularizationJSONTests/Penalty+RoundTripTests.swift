import Foundation
import Regularization
import RegularizationJSON
import Testing

/// What can be built can be written and read back, to the letter: random penalties of everything that there is.
@Suite("What can be built can be written and read")
struct PenaltyRoundTripTests {
    @Test("A random penalty is the same penalty when it has been written and read", arguments: 0..<400)
    func penalties(seed: Int) throws {
        var random = RandomPenalties(seed: UInt64(seed))
        let penalty = random.penalty()
        let registry = RegularizerRegistry.builtIn
        let text = try registry.encode([penalty])
        let read = try #require(try registry.decode([Penalty].self, from: text).first)
        let again = try registry.encode([read])
        #expect(again == text, "\(String(decoding: text, as: UTF8.self))")
        #expect(read.view == penalty.view && "\(read.view)" == "\(penalty.view)")
        #expect(Array(read.label.utf8) == Array(penalty.label.utf8))
        #expect(read.stage == penalty.stage && read.metric == penalty.metric)
        #expect(read.strengthFactor == penalty.strengthFactor)
        #expect("\(read.strength)" == "\(penalty.strength)" && read.strength.end == penalty.strength.end)
        for step in [-1, 0, 1, 3, 50, 1_000_000] {
            #expect(read.strength.value(at: step).bitPattern == penalty.strength.value(at: step).bitPattern)
        }
        let (was, now) = (penalty.regularizer, read.regularizer)
        #expect(now.name == was.name && now.structure == was.structure && now.properties == was.properties)
        #expect((now is any DifferentiableRegularizer) == (was is any DifferentiableRegularizer))
        #expect((now is any ProximalRegularizer) == (was is any ProximalRegularizer))
        #expect((now is any MetricProximalRegularizer) == (was is any MetricProximalRegularizer))
        expectSameFunction(now, was)
    }

    /// Both have the same value, gradient and proximal point at some weights, to the bit.
    private func expectSameFunction(_ a: any Regularizer, _ b: any Regularizer) {
        let parameters = Parameters([("w", [2, 3], [0.3, -0.2, 0.5, 0, 1.25, -2])])
        guard (try? b.check([2, 3])) != nil else { return }
        #expect(
            a.value(at: parameters.weights(0)).bitPattern == b.value(at: parameters.weights(0)).bitPattern)
        if let a = a as? any DifferentiableRegularizer, let b = b as? any DifferentiableRegularizer {
            func gradient(_ regularizer: any DifferentiableRegularizer) -> [UInt32] {
                var gradients = Gradients(like: parameters)
                var view = gradients.mutableWeights(0)
                regularizer.addGradient(at: parameters.weights(0), scale: 0.5, to: &view)
                let elements = gradients.elements
                return elements.indices.map { elements[$0].bitPattern }
            }
            #expect(gradient(a) == gradient(b))
        }
        if let a = a as? any ProximalRegularizer, let b = b as? any ProximalRegularizer {
            #expect(a.refusal == b.refusal)
            if a.refusal != nil { return }
            func point(_ regularizer: any ProximalRegularizer) -> [UInt32] {
                var parameters = parameters
                var view = parameters.mutableWeights(0)
                regularizer.applyProx(to: &view, scale: 0.25)
                let elements = parameters.elements
                return elements.indices.map { elements[$0].bitPattern }
            }
            #expect(point(a) == point(b))
        }
    }

    @Test("The generator makes everything that there is")
    func generator() throws {
        var text = ""
        for seed in 0..<400 {
            var random = RandomPenalties(seed: UInt64(seed))
            text += String(decoding: try RegularizerRegistry.builtIn.encode(random.penalty()), as: UTF8.self)
        }
        let words =
            RegularizerRegistry.builtIn.names + [
                "sum", "multiple", "iterative", "lossTerm", "proximalStep", "decay", "linear", "cosine",
                "exponential", "piecewise", "all", "weights", "biases", "named", "exactly", "rank",
                "matching",
                "and", "or", "not", "units", "incoming", "outgoing", "stacked", "joined", "transposed",
                "eachUnit",
                "rows", "columns", "whole", "blocks", "indexSets", "custom", "squareRootOfSize", "euclidean",
                "squareRootOfFanIn", "squareRootOfCount", "reciprocalOfCount", "byName",
            ]
        #expect(words.filter { !text.contains("\"\($0)\"") } == [])
    }
}

/// Random penalties that are valid, of a seed.
private struct RandomPenalties: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    private mutating func upTo(_ count: Int) -> Int { Int.random(in: 0..<count, using: &self) }

    private mutating func list<Value>(_ counts: ClosedRange<Int>, of make: (inout Self) -> Value) -> [Value] {
        (0..<Int.random(in: counts, using: &self)).map { _ in make(&self) }
    }

    /// A positive number that Float holds, of any magnitude.
    private mutating func number(upTo largest: Double = 1e30) -> Double {
        switch upTo(4) {
        case 0: return Double(1 + upTo(3))
        case 1: return Double.random(in: 0..<1, using: &self) + 1e-3
        default:
            let power = Double.random(in: -30...log10(largest), using: &self)
            return min(largest, Double.random(in: 1..<10, using: &self) * pow(10, power - 1))
        }
    }

    private mutating func numberOrZero() -> Double { upTo(5) == 0 ? 0 : number() }
    private mutating func float() -> Float { Float(number()) * (Bool.random(using: &self) ? 1 : -1) }

    private mutating func text() -> String {
        let pieces = [
            "a", "0", ".", "*", "**", "weight", "\"", "\\", "/", "é", "e\u{301}", "😀", "\n", "\u{0}",
            "\u{7F}", " ",
            "\u{2028}", "[", "{", "fully.0.weight",
        ]
        return list(0...6) { pieces[$0.upTo(pieces.count)] }.joined()
    }

    mutating func penalty() -> Penalty {
        let label = upTo(3) == 0 ? text() : nil
        if upTo(8) == 0 { return .decay(strength(), on: view(2), label: label ?? "decay") }
        while true {
            let regularizer = regularizer(2)
            let isProximal = Bool.random(using: &self)
            if !isProximal, let regularizer = regularizer as? any DifferentiableRegularizer {
                return .lossTerm(regularizer, strength: strength(), on: view(3), label: label)
                    .multiplyingStrength(by: strengthFactor())
            }
            if isProximal, let regularizer = regularizer as? any ProximalRegularizer {
                return .proximalStep(
                    regularizer, strength: strength(), on: view(3),
                    metric: Bool.random(using: &self) ? .euclidean : .optimizer, label: label
                ).multiplyingStrength(by: strengthFactor())
            }
        }
    }

    private mutating func strengthFactor() -> StrengthFactor {
        switch upTo(8) {
        case 0: .squareRootOfFanIn
        case 1: .squareRootOfCount
        case 2: .reciprocalOfCount
        case 3: .byName(Dictionary(list(0...3) { ($0.text(), $0.numberOrZero()) }) { first, _ in first })
        default: .one
        }
    }

    private mutating func strength() -> Schedule {
        let steps = upTo(3) == 0 ? upTo(Int.max) : upTo(100)
        switch upTo(7) {
        case 0: return .linear(from: numberOrZero(), to: numberOrZero(), over: steps)
        case 1: return .cosine(from: numberOrZero(), to: numberOrZero(), over: steps)
        case 2: return .exponential(from: number(), to: number(), over: steps)
        case 3:
            let starts = Set(list(1...5) { $0.upTo(100) }).sorted()
            return .piecewise(starts.map { ($0, numberOrZero()) })
        default: return .constant(numberOrZero())
        }
    }

    private mutating func filter(_ levels: Int) -> ParameterFilter {
        switch upTo(levels > 0 ? 11 : 7) {
        case 0: return .all
        case 1: return .weights
        case 2: return .biases
        case 3: return .named(text())
        case 4: return .exactly(list(1...3) { $0.text() })
        case 5: return .rank(upTo(4))
        case 6: return .matching(["conv\\d+", "a|b", ".*\\.weight", "[a-c]{2,3}"][upTo(4)])
        case 7, 8: return list(1...3) { $0.filter(levels - 1) }.reduce(filter(levels - 1), &&)
        case 9: return list(1...3) { $0.filter(levels - 1) }.reduce(filter(levels - 1), ||)
        default: return !filter(levels - 1)
        }
    }

    private mutating func view(_ levels: Int) -> ParameterView {
        switch upTo(levels > 0 ? 8 : 2) {
        case 2: return .units(incoming: filter(1), bias: Bool.random(using: &self) ? filter(0) : nil)
        case 3: return .units(outgoing: filter(1))
        case 4: return .stacked(list(1...3) { $0.view(levels - 1) })
        case 5: return .joined(list(1...3) { $0.view(levels - 1) })
        case 6: return view(levels - 1).transposed
        case 7: return view(levels - 1).eachUnit
        default: return filter(levels + 1).view
        }
    }

    private mutating func groups() -> Groups {
        switch upTo(6) {
        case 0: return .rows
        case 1: return .columns
        case 2: return .whole
        case 3: return .blocks(rows: 1 + upTo(2), columns: 1 + upTo(3))
        default:
            var sets: [[Int]] = Array(repeating: [], count: 1 + upTo(3))
            for element in 0..<6 where upTo(4) > 0 { sets[upTo(sets.count)].append(element) }
            return .indexSets(sets)
        }
    }

    private mutating func weighting() -> GroupWeighting {
        [.none, .squareRootOfSize, .custom(list(0...4) { $0.numberOrZero() })][upTo(3)]
    }

    private mutating func regularizer(_ levels: Int) -> any Regularizer {
        if levels > 0, upTo(3) == 0 { return composition(levels - 1) }
        let (threshold, excess) = (number(upTo: 1e15), number(upTo: 1e15))
        switch upTo(33) {
        case 0: let bounds = [float(), float()].sorted(); return Box(bounds[0]...bounds[1])
        case 1: return Box(float() ... .infinity)
        case 2: return Box(-.infinity...float())
        case 3: return GroupL0Ball(groups(), count: upTo(5))
        case 4: return GroupLInfinity(groups(), weighting: weighting())
        case 5: return GroupLasso(groups(), weighting: weighting())
        case 6: return GroupMCP(groups(), threshold: threshold, concavity: excess)
        case 7: return GroupSCAD(groups(), threshold: threshold, concavity: 2.001 + excess)
        case 8: return Huber(delta: threshold)
        case 9: return L0()
        case 10: return L0Ball(groups(), count: upTo(9))
        case 11: return L1()
        case 12: return L1Ball(groups(), radius: threshold)
        case 13: return L2Ball(groups(), radius: threshold)
        case 14: return L2Sphere(groups(), radius: threshold)
        case 15: return LHalf()
        case 16: return LogCosh()
        case 17: return LogSum(epsilon: threshold)
        case 18: return MCP(threshold: threshold, concavity: excess)
        case 19: return MutualCoherence()
        case 20: return NestedGroupLasso(GroupLasso(.rows), GroupLasso(.whole, weighting: weighting()))
        case 21: return Nonnegative()
        case 22: return NuclearNorm()
        case 23: return Orthogonality()
        case 24: return RankBall(rank: 1 + upTo(5))
        case 25: return SCAD(threshold: threshold, concavity: 2.001 + excess)
        case 26: return [SpectralNorm(), SquaredL2(), Stiefel()][upTo(3)]
        case 27: return Simplex(groups(), total: threshold)
        case 28: return SortedL1(factors: list(0...6) { $0.numberOrZero() }.sorted(by: >))
        case 29: return SquaredDistance(to: list(0...6) { $0.float() })
        case 30: return TotalVariation(along: Bool.random(using: &self) ? .rows : .columns)
        case 31: return WeightedL1(list(0...6) { Float($0.numberOrZero()) })
        default: return SRIP()
        }
    }

    private mutating func composition(_ levels: Int) -> any Regularizer {
        func add<A: Regularizer, B: Regularizer>(_ a: A, _ b: B) -> any Regularizer { a + b }
        func multiply(_ a: some Regularizer, by factor: Double) -> any Regularizer { factor * a }
        func iterate(_ a: some ProximalRegularizer, _ tolerance: Double) -> any Regularizer {
            a.iterative(tolerance: tolerance)
        }
        let first = regularizer(levels)
        if upTo(3) == 0 { return multiply(first, by: numberOrZero()) }
        if upTo(3) == 0, let first = first as? any ProximalRegularizer {
            return iterate(first, pow(10, Double.random(in: -6 ... -1, using: &self)))
        }
        var sum = first
        for part in list(1...3, of: { $0.regularizer(levels) }) { sum = add(sum, part) }
        return sum
    }
}
