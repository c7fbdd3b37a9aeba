/// A reason why the proximal point of f + g is the one of g followed by the one of f.
///
/// Each rule holds for every scale, and for several g before one f if it holds for each of them.
enum CompositionRule: String, Sendable {
    /// g is elementwise, convex and positively homogeneous, so for each element a multiple of |w| plus a multiple of w,
    /// or a multiple of w with a constraint of the sign, and f is monotone in magnitudes. In every diagonal metric, and
    /// for an f that is not convex.
    ///
    /// A multiple of w completes the square. Then the minimizer has the signs of z, where g is linear too; an element
    /// with |zᵢ| below its threshold is 0, since both f and the rest fall on the way there, and on the others the
    /// square is completed again.
    case elementwiseFirst = "elementwise before monotone"
    /// g is elementwise and convex, f an interval: the minimum of a convex function of one number over an interval is
    /// the clamped minimum. In every diagonal metric.
    case intervalLast = "interval last"
    /// No element is both in a group of f and in a group of g. In every diagonal metric.
    case apart = "of different elements"
    /// g is positively homogeneous and a sum over groups, and f is a nondecreasing function of the norms of these
    /// groups. Euclidean; in a diagonal metric only for an f that depends on the support alone.
    ///
    /// With p_g = r_g·u_g, ‖u_g‖ = 1, the objective is Σ (½r_g² + r_g·h_g(u_g)) + φ(r), where h_g(u) = t·g_g(u) −
    /// ⟨u, z_g⟩; so u_g minimizes h_g whatever r is, as for φ = 0, and r minimizes Σ ½(r_g + min h_g)² + φ(r). A group
    /// with min h_g ≥ 0 is 0 in both, since the objective falls with its r_g; the others have the norms −min h_g for φ
    /// = 0. φ need not be a sum: `GroupL0Ball`. For convex f and g: Yu, "On Decomposing the Proximal Map", 2013,
    /// theorem 4; for nested groups Jenatton, Mairal, Obozinski, Bach, "Proximal Methods for Hierarchical Sparse
    /// Coding", 2011.
    ///
    /// If φ depends only on which norms are zero, a group that is not zero is at y_g = prox_g(z_g). In the metric that
    /// lowers ½‖p_g − z_g‖² + g by ½‖y_g‖², since the best multiple of u_g is taken, and prox_f(y) compares just these
    /// numbers.
    case radialLast = "radial last"
    /// g is convex and linear where the elements keep their order (or the magnitudes theirs, and the signs), and the
    /// proximal point of f keeps it, since f treats the elements alike (and regardless of sign). Euclidean; in a
    /// diagonal metric only for an f that is an interval or `.clamping`, as the largest magnitude is.
    ///
    /// With y = prox_g(z) and u ∈ ∂g(y) the objective is at least ½‖p − y‖² + f(p) and a constant, whatever f is, and
    /// equal to that where g(p) = ⟨u, p⟩, as at p = prox_f(y), which has the order of y. For convex f: Yu, theorem 1;
    /// total variation and L1: Friedman, Hastie, Höfling, Tibshirani, "Pathwise coordinate optimization", 2007; Lovász
    /// extensions: Bach, "Learning with Submodular Functions", 2013, §9. An f that is not convex must be a sum of one
    /// function over the elements, so that equal elements stay equal. An f that clamps and does not depend on signs
    /// clamps to a symmetric interval, so that prox_f(|z|) = |prox_f(z)| and the magnitudes keep their order.
    case orderKept = "order of elements kept"
    /// g is 0 where each of its groups has at most a given number of nonzero elements, and infinite elsewhere, as
    /// follows from `.keepingLargest`; f is monotone in magnitudes and treats the elements of each of these groups
    /// alike. Euclidean; in a diagonal metric only for an f that depends on the support alone: `L0`, and `L0Ball` of
    /// coarser groups.
    ///
    /// Where i stays and j does not though |zⱼ| > |zᵢ|, pᵢ with the sign of zⱼ is better as element j: f is the same,
    /// ½‖p − z‖² changes by |pᵢ|(|zᵢ| − |zⱼ|) at most. So the largest stay, and f moves these as if the others were
    /// zero. An f of the support changes nothing else: an element that stays gains zᵢ²/(2tᵢ), whatever f is.
    case largestFirst = "largest elements first"
    /// Both are functions of the singular values, and one of the rules above lets the function of f follow that of g.
    /// Both proximal points keep the singular vectors (von Neumann's trace inequality). Euclidean.
    case sameSingularVectors = "singular values"
    /// Both are convex functions of the norms of the same groups, and g is positively homogeneous, so linear in each
    /// norm: the proximal norm of their sum is that of g followed by that of f. In a diagonal metric, where one root
    /// for each group gives the proximal point.
    case sameNorms = "functions of the same norms"

