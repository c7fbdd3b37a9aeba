internal import CKernels

/// A number that depends on the training step, counted from 0: a strength or a learning rate.
///
/// A literal is a constant. Between their end points the shapes below are exact at both ends and constant
/// after the last.
public struct Schedule: Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    let shape: Shape

    enum Shape: Sendable {
        case constant(Double)
        case linear(from: Double, to: Double, over: Int)
        case cosine(from: Double, to: Double, over: Int)
        case exponential(from: Double, to: Double, over: Int)
        case piecewise([(start: Int, value: Double)])
        case closure(@Sendable (Int) -> Double)
    }

    /// A number computed from the step.
    public init(_ value: @escaping @Sendable (_ step: Int) -> Double) {
        shape = .closure(value)
    }

    /// A constant.
    public init(floatLiteral value: Double) { self = .constant(value) }

    /// A constant.
    public init(integerLiteral value: Int) { self = .constant(Double(value)) }

    init(checking shape: Shape) throws(ParameterError) {
        switch shape {
        case .linear(_, _, let steps), .cosine(_, _, let steps), .exponential(_, _, let steps):
            if steps < 0 { throw ParameterError("A number of steps is 0 or more, not \(steps).", at: "over") }
        case .piecewise(let pieces):
            if pieces.isEmpty { throw ParameterError("A piecewise schedule needs a piece.") }
            guard zip(pieces, pieces.dropFirst()).allSatisfy({ $0.start < $1.start }) else {
                throw ParameterError("The pieces of a schedule start one after the other.")
            }
        case .constant, .closure: break
        }
        if case .exponential(let start, let end, _) = shape, !(start > 0 && end > 0) {
            throw ParameterError(
                "An exponential schedule goes between positive numbers, not from \(start) to \(end).")
        }
        self.shape = shape
    }

    /// The number at a step.
    public func value(at step: Int) -> Double {
        switch shape {
        case .constant(let value):
            return value
        case .linear(let start, let end, let steps):
            return Self.mix(start, end, Self.progress(step, steps))
        case .cosine(let start, let end, let steps):
            return Self.mix(start, end, (1 - ck_cosine(.pi * Self.progress(step, steps))) / 2)
        case .exponential(let start, let end, let steps):
            let share = Self.progress(step, steps)
            return ck_power(start, 1 - share) * ck_power(end, share)
        case .piecewise(let pieces):
            return (pieces.last { $0.start <= step } ?? pieces[0]).value
        case .closure(let value):
            return value(step)
        }
    }

    /// The step from which on the number stays the same: 0 for a constant, and for a closure, of which it is not known.
    public var end: Int {
        switch shape {
        case .constant, .closure: 0
        case .linear(_, _, let steps), .cosine(_, _, let steps), .exponential(_, _, let steps): steps
        case .piecewise(let pieces): max(pieces[pieces.count - 1].start, 0)
        }
    }

    /// The first at share 0 and the second at share 1, both exactly, which start + (end − start) is not.
    private static func mix(_ start: Double, _ end: Double, _ share: Double) -> Double {
        start * (1 - share) + end * share
    }

    private static func progress(_ step: Int, _ steps: Int) -> Double {
        steps <= 0 ? 1 : Double(min(max(step, 0), steps)) / Double(steps)
    }

    /// The numbers that decide whether a strength is valid at every step; for a closure the one at step 0.
    var extremes: [Double] {
        switch shape {
        case .constant(let value): [value]
        case .linear(let start, let end, _), .cosine(let start, let end, _),
            .exponential(let start, let end, _):
            [start, end]
        case .piecewise(let pieces): pieces.map(\.value)
        case .closure(let value): [value(0)]
        }
    }
}

/// The schedules, where a strength is asked for.
extension ScheduleConvertible where Self == Schedule {
    /// The same number at every step.
    public static func constant(_ value: Double) -> Schedule {
        trapping(try Schedule(checking: .constant(value)))
    }

    /// A straight line from one number to another over some steps; traps if they are negative.
    public static func linear(from start: Double, to end: Double, over steps: Int) -> Schedule {
        trapping(try Schedule(checking: .linear(from: start, to: end, over: steps)))
    }

    /// A straight line from 0 to a number over some steps.
    public static func warmUp(to value: Double, over steps: Int) -> Schedule {
        .linear(from: 0, to: value, over: steps)
    }

    /// Half a cosine wave from one number to another over some steps; traps if they are negative.
    public static func cosine(from start: Double, to end: Double, over steps: Int) -> Schedule {
        trapping(try Schedule(checking: .cosine(from: start, to: end, over: steps)))
    }

    /// A geometric sequence from one positive number to another over some steps: the same factor at each.
    ///
    /// Traps unless both are positive; a strength that begins or ends at 0 is linear or cosine.
    public static func exponential(from start: Double, to end: Double, over steps: Int) -> Schedule {
        trapping(try Schedule(checking: .exponential(from: start, to: end, over: steps)))
    }

    /// Constant pieces, each from its start on; before the first start the value of the first.
    ///
    /// Traps if there is no piece or if the starts do not rise.
    public static func piecewise(_ pieces: [(start: Int, value: Double)]) -> Schedule {
        trapping(try Schedule(checking: .piecewise(pieces)))
    }
}

/// What can be a strength: a number, which is constant, or a `Schedule`.
///
///     strength: 1e-3        strength: lambda / 2        strength: .warmUp(to: 1e-2, over: 1_000)
public protocol ScheduleConvertible {
    /// The number at each training step.
    var schedule: Schedule { get }
}

extension Schedule: ScheduleConvertible {
    /// Itself.
    public var schedule: Schedule { self }
}

extension Double: ScheduleConvertible {
    /// The number at every step.
    public var schedule: Schedule { .constant(self) }
}

extension Float: ScheduleConvertible {
    /// The number at every step.
    public var schedule: Schedule { .constant(Double(self)) }
}

extension Int: ScheduleConvertible {
    /// The number at every step.
    public var schedule: Schedule { .constant(Double(self)) }
}

extension Schedule: CustomStringConvertible {
    /// The number, or the shape with its ends, as `0.0 → 0.01 over 1000`.
    public var description: String {
        switch shape {
        case .constant(let value): "\(value)"
        case .linear(let start, let end, let steps): "\(start) → \(end) over \(steps)"
        case .cosine(let start, let end, let steps): "\(start) → \(end) over \(steps), cosine"
        case .exponential(let start, let end, let steps): "\(start) → \(end) over \(steps), exponential"
        case .piecewise(let pieces): pieces.map { "\($0.value) from \($0.start)" }.joined(separator: ", ")
        case .closure: "by step"
        }
    }
}
