import Regularization

/// The optimizers that the main job can train with, at learning rates at which the network without penalties learns the
/// digits.
enum BaseOptimizer: String, CaseIterable {
    case adam, lion, rmsprop, sgd

    /// The names for the command line, separated by commas.
    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// The name in the table of results.
    var name: String {
        switch self {
        case .adam: "Adam"
        case .lion: "Lion"
        case .rmsprop: "RMSprop"
        case .sgd: "SGD with momentum"
        }
    }

    /// A new optimizer, with its learning rate.
    var optimizer: any Optimizer {
        switch self {
        case .adam: Adam(learningRate: 1e-3)
        case .lion: Lion(learningRate: 3e-4)
        case .rmsprop: RMSprop(learningRate: 1e-3)
        case .sgd: SGD(learningRate: 0.1, momentum: 0.9)
        }
    }
}
