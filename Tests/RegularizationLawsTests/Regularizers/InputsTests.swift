import Regularization
import RegularizationLaws
import Synchronization
import Testing

@Suite("Laws are checked at weights of many kinds")
struct InputsTests {
    struct Kind: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let includes: @Sendable (_ weights: [Float], _ shape: Shape, _ scale: Float) -> Bool
    }

    static let kinds = [
        Kind(testDescription: "all above a million") { weights, _, _ in
            !weights.isEmpty && weights.allSatisfy { abs($0) > 1e6 / 512 }
                && weights.contains { abs($0) > 1e6 }
        },
        Kind(testDescription: "all below a millionth") { weights, _, _ in
            weights.allSatisfy { abs($0) < 1e-6 } && weights.contains { $0 != 0 }
        },
        Kind(testDescription: "an element on the threshold") { weights, _, scale in
            weights.contains { abs($0) == scale }
        },
        Kind(testDescription: "opposite elements") { weights, _, _ in
            weights.contains { $0 != 0 && weights.contains(-$0) }
        },
        Kind(testDescription: "a zero row and a zero column") { weights, shape, _ in
            let rows = rows(of: weights, shape)
            return rows.contains { $0.allSatisfy { $0 == 0 } } && rows.contains { $0[0] != 0 }
                && (0..<shape.columns).contains { column in rows.allSatisfy { $0[column] == 0 } }
        },
        Kind(testDescription: "equal rows that are not zero") { weights, shape, _ in
            let rows = rows(of: weights, shape)
            return rows.count > 2 && Set(rows).count == 1 && !rows[0].contains(0)
        },
        Kind(testDescription: "one number in each row, repeated") { weights, shape, _ in
            let numbers = rows(of: weights, shape).map { row in row.filter { $0 != 0 } }
            return numbers.count > 2 && numbers.allSatisfy { $0.count == 1 } && numbers[0] == numbers[1]
        },
        Kind(testDescription: "a row whose norm is on the threshold") { weights, shape, scale in
            rows(of: weights, shape).contains { row in
                row.count > 1 && row.reduce(0) { $0 + $1 * $1 }.squareRoot() == scale
            }
        },
    ]

    private static func rows(of weights: [Float], _ shape: Shape) -> [[Float]] {
        if shape.count == 0 || shape.rank < 2 { return [] }
        return (0..<shape.rows).map { row in
            Array(weights[row * shape.columns..<(row + 1) * shape.columns])
        }
    }

    @Test("A proximal point that is wrong at one kind of weights alone is caught", arguments: kinds)
    func wrongAtOneKind(kind: Kind) {
        for seed in 0..<3 as Range<UInt64> {
            let violations = RegularizerLaws.violations(of: StaysAt(kind: kind), seed: seed)
            #expect(violations.contains { $0.law == .proximalPointIsMinimal }, "seed \(seed): \(violations)")
        }
    }

    @Test("The same seed gives the same weights, another seed others")
    func seeds() {
        let seen = ([4, 4, 5] as [UInt64]).map { seed in
            let recorder = RecordsWeights()
            _ = RegularizerLaws.violations(of: recorder, seed: seed)
            return recorder.seen.withLock { $0 }
        }
        #expect(seen[0] == seen[1])
        #expect(seen[0] != seen[2])
    }
}

/// L1 whose proximal point is the point itself at one kind of weights.
private struct StaysAt: ProximalRegularizer {
    let kind: InputsTests.Kind
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { L1().value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        let elements = (0..<weights.count).map { weights[$0] }
        if !kind.includes(elements, weights.shape, scale) { L1().applyProx(to: &weights, scale: scale) }
    }
}

/// L1 that remembers where its value was asked for.
private final class RecordsWeights: Regularizer {
    let seen = Mutex<[[UInt32]]>([])
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double {
        let elements = (0..<weights.count).map { weights[$0].bitPattern }
        seen.withLock { $0.append(elements) }
        return L1().value(at: weights)
    }
}
