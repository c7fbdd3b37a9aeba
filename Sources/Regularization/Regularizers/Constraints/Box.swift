/// The constraint that every weight lies in an interval.
///
///     R(w) = 0 if l ≤ wᵢ ≤ u for all i, else +∞
///
/// `Box(-r...r)` is the constraint that no magnitude exceeds r.
///
/// - Shape: any.
/// - Gradient: not offered; use it as a proximal step.
/// - Proximal point: the projection min(max(w, l), u), whatever the scale, also at scale 0.
/// - Metric: diagonal, the same projection.
/// - Composition: convex, an interval; monotone in magnitudes if l = −u; positively homogeneous if each bound is 0 or
///   infinite.
/// - Edge cases: NaN stays NaN; infinity becomes NaN, with an infinite value even where a bound is infinite; a zero
///   is +0; bounds belong to the interval. There is no tolerance, since projections are exact.
/// - Complexity: O(n).
/// - Source: Parikh, Boyd, "Proximal Algorithms", 2013, §6.2.4.
public struct Box: ProximalElementwiseRegularizer, Hashable {
    /// The interval from l to u.
    public let range: ClosedRange<Float>

    /// Makes the constraint; traps if the range contains no finite number.
    public init(_ range: ClosedRange<Float>) {
        self = trapping(try Self(checking: range.lowerBound, range.upperBound))
    }

    private init(checking lower: Float, _ upper: Float) throws(ArgumentError) {
        guard lower <= upper else {
            throw ArgumentError("The lower bound of a Box, \(lower), is above the upper one, \(upper).")
        }
        guard lower < .infinity && upper > -.infinity else {
            throw ArgumentError("The range of a Box has a finite number in it, unlike \(lower...upper).")
        }
        // A lower bound of −0 would make negative zeros.
        range = (lower + 0)...(upper + 0)
    }

    /// `Box(-1.0...1.0)`, with the range.
    public var name: String { "Box(\(range))" }

    /// `.interval` from l to u.
    public var structure: Structure { .interval(range) }

    /// Convex, and monotone in magnitudes or positively homogeneous as the bounds permit.
    public var properties: CompositionProperties {
        var properties: CompositionProperties = .convex
        if range.lowerBound == -range.upperBound { properties.insert(.monotoneInMagnitudes) }
        let isCone = [range.lowerBound, range.upperBound].allSatisfy { $0 == 0 || $0.isInfinite }
        if isCone { properties.insert(.positivelyHomogeneous) }
        return properties
    }

    /// Flat if zero is between the bounds and not one of them.
    public var kink: Kink { range.lowerBound < 0 && range.upperBound > 0 ? .flat : .unknown }

    /// 0 where l ≤ w ≤ u, else infinite, as at infinity; NaN at NaN.
    public func value(at weight: Float) -> Double {
        weight.isNaN ? .nan : range.contains(weight) && weight.isFinite ? 0 : .infinity
    }

    /// min(max(w, l), u); NaN at infinity, where w − w is no zero.
    public func proximalPoint(of weight: Float, scale: Float) -> Float {
        (weight <= range.lowerBound
            ? range.lowerBound : weight >= range.upperBound ? range.upperBound : weight)
            + (weight - weight)
    }
}

extension Box: Codable {
    private enum CodingKeys: CodingKey {
        case lower, upper
    }

    /// Reads the bounds `lower` and `upper`, infinite where not given; throws a `DecodingError` if no finite number is
    /// between them.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(
            Self(
                checking: values.decode(.lower, default: -.infinity),
                values.decode(.upper, default: .infinity)))
    }

    /// Writes the bounds `lower` and `upper`, each only if it is finite.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        let (lower, upper) = (range.lowerBound, range.upperBound)
        try values.encodeIfPresent(lower.isFinite ? lower : nil, forKey: .lower)
        try values.encodeIfPresent(upper.isFinite ? upper : nil, forKey: .upper)
    }
}
