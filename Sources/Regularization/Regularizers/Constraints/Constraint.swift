/// What the constraints share: how exact they are, and how a diagonal metric is read.
enum Constraint {
    /// A number up to this many times the bound is one that a projection wrote, rounded to Float: it stays as
    /// it is.
    static let projectionTolerance = 1 + 0x1p-22

    /// The value of a constraint: 0 where it holds within 1e-5 of the bound, else infinite; NaN at NaN.
    static func value(_ quantity: Double, atMost bound: Double) -> Double {
        quantity.isNaN ? .nan : quantity <= bound * (1 + 1e-5) ? 0 : .infinity
    }

    /// The value where the quantity has to equal the bound.
    static func value(_ quantity: Double, equalTo bound: Double) -> Double {
        quantity.isNaN ? .nan : abs(quantity - bound) <= 1e-5 * bound ? 0 : .infinity
    }

    /// Whether a number that has to equal a bound does so but for rounding.
    static func isRounded(_ quantity: Double, equalTo bound: Double) -> Bool {
        abs(quantity - bound) <= 0x1p-22 * bound
    }

    /// A radius that Float can hold.
    static func checked(radius: Double) throws(ParameterError) -> Double {
        if isBound(radius) { return radius }
        throw ParameterError("A radius is 0 or more and at most 3.4e38, not \(radius).", at: "radius")
    }

    /// Whether a bound is one that Float can hold.
    static func isBound(_ bound: Double) -> Bool {
        bound >= 0 && bound <= Double(Float.greatestFiniteMagnitude)
    }
}

/// The scales of a group as projections use them, of which the ratios alone matter.
///
/// An element with scale 0 would stay, but not every constraint permits it: it counts as having 1e-9 of the
/// largest scale, and so has what is smaller. Where all scales are 0 they count as equal.
struct ProjectionScales: ~Escapable {
    private let scales: Scales
    private let largest: Float

    @_lifetime(copy scales)
    init(_ scales: Scales, _ group: Group) {
        self.scales = scales
        var largest: Float = 0
        group.forEach { element in largest = max(largest, scales[element]) }
        self.largest = min(largest, .greatestFiniteMagnitude)
    }

    subscript(_ element: Int) -> Double {
        if largest == 0 { return 1 }
        return max(Double(min(scales[element], largest)), 1e-9 * Double(largest))
    }
}

extension MutableWeights {
    /// An element in Double, infinity as the largest Float; NaN stays NaN.
    @inline(__always)
    func bounded(_ element: Int) -> Double { self[element].bounded }
}

extension Weights {
    /// An element in Double, infinity as the largest Float; NaN stays NaN.
    @inline(__always)
    func bounded(_ element: Int) -> Double { self[element].bounded }
}

extension Float {
    /// The number in Double, infinity as the largest Float.
    @inline(__always)
    fileprivate var bounded: Double {
        let limit = Float.greatestFiniteMagnitude
        return Double(self > limit ? limit : self < -limit ? -limit : self)
    }
}