    /// Makes the rule by which the proximal point of f may come after that of g in a metric; nil if none is known.
    init?(letting f: any Regularizer, follow g: any Regularizer, in metric: PlanMetric) {
        if g.structure.isSumOverElements, g.properties.isSuperset(of: [.convex, .positivelyHomogeneous]),
            f.isMonotone
        {
            self = .elementwiseFirst
        } else if case .interval = f.structure, g.structure.isSumOverElements, g.properties.contains(.convex)
        {
            self = .intervalLast
        } else if let first = g.structure.groups, let second = f.structure.groups, first.isApart(from: second)
        {
            self = .apart
        } else if metric != .diagonal || f.properties.contains(.supportOnly), f.dependsOnNorms(after: g) {
            self = .radialLast
        } else if metric != .diagonal || f.clampsAlike, f.keepsOrder(after: g) {
            self = .orderKept
        } else if g.properties.contains(.keepingLargest),
            metric != .diagonal || f.properties.contains(.supportOnly), f.isMonotone,
            let groups = f.groupsTreatedAlike, (g.structure.groups ?? .whole).refines(groups)
        {
            self = .largestFirst
        } else if metric != .diagonal, let f = f as? any SpectralRegularizer,
            let g = g as? any SpectralRegularizer,
            CompositionRule(letting: f.ofSingularValues, follow: g.ofSingularValues, in: .euclidean) != nil
        {
            self = .sameSingularVectors
        } else if metric == .diagonal, f.isConvexGroupwise, g.isConvexGroupwise,
            f.structure == g.structure, f.dependsOnNorms(after: g)
        {
            self = .sameNorms
        } else {
            return nil
        }
    }
}

extension Regularizer {
    /// Whether R is known to rise with the magnitudes of the elements, by its structure or its properties.
    fileprivate var isMonotone: Bool {
        structure.groupsOfNorms != nil || properties.contains(.monotoneInMagnitudes)
    }

    /// Whether R is a convex sum of functions of norms whose proximal norms are known.
    fileprivate var isConvexGroupwise: Bool {
        guard case .radial = structure else { return false }
        return self is any ProximalGroupwiseRegularizer && properties.contains(.convex)
    }

    /// The groups within which elements can be exchanged without a change of R; nil if there are none.
    fileprivate var groupsTreatedAlike: Groups? {
        if structure.isUniform { return .whole }
        if let groups = structure.groupsOfNorms { return groups }
        return properties.contains(.permutationInvariant) ? structure.groups ?? .whole : nil
    }

    /// Whether the proximal point clamps all elements of a group to one interval, in every metric.
    fileprivate var clampsAlike: Bool {
        if case .interval = structure { true } else { properties.contains(.clamping) }
    }

    /// Whether R is a nondecreasing function of the norms of groups over which g is a positively homogeneous sum.
    fileprivate func dependsOnNorms(after g: any Regularizer) -> Bool {
        guard let groups = structure.groupsOfNorms else { return false }
        return g.properties.contains(.positivelyHomogeneous) && g.structure.isSum(over: groups)
    }

    /// Whether the proximal point of R keeps the order of elements (or magnitudes) in which g is linear.
    fileprivate func keepsOrder(after g: any Regularizer) -> Bool {
        guard let groups = groupsTreatedAlike, structure.isUniform || properties.contains(.convex) else {
            return false
        }
        return g.properties.contains(.convex) && g.structure.isSum(over: groups)
            && (g.properties.contains(.linearInOrder)
                || (g.properties.contains(.linearInOrderOfMagnitudes) && isMonotone))
    }
}

extension Structure {
    /// Whether R is a sum of functions of one element each.
    var isSumOverElements: Bool {
        switch self {
        case .elementwise, .separable, .interval, .ridge: true
        case .unknown, .radial, .normwise, .grouped: false
        }
    }

    /// Whether R is a sum of one function over all elements.
    var isUniform: Bool {
        switch self {
        case .elementwise, .interval, .ridge(_, []): true
        case .unknown, .separable, .radial, .normwise, .grouped, .ridge: false
        }
    }

    /// The groups that the structure names, over which or over whose norms R is a function; nil if it names none.
    package var groups: Groups? {
        switch self {
        case .radial(let groups), .normwise(let groups), .grouped(let groups): groups
        case .unknown, .elementwise, .separable, .interval, .ridge: nil
        }
    }

    /// The groups of whose norms R is a nondecreasing function; nil if the structure does not say so.
    var groupsOfNorms: Groups? {
        switch self {
        case .radial(let groups), .normwise(let groups): groups
        case .unknown, .elementwise, .separable, .interval, .grouped, .ridge: nil
        }
    }

    /// Whether R is a sum of functions each of which depends on one of these groups, on tensors of every shape.
    func isSum(over groups: Groups) -> Bool {
        if groups == .whole || isSumOverElements { return true }
        if case .normwise = self { return false }
        return self.groups?.refines(groups) ?? false
    }
}

extension Groups {
    /// Whether each of these groups lies within one group of the other division, or outside of all, on tensors of every
    /// shape.
    func refines(_ other: Groups) -> Bool {
        switch (self, other) {
        case (_, .whole), (.rows, .rows), (.columns, .columns): true
        case (.blocks(let rows, _), .rows): rows == 1
        case (.blocks(_, let columns), .columns): columns == 1
        case (.blocks(let rows, let columns), .blocks(let otherRows, let otherColumns)):
            rows > 0 && columns > 0 && otherRows.isMultiple(of: rows)
                && otherColumns.isMultiple(of: columns)
        case (.indexSets(let sets), .indexSets(let others)):
            sets.allSatisfy { set in
                others.allSatisfy { other in
                    let common = Set(other).intersection(set).count
                    return common == 0 || common == set.count
                }
            }
        case (.rows, _), (.columns, _), (.whole, _), (.blocks, _), (.indexSets, _): false
        }
    }

    /// Whether no element is in a group of both divisions; only known for index sets.
    fileprivate func isApart(from other: Groups) -> Bool {
        guard case .indexSets(let sets) = self, case .indexSets(let others) = other else { return false }
        return Set(sets.joined()).isDisjoint(with: others.joined())
    }
}
