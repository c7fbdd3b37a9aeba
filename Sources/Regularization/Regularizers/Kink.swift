/// How sharp a regularizer is at zero: what it takes of the strength at which all weights become zero.
///
/// With the K that a case says, it states of all w:
///
///     R(w) ≥ R(0) + K(w),  and  R(εw) = R(0) + εK(w) + o(ε)  as ε falls to 0
///
/// For a convex R the first follows from the second. Then zero minimizes a convex loss with the gradient g at zero and
/// λR beside it exactly where ⟨g, w⟩ + λK(w) ≥ 0 for all w, whatever R is further out. See
/// `smallestZeroingStrength(gradient:)`.
public enum Kink: Sendable {
    /// Nothing is stated.
    case unknown
    /// K(w) = 0: no kink, as for a square, or for a constraint with zero in the interior.
    case flat
    /// K(w) = Σ aᵢ|wᵢ|, with a function of the element's row-major index, which is 0 or more.
    case elements(@Sendable (_ element: Int) -> Double)
    /// K(w) = Σ_g ω_g‖w_g‖₂, with a function of the group, which is 0 or more.
    case groups(Groups, @Sendable (_ group: Group) -> Double)
}
