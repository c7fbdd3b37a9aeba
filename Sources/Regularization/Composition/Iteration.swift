/// The result of an iterative composition of proximal points.
public struct Iteration: Sendable, Hashable, Codable {
    /// The number of rounds; in each of them every summand's proximal point is taken once.
    public let count: Int
    /// The largest change of an element, in the last round, from one summand's point to the next one's, relative to the
    /// largest magnitude of the result, or of the initial weights if the result is zero.
    ///
    /// It is above the tolerance where 10,000 rounds were not enough, or where the initial weights were so much larger
    /// than the result that Float32 cannot resolve it.
    public let residual: Double
}
