/// The behavior of a regularizer at zero, from which the strength at which all weights become zero follows.
///
/// Each case but `unknown` gives a function K, with which it states for all w:
///
///     R(w) ≥ R(0) + K(w),  and  R(εw) = R(0) + εK(w) + o(ε)  as ε falls to 0
///
/// For a convex R the first follows from the second. Then zero minimizes the sum of a convex loss, whose gradient at
/// zero is g, and λR exactly where ⟨g, w⟩ + λK(w) ≥ 0 for all w, whatever R is farther from zero. See
/// `smallestZeroingStrength(gradient:)`.
public enum Kink: Sendable {
    /// The author states nothing, so no such strength can be computed.
    case unknown
    /// K(w) = 0: there is no kink, as for a square, or for a constraint with zero in the interior.
    case flat
    /// K(w) = Σ aᵢ|wᵢ|, where the function returns aᵢ ≥ 0 for the element's row-major index i.
    case elements(@Sendable (_ element: Int) -> Double)
    /// K(w) = Σ_g ω_g‖w_g‖₂, where the function returns ω_g ≥ 0 for the group g.
    case groups(Groups, @Sendable (_ group: Group) -> Double)
}
