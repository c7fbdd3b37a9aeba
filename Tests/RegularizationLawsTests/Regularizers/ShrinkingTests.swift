import Regularization
import RegularizationLaws
import Synchronization
import Testing

@Suite("A violation is shown at a small and simple tensor, and reproduces there")
struct ShrinkingTests {
    @Test("Wrong above 1: one number", arguments: 0..<10 as Range<UInt64>)
    func wrongAboveOne(seed: UInt64) throws {
        let violations = RegularizerLaws.violations(of: WrongAboveOne(), seed: seed)
        let violation = try #require(violations.first { $0.law == .gradientIsDerivative })
        #expect(violation.shape == [1])
        #expect(violation.input == [2])
    }

    @Test("Wrong in the third column: three columns, one of them not zero")
    func wrongInThirdColumn() throws {
        let violations = RegularizerLaws.violations(of: WrongInThirdColumn())
        let violation = try #require(violations.first { $0.law == .gradientIsDerivative })
        #expect(violation.shape == [3])
        #expect(violation.input == [0, 0, 1])
    }

    @Test("Wrong where a row is repeated: two rows of one number")
    func wrongForEqualRows() throws {
        let violations = RegularizerLaws.violations(of: WrongForEqualRows())
        let violation = try #require(violations.first { $0.law == .gradientIsDerivative })
        #expect(violation.shape == [2, 1])
        #expect(violation.input == [1, 1])
    }

    @Test("Shapes that the regularizer does not accept are not tried")
    func acceptedShapes() throws {
        let violations = RegularizerLaws.violations(of: WrongForPairs())
        let violation = try #require(violations.first { $0.law == .gradientIsDerivative })
        #expect(violation.shape == [2, 1])
        #expect(violation.input == [1, 0] || violation.input == [0, 1])
    }

    @Test("Every violation is found again at its weights", arguments: brokenRegularizers)
    func reproduces(broken: BrokenRegularizer) {
        let regularizer = broken.subject
        for violation in RegularizerLaws.violations(of: regularizer, seed: 3)
        where violation.law != .acceptsSomeShape {
            let again = RegularizerLaws.violations(
                of: regularizer, at: violation.input, shape: violation.shape, seed: violation.seed)
            // What else a regularizer with state breaks depends on the calls before.
            if broken.law == .isRepeatable {
                #expect(
                    violation.law != .isRepeatable || again.map(\.law).contains(.isRepeatable),
                    "\(violation) became \(again)")
            } else {
                #expect(again.contains(violation), "\(violation) became \(again)")
            }
        }
    }

    @Test("The search ends soon where nothing gets simpler")
    func budget() throws {
        let regularizer = WrongWithoutZeros()
        #expect(
            RegularizerLaws.violations(of: regularizer, shapes: [[6, 4]]).map(\.law) == [.gradientIsAdded])
        #expect(regularizer.checks.load(ordering: .relaxed) < 300)
    }

    @Test("Weights that no law can be asked of are a violation of the shapes")
    func refusedShape() throws {
        let violations = RegularizerLaws.violations(
            of: GroupLasso(.blocks(rows: 2, columns: 2)), at: [1, 2, 3], shape: [3])
        #expect(violations.map(\.law) == [.acceptsSomeShape])
    }
}

/// SquaredL2 whose gradient is twice too large above 1.
private struct WrongAboveOne: DifferentiableElementwiseRegularizer {
    func value(at weight: Float) -> Double { 0.5 * Double(weight) * Double(weight) }
    func derivative(at weight: Float) -> Float { weight > 1 ? 2 * weight : weight }
}

/// SquaredL2 whose gradient is twice too large in the third column.
private struct WrongInThirdColumn: DifferentiableRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { SquaredL2().value(at: weights) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        for row in 0..<weights.shape.rows {
            for column in 0..<weights.shape.columns {
                gradient[row: row, column: column] +=
                    scale * weights[row: row, column: column] * (column == 2 ? 2 : 1)
            }
        }
    }
}

/// SquaredL2 whose gradient is twice too large where the first two rows are equal.
private struct WrongForEqualRows: DifferentiableRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { SquaredL2().value(at: weights) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        let columns = 0..<weights.shape.columns
        let isRepeated =
            weights.shape.rows > 1
            && columns.allSatisfy { weights[row: 0, column: $0] == weights[row: 1, column: $0] }
        SquaredL2().addGradient(at: weights, scale: isRepeated ? 2 * scale : scale, to: &gradient)
    }
}

/// SquaredL2 of an even number of rows whose gradient is twice too large.
private struct WrongForPairs: DifferentiableRegularizer {
    func check(_ shape: Shape) throws {
        if shape.rows % 2 != 0 || shape.count == 0 { throw ShapeError("rows come in pairs") }
    }
    func value(at weights: Weights) -> Double { SquaredL2().value(at: weights) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        SquaredL2().addGradient(at: weights, scale: 2 * scale, to: &gradient)
    }
}

/// SquaredL2 of 6 × 4 weights whose gradient is wrong for one scale where no weight is 0; it counts its checks.
private final class WrongWithoutZeros: DifferentiableRegularizer {
    let checks = Atomic(0)
    func check(_ shape: Shape) throws {
        checks.add(1, ordering: .relaxed)
        if shape != [6, 4] { throw ShapeError("there are 6 × 4 weights") }
    }
    func value(at weights: Weights) -> Double { SquaredL2().value(at: weights) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        let isWrong = scale != 1 && (0..<weights.count).allSatisfy { weights[$0] != 0 }
        SquaredL2().addGradient(at: weights, scale: isWrong ? 2 * scale : scale, to: &gradient)
    }
}
