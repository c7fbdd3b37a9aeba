@testable import ReferenceNetwork
import Regularization

extension EpochRecord {
    /// A record with the values that a test is about.
    init(
        _ epoch: Int, loss: Double, validation: Double? = nil, seconds: Double,
        contributions: [Contribution] = []
    ) {
        self.init(
            epoch: epoch, learningRate: 1, trainingLoss: loss, validationLoss: validation,
            contributions: contributions, stationarityResidual: nil, exactZeroShare: 0, unitsAlive: [],
            seconds: seconds)
    }
}
