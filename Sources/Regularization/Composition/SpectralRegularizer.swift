/// A function of a matrix's singular values, whose proximal point keeps the singular vectors.
protocol SpectralRegularizer: Regularizer {
    /// The function of the singular values, which decides what it composes with.
    var ofSingularValues: any Regularizer { get }
}
