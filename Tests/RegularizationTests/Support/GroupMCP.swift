import Regularization

/// The minimax concave penalty of each group's norm, which is not convex.
///
/// φ(r) = λr − r²/(2γ) up to r = γλ, then γλ²/2 (Zhang 2010; Breheny, Huang 2009).
struct GroupMCP: DifferentiableGroupwiseRegularizer, ProximalGroupwiseRegularizer {
    var groups = Groups.rows
    var strength = 1.0
    let concavity: Double

    func value(atNorm norm: Double, of group: Group) -> Double {
        norm <= concavity * strength
            ? strength * norm - norm * norm / (2 * concavity) : concavity * strength * strength / 2
    }

    func derivative(atNorm norm: Double, of group: Group) -> Double {
        norm <= concavity * strength ? strength - norm / concavity : 0
    }

    func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double {
        if scale < concavity {
            if norm <= scale * strength { return 0 }
            return norm <= concavity * strength ? (norm - scale * strength) / (1 - scale / concavity) : norm
        }
        return norm <= strength * (scale * concavity).squareRoot() ? 0 : norm
    }
}
