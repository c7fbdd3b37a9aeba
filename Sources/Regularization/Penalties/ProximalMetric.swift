/// The metric in which a proximal step measures the distance that weights move.
public enum ProximalMetric: String, Sendable, Hashable, Codable, CaseIterable {
    /// The metric of the optimizer's own step; under Adam each weight has its own threshold, and weights become exactly
    /// zero.
    case optimizer
    /// The scale learning rate × strength for every weight; with L1 under Adam it leaves almost no zeros.
    case euclidean
}
