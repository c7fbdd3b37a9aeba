extension Regularizer {
    /// The smallest strength λ at which zero weights minimize data loss + λR, given the gradient g of the data loss
    /// at zero.
    ///
    ///     0 ∈ g + λ∂R(0):  max |gᵢ|/aᵢ for Σ aᵢ|wᵢ|,  max ‖g_g‖/ω_g for Σ ω_g‖w_g‖,
    ///     for both the largest root of ‖S(g_g, aλ)‖ = λω_g over the groups, S the soft threshold
    ///
    /// At this strength and above all weights are zero, so that a path of strengths starts here. The gradient is to
    /// be taken with unpenalized parameters, such as biases, at their optimum. The data loss has to be convex;
    /// otherwise zero is only a stationary point. The `kink` that each summand of R states decides; flat summands
    /// change nothing.
    ///
    /// - Throws: `ZeroingStrengthError` for a shape that R does not accept, for a summand that states no kink, for
    ///   kinks of different groups, for a gradient that is not finite, and where no strength is large enough, as for
    ///   `SquaredL2` alone.
    /// - Complexity: O(n); if both kinds of kink occur, about 60 passes over each group.
    /// - Source: the optimality conditions in Simon, Friedman, Hastie, Tibshirani, "A Sparse-Group Lasso", 2013, §2.
    public func smallestZeroingStrength(gradient: Weights) throws(ZeroingStrengthError) -> Double {
        let largest = try zeroingStrengths(gradient: gradient).max() ?? 0
        if largest == .infinity { throw .neverZero(regularizer: name) }
        return largest
    }

    /// The smallest strength for each group at which zero is optimal for it while all other groups are zero.
    ///
    /// If no kink has groups, every element is a group of its own. Otherwise the elements that are in no group follow
    /// after the groups, in their order. The strength is ∞ for a group that no strength makes zero.
    ///
    /// - Throws: `ZeroingStrengthError` for a shape that R does not accept, for a summand that states no kink, for
    ///   kinks of different groups, and for a gradient that is not finite.
    public func zeroingStrengths(gradient: Weights) throws(ZeroingStrengthError) -> [Double] {
        let kinks = try Kinks(of: summands())
        do {
            try check(gradient.shape)
        } catch {
            throw .shape(gradient.shape, reason: "\(error)")
        }
        for index in 0..<gradient.count where !gradient[index].isFinite { throw .gradientNotFinite }
        return kinks.strengths(gradient)
    }
}

/// The kink at zero of a sum of regularizers: Σ aᵢ|wᵢ| + Σ_g ω_g‖w_g‖.
private struct Kinks {
    var ofElements: [(factor: Double, sharpness: (Int) -> Double)] = []
    var groups: Groups?
    var ofGroups: [(factor: Double, weight: (Group) -> Double)] = []

    /// The magnitude of an element of the gradient, and its sharpness aᵢ.
    typealias Element = (size: Double, sharpness: Double)

    init(of summands: [Summand]) throws(ZeroingStrengthError) {
        var first: String?
        for summand in summands where summand.factor > 0 {
            let name = summand.regularizer.name
            switch summand.regularizer.kink {
            case .unknown:
                throw .unknown(regularizer: name)
            case .flat:
                continue
            case .elements(let sharpness):
                ofElements.append((summand.factor, sharpness))
            case .groups(let groups, let weight):
                if let first, self.groups != groups { throw .differentGroups(first, name) }
                (first, self.groups) = (first ?? name, groups)
                ofGroups.append((summand.factor, weight))
            }
        }
    }

    /// The smallest strength for each group, and then for each element that is in no group.
    func strengths(_ gradient: Weights) -> [Double] {
        guard let groups else {
            return (0..<gradient.count).map { strength(element($0, gradient)) }
        }
        var isLoose = Array(repeating: true, count: gradient.count)
        var strengths: [Double] = []
        for index in 0..<groups.count(in: gradient.shape) {
            let group = groups.group(index, in: gradient.shape)
            strengths.append(strength(group.map { element($0, gradient) }, weight: weight(of: group)))
            group.forEach { isLoose[$0] = false }
        }
        for index in isLoose.indices where isLoose[index] {
            strengths.append(strength(element(index, gradient)))
        }
        return strengths
    }

    /// The weight ω of a group, summed over the summands.
    private func weight(of group: Group) -> Double {
        ofGroups.reduce(0) { $0 + $1.factor * $1.weight(group) }
    }

    private func element(_ index: Int, _ gradient: Weights) -> Element {
        let sharpness = ofElements.reduce(0) { $0 + $1.factor * $1.sharpness(index) }
        return (Double(abs(gradient[index])), sharpness)
    }

    /// The smallest λ ≥ 0 with |g| ≤ λa, for one element; infinite if a = 0 and g ≠ 0.
    private func strength(_ element: Element) -> Double {
        element.size == 0 ? 0 : element.size / element.sharpness
    }

    /// The smallest λ ≥ 0 with ‖S(g, aλ)‖ ≤ λω, for one group.
    private func strength(_ elements: [Element], weight: Double) -> Double {
        let norm = elements.reduce(0) { $0 + $1.size * $1.size }.squareRoot()
        let sharpness = elements.reduce(0) { $0 + $1.sharpness * $1.sharpness }.squareRoot()
        if sharpness == 0 { return strength((norm, weight)) }
        let alone = elements.reduce(0) { max($0, strength($1)) }
        if weight == 0 || norm == 0 { return alone }
        // Along λ, ‖S(g, aλ)‖ falls and λω rises. The norm is at least ‖g‖ − λ‖a‖, and 0 where λ suffices for each
        // element alone.
        var upper = min(alone, norm / weight)
        var lower = min(upper, norm / (weight + sharpness))
        while true {
            let middle = lower + (upper - lower) / 2
            guard lower < middle, middle < upper else { return upper }
            let rest = elements.reduce(0) { sum, element in
                let excess = max(0, element.size - element.sharpness * middle)
                return sum + excess * excess
            }
            if rest.squareRoot() <= middle * weight { upper = middle } else { lower = middle }
        }
    }
}
