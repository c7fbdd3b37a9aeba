/// The tolerances of the constraints and the checks of their bounds.
enum Constraint {
    /// The factor by which a quantity may exceed its bound and still be taken for one that a projection wrote, rounded
    /// to Float: such weights stay bit for bit.
    static let projectionTolerance = 1 + 0x1p-22

    /// The value of a constraint that a quantity is at most a bound: 0 up to 1e-5 of the bound above it, else infinite;
    /// NaN at NaN.
    static func value(_ quantity: Double, atMost bound: Double) -> Double {
        quantity.isNaN ? .nan : quantity <= bound * (1 + 1e-5) ? 0 : .infinity
    }

    /// The value of a constraint that a quantity equals a bound: 0 within 1e-5 of the bound, else infinite; NaN at NaN.
    static func value(_ quantity: Double, equalTo bound: Double) -> Double {
        quantity.isNaN ? .nan : abs(quantity - bound) <= 1e-5 * bound ? 0 : .infinity
    }

    /// Whether a quantity equals a bound up to what rounding to Float makes of a projection.
    static func isRounded(_ quantity: Double, equalTo bound: Double) -> Bool {
        abs(quantity - bound) <= 0x1p-22 * bound
    }

    /// The radius; throws unless it is 0, or positive and finite as a Float.
    static func checked(radius: Double) throws(ArgumentError) -> Double {
        if isBound(radius) { return radius }
        throw ArgumentError(
            "A radius is 0 or more, from 1.4e-45 to 3.4e38 if not 0, unlike \(radius).", at: "radius")
    }

    /// Whether a bound is 0, or positive and finite as a Float: weights are, and could not reach another one.
    static func isBound(_ bound: Double) -> Bool {
        bound == 0 || Float(bound) > 0 && bound <= Double(Float.greatestFiniteMagnitude)
    }
}

/// The scales of a group in a projection, where only their ratios matter: all positive and finite.
///
/// An element with scale 0 would have to stay, which not every constraint permits. So a scale below 1e-9 of the group's
/// largest counts as 1e-9 of it. Where all scales are 0 they count as equal.
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
