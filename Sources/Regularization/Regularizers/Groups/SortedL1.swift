/// The sum of the magnitudes in descending order, each times the factor of its rank: sorted L1, also OWL and SLOPE.
///
///     R(w) = Σₖ ωₖ |w|₍ₖ₎ with the largest magnitude |w|₍₁₎ first and ω₁ ≥ ω₂ ≥ … ≥ 0
///
/// Equal factors make it a multiple of `L1`, a first factor alone a multiple of L∞; linear factors make OSCAR, which
/// groups correlated elements by giving them equal magnitudes.
///
/// - Shape: one with as many elements as there are factors.
/// - Gradient: ω of the element's rank times its sign, 0 at 0; of equal magnitudes the first has the first
///   rank.
/// - Proximal point: pool-adjacent-violators on the sorted magnitudes, each less t times its factor.
/// - Metric: Euclidean only.
/// - Composition: convex, positively homogeneous, monotone in the magnitudes and linear in their order, and
///   the same for every order of the elements.
/// - Edge cases: NaN makes the value and the whole proximal point NaN; infinite elements stay.
/// - Complexity: O(n log n); the order of the elements, and for the proximal point the pools, are allocated.
/// - Source: Bogdan et al., "SLOPE—Adaptive Variable Selection via Convex Optimization", 2015, algorithm 4;
///   Zeng, Figueiredo, "The Ordered Weighted ℓ1 Norm", 2014.
public struct SortedL1: DifferentiableRegularizer, ProximalRegularizer, Hashable, Codable {
    /// The factors ω in descending order; the first one is for the largest magnitude.
    public let factors: [Double]

    /// Makes the regularizer; traps unless the factors are finite, 0 or more, and none is larger than the one
    /// before.
    public init(factors: [Double]) { self = trapping(try Self(checking: factors)) }

    /// Reads `factors`; throws a `DecodingError` for those that the initializer does not accept.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(Self(checking: values.decode(.factors)))
    }

    private init(checking factors: [Double]) throws(ArgumentError) {
        for factor in factors { _ = try checked(factor: factor, at: "factors") }
        guard zip(factors, factors.dropFirst()).allSatisfy(>=) else {
            throw ArgumentError(
                "The factors of SortedL1 fall: none is larger than the one before.", at: "factors")
        }
        self.factors = factors
    }

    /// `.grouped(.whole)`, since a rank depends on the whole tensor.
    public var structure: Structure { .grouped(.whole) }

    /// Convex, positively homogeneous, monotone in magnitudes and linear where these keep their order, whatever the
    /// order of the elements.
    public var properties: CompositionProperties {
        [
            .convex, .positivelyHomogeneous, .monotoneInMagnitudes, .permutationInvariant,
            .linearInOrderOfMagnitudes,
        ]
    }

    /// Accepts the shapes with as many elements as there are factors.
    public func check(_ shape: Shape) throws {
        guard shape.count == factors.count else {
            throw ShapeError("\(factors.count) factors of sorted L1 are given for \(shape.count) elements")
        }
    }

    /// Σ ωₖ|w|₍ₖ₎.
    public func value(at weights: Weights) -> Double {
        var sum = 0.0
        for (rank, element) in order(of: weights).enumerated() {
            let factor = factors[rank]
            let magnitude = Double(abs(weights[element]))
            sum += factor == 0 && magnitude == .infinity ? 0 : factor * magnitude
        }
        return sum
    }

    /// Adds scale · ωₖ · sign(w) to each element of the gradient, where k is the rank of the element; traps if the
    /// counts differ.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        require(weights.count == gradient.count, "The weights and the gradient differ in count.")
        for (rank, element) in order(of: weights).enumerated() {
            let step = Float(Double(scale) * factors[rank])
            let weight = weights[element]
            gradient[element] += weight > 0 ? step : weight < 0 ? -step : weight == 0 ? 0 : weight
        }
    }

    /// Moves the magnitudes, in the order of their ranks k, to the sequence nearest to |w|₍ₖ₎ − tωₖ that does not rise
    /// and has no negative number.
    ///
    /// Traps if the elements are not as many as the factors.
    public func applyProx(to weights: inout MutableWeights, scale: Float) {
        require(
            weights.count == factors.count, "The elements and the factors of sorted L1 differ in count.")
        if scale == 0 { return }
        let order = order(of: weights.readOnly)
        let isInvalid = order.contains { weights[$0].isNaN }
        if isInvalid {
            for element in order { weights[element] = .nan }
            return
        }
        let scale = Double(min(scale, .greatestFiniteMagnitude))
        var pools: [(sum: Double, count: Int)] = []
        pools.reserveCapacity(order.count)
        for (rank, element) in order.enumerated() {
            var pool = (sum: Double(abs(weights[element])) - scale * factors[rank], count: 1)
            while let last = pools.last, last.sum * Double(pool.count) <= pool.sum * Double(last.count) {
                if pool.sum == .infinity { break }
                pool = (pool.sum + last.sum, pool.count + last.count)
                pools.removeLast()
            }
            pools.append(pool)
        }
        var rank = 0
        for pool in pools {
            let magnitude = Float(max(0, pool.sum / Double(pool.count)))
            for element in order[rank..<rank + pool.count] {
                weights[element] = weights[element] < 0 && magnitude > 0 ? -magnitude : magnitude
            }
            rank += pool.count
        }
    }

    /// The indices of the elements in the order of their ranks; NaN ranks above infinity.
    private func order(of weights: Weights) -> [Int] {
        var order = Array(0..<weights.count)
        order.sort { first, second in
            // The bits of magnitudes are in the order of the numbers.
            let (a, b) = (abs(weights[first]).bitPattern, abs(weights[second]).bitPattern)
            return a == b ? first < second : a > b
        }
        return order
    }
}
