/// A function of a matrix's singular values, whose proximal point keeps the singular vectors.
protocol SpectralRegularizer: Regularizer {
    /// The function of the singular values.
    var ofSingularValues: any Regularizer { get }
}

extension NuclearNorm: SpectralRegularizer {
    var ofSingularValues: any Regularizer { L1() }
}

extension SpectralNorm: SpectralRegularizer {
    var ofSingularValues: any Regularizer { GroupLInfinity(.whole) }
}

extension RankBall: SpectralRegularizer {
    var ofSingularValues: any Regularizer { L0Ball(count: rank) }
}
