import Regularization

/// The parameters of a model and its optimizer at the start of an epoch.
struct Snapshot<O: Optimizer> {
    /// The number of the epoch.
    let epoch: Int
    let parameters: Parameters
    let optimizer: O

    /// The number of updates made before.
    var step: Int { optimizer.state.updates }

    /// Whether so many updates have been made since that another copy is worth its time.
    ///
    /// Epochs of few steps share one. A function that may change the model between epochs cannot be called again, so
    /// that epochs with such a function do not.
    func isOld(at updates: Int) -> Bool { updates - step >= 64 }

    /// Brings a model and an optimizer back to the start of the epoch.
    func restore(_ model: inout some Model, _ optimizer: inout O) {
        model.parameters = parameters
        optimizer = self.optimizer
    }
}
