internal import CKernels

/// The sum of log cosh: half the square of small weights, the absolute value less log 2 of large ones.
///
///     R(w) = Σ log cosh wᵢ
///
/// - Shape: any.
/// - Gradient: tanh w.
/// - Proximal point: the root p of p + t·tanh p = w, by Newton's method.
/// - Metric: diagonal.
/// - Composition: convex, monotone in magnitudes, elementwise.
/// - Edge cases: NaN stays NaN; infinity stays infinite; no weight becomes exactly zero, and no cosh
///   overflows.
/// - Complexity: O(n), with two exponentials or logarithms for each weight, and one for each step of Newton's
///   method: a few, but as many as 2 log t where t is huge and |w| about as large.
/// - Source: Green, "Bayesian Reconstructions from Emission Tomography Data Using a Modified EM Algorithm",
///   1990.
public struct LogCosh: DifferentiableElementwiseRegularizer, ProximalElementwiseRegularizer, Hashable, Codable
{
    /// Makes the regularizer.
    public init() {}

    /// Convex and monotone in magnitudes.
    public var properties: CompositionProperties { [.convex, .monotoneInMagnitudes] }

    /// Flat: R is nearly half a square around zero.
    public var kink: Kink { .flat }

    /// log cosh w; computed from cosh w − 1 where |w| is small, lest digits cancel.
    public func value(at weight: Float) -> Double {
        let size = Double(abs(weight))
        if size < 1 {
            let growth = ck_expm1(size)
            return ck_log1p(growth * growth / (2 * (1 + growth)))
        }
        return size + ck_log1p(ck_expm1(-2 * size) / 2)
    }

    /// tanh w.
    public func derivative(at weight: Float) -> Float { weight.withMagnitude(Self.tanh) }

    /// The root p of p + t·tanh p = w, computed in Double.
    public func proximalPoint(of weight: Float, scale: Float) -> Float {
        weight.withMagnitude { Self.root(of: $0, scale: Double(scale)).value }
    }

    /// The root p of p + t·tanh p = x for x ≥ 0, with the number of Newton's steps that found it, at most 200.
    ///
    /// p + t·tanh p is concave in p ≥ 0, so Newton's method rises monotonically to the root from any point below it;
    /// tanh p is at most 1 and at most p, which gives two such points, of which the larger one is taken.
    ///
    /// From p = 1 on, x − t and 1 − tanh p are subtracted from each other rather than x and t·tanh p, which may be huge
    /// and all but equal.
    package static func root(of size: Double, scale: Double) -> NewtonRoot {
        if size == .infinity || size == 0 || scale == 0 { return NewtonRoot(value: size) }
        var root = NewtonRoot(value: max(size / (1 + scale), size - scale))
        while root.steps < 200 {
            root.steps += 1
            let point = root.value
            let (excess, rest): (Double, Double)
            if point < 1 {
                let tanh = tanh(point)
                (excess, rest) = ((point - size) + scale * tanh, 1 - tanh)
            } else {
                let decay = ck_exp(-2 * point)
                rest = 2 * decay / (1 + decay)
                excess = (point + (scale - size)) - scale * rest
            }
            let next = min(size, point - excess / (1 + scale * rest * (2 - rest)))
            if !(next > point) { break }
            // The error that is left is at most the square of the step, and times the point where that is small.
            let isDone = next - point <= 1e-5 * min(next, 1)
            root.value = next
            if isDone { break }
        }
        return root
    }

    /// tanh of a number of 0 or more, accurate near 0.
    private static func tanh(_ size: Double) -> Double {
        let decay = ck_expm1(-2 * size)
        return -decay / (2 + decay)
    }
}
