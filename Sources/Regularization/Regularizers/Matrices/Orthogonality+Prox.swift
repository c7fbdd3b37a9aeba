extension Orthogonality: ProximalRegularizer {
    /// Moves each singular value σ to the s ≥ 0 that minimizes ½(s − σ)² + t(s² − 1)², where t is the scale.
    ///
    /// Singular vectors that belong to singular values of 0 are completed, the same ones for the same weights.
    public func applyProx(to weights: inout MutableWeights, scale: Float) {
        weights.mapSingularValues(unless: scale == 0) { proximalValue(of: $0, scale: Double(scale)) }
    }

    /// The positive root s of 4ts³ + (1 − 4t)s = σ, which is between σ and 1; for σ = 0, where s = 0 is stationary too,
    /// the one of both that minimizes.
    ///
    /// Newton's method starts from max(1, σ), from where it falls monotonically. The equation is divided by 4t where
    /// that is large, so that an infinite scale gives 1.
    private func proximalValue(of value: Double, scale: Double) -> Double {
        let quadruple = 4 * scale
        if value == 0 { return quadruple <= 1 ? 0 : (1 - 1 / quadruple).squareRoot() }
        let (cubic, linear, constant) =
            quadruple <= 1 ? (quadruple, 1 - quadruple, value) : (1, 1 / quadruple - 1, value / quadruple)
        var root = max(1, value)
        for _ in 0..<500 {
            let square = cubic * root * root
            // Not computed as a difference from the root, which would cancel where the next one is far smaller.
            let next = (2 * square * root + constant) / (3 * square + linear)
            if !(next < root) { break }
            root = next
        }
        return root
    }
}
