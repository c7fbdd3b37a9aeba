internal import CKernels

/// A number that depends on the training step, such as a strength or a learning rate; steps are counted from 0.
///
/// A literal is a constant. Linear, cosine and exponential schedules begin at step 0, reach both of their numbers
/// exactly, and are constant after their last step.
public struct Schedule: Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    let form: Form

    enum Form: Sendable {
        case constant(Double)
        case linear(from: Double, to: Double, over: Int)
        case cosine(from: Double, to: Double, over: Int)
        case exponential(from: Double, to: Double, over: Int)
        case piecewise([(start: Int, value: Double)])
        case closure(@Sendable (Int) -> Double)

        /// The numbers that were given; none of a closure.
        var numbers: [Double] {
            switch self {
            case .constant(let value): [value]
            case .linear(let start, let end, _), .cosine(let start, let end, _),
                .exponential(let start, let end, _):
                [start, end]
            case .piecewise(let pieces): pieces.map(\.value)
            case .closure: []
            }
        }
    }

    /// Makes a schedule from a function of the step.
    ///
    /// The function is evaluated at any step, so it has to return the same number for the same step.
    public init(_ value: @escaping @Sendable (_ step: Int) -> Double) {
        form = .closure(value)
    }

    /// Makes a constant schedule.
    public init(floatLiteral value: Double) { self = .constant(value) }

    /// Makes a constant schedule.
    public init(integerLiteral value: Int) { self = .constant(Double(value)) }

    init(checking form: Form) throws(ArgumentError) {
        switch form {
        case .linear(_, _, let steps), .cosine(_, _, let steps), .exponential(_, _, let steps):
            if steps < 0 { throw ArgumentError("A number of steps is 0 or more, not \(steps).", at: "over") }
        case .piecewise(let pieces):
            if pieces.isEmpty { throw ArgumentError("A piecewise schedule needs a piece.") }
            guard zip(pieces, pieces.dropFirst()).allSatisfy({ $0.start < $1.start }) else {
                throw ArgumentError("The pieces of a schedule start one after the other.")
            }
        case .constant, .closure: break
        }
        if let number = form.numbers.first(where: { !$0.isFinite }) {
            throw ArgumentError("The numbers of a schedule are finite, unlike \(number).")
        }
        if case .exponential(let start, let end, _) = form, !(start > 0 && end > 0) {
            throw ArgumentError(
                "An exponential schedule goes between positive numbers, not from \(start) to \(end).")
        }
        self.form = form
    }

    /// The number at a step; linear, cosine and exponential schedules have their first number at negative steps.
    public func value(at step: Int) -> Double {
        switch form {
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

    /// The first step from which on the number stays the same; 0 for a constant, and for a closure, whose end is not
    /// known.
    public var end: Int {
        switch form {
        case .constant, .closure: 0
        case .linear(_, _, let steps), .cosine(_, _, let steps), .exponential(_, _, let steps): steps
        case .piecewise(let pieces): max(pieces[pieces.count - 1].start, 0)
        }
    }

    /// start · (1 − share) + end · share, which is exact at share 0 and share 1, unlike start + (end − start) · share.
    private static func mix(_ start: Double, _ end: Double, _ share: Double) -> Double {
        start * (1 - share) + end * share
    }

    /// The share of the steps that have passed, from 0 to 1; 1 if there are no steps.
    private static func progress(_ step: Int, _ steps: Int) -> Double {
        steps <= 0 ? 1 : Double(min(max(step, 0), steps)) / Double(steps)
    }

    /// Numbers between which all others lie, which decide whether a strength is valid at every step; for a closure, the
    /// number at step 0.
    var extremes: [Double] {
        if case .closure(let value) = form { [value(0)] } else { form.numbers }
    }
}

/// The schedules as static members, for arguments that take a strength or a learning rate.
extension ScheduleConvertible where Self == Schedule {
    /// The same number at every step; traps unless it is finite.
    public static func constant(_ value: Double) -> Schedule {
        trapping(try Schedule(checking: .constant(value)))
    }

    /// A straight line from one number to another over a number of steps, 0 or more; traps if that is negative, or if
    /// one of the numbers is not finite.
    public static func linear(from start: Double, to end: Double, over steps: Int) -> Schedule {
        trapping(try Schedule(checking: .linear(from: start, to: end, over: steps)))
    }

    /// A straight line from 0 to a number over a number of steps, 0 or more; traps if that is negative, or if the
    /// number is not finite.
    public static func warmUp(to value: Double, over steps: Int) -> Schedule {
        .linear(from: 0, to: value, over: steps)
    }

    /// Half a cosine wave from one number to another over a number of steps, 0 or more; traps if that is
    /// negative, or if one of the numbers is not finite.
    public static func cosine(from start: Double, to end: Double, over steps: Int) -> Schedule {
        trapping(try Schedule(checking: .cosine(from: start, to: end, over: steps)))
    }

    /// A geometric sequence from one positive number to another over a number of steps: the same factor at each step.
    ///
    /// Traps unless both numbers are positive and finite and the number of steps is 0 or more; a strength that begins
    /// or ends at 0 is linear or cosine.
    public static func exponential(from start: Double, to end: Double, over steps: Int) -> Schedule {
        trapping(try Schedule(checking: .exponential(from: start, to: end, over: steps)))
    }

    /// Constant values, each from its first step on; before the first of these steps, the first value.
    ///
    /// Traps if there is no value, if one is not finite, or if the first steps do not rise.
    public static func piecewise(_ pieces: [(start: Int, value: Double)]) -> Schedule {
        trapping(try Schedule(checking: .piecewise(pieces)))
    }
}

/// A value that can be given as a strength or a learning rate: a number, which is constant, or a `Schedule`.
///
///     strength: 1e-3        strength: lambda / 2        strength: .warmUp(to: 1e-2, over: 1_000)
public protocol ScheduleConvertible {
    /// The number at each training step, as a schedule.
    var schedule: Schedule { get }
}

extension Schedule: ScheduleConvertible {
    /// The schedule itself.
    public var schedule: Schedule { self }
}

extension Double: ScheduleConvertible {
    /// A schedule with this number at every step; traps unless it is finite.
    public var schedule: Schedule { .constant(self) }
}

extension Float: ScheduleConvertible {
    /// A schedule with this number at every step; traps unless it is finite.
    public var schedule: Schedule { .constant(Double(self)) }
}

extension Int: ScheduleConvertible {
    /// A schedule with this number at every step; traps unless it is finite.
    public var schedule: Schedule { .constant(Double(self)) }
}

extension Schedule: CustomStringConvertible {
    /// The number, or the shape with the numbers at its ends, as `0.0 → 0.01 over 1000`.
    public var description: String {
        switch form {
        case .constant(let value): "\(value)"
        case .linear(let start, let end, let steps): "\(start) → \(end) over \(steps)"
        case .cosine(let start, let end, let steps): "\(start) → \(end) over \(steps), cosine"
        case .exponential(let start, let end, let steps): "\(start) → \(end) over \(steps), exponential"
        case .piecewise(let pieces): pieces.map { "\($0.value) from \($0.start)" }.joined(separator: ", ")
        case .closure: "by step"
        }
    }
}
