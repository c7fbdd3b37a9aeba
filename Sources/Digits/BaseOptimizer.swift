import Regularization

/// The optimizers that the main job can train with, at learning rates at which the plain network learns the digits.
enum BaseOptimizer: String, CaseIterable {
    case adam, lion, rmsprop, sgd

    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// As the table says it.
    var name: String {
        switch self {
        case .adam: "Adam"
        case .lion: "Lion"
        case .rmsprop: "RMSprop"
        case .sgd: "SGD with momentum"
        }
    }

    var optimizer: any Optimizer {
        switch self {
        case .adam: Adam(learningRate: 1e-3)
        case .lion: Lion(learningRate: 3e-4)
        case .rmsprop: RMSprop(learningRate: 1e-3)
        case .sgd: SGD(learningRate: 0.1, momentum: 0.9)
        }
    }
}
