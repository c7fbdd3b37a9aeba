/// A regularizer that is a function of a matrix's singular values alone, in any order.
///
///     R(W) = h(σ₁, …, σₖ),  k = min(rows, columns)
///
/// Its proximal point keeps the singular vectors and moves the singular values to the proximal point of h. So it
/// composes with other functions of the singular values where their functions h compose with each other, in the
/// Euclidean metric:
///
///     extension NuclearNorm: SpectralRegularizer {
///         public var ofSingularValues: any Regularizer { L1() }
///     }
public protocol SpectralRegularizer: Regularizer {
    /// The function h, on vectors of k elements; it does not depend on the order or the signs of the elements.
    var ofSingularValues: any Regularizer { get }
}
