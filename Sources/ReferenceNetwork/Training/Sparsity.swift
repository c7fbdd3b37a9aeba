import Regularization

/// What is counted of a model after each epoch: its exact zeros and, if it states its units, those that are alive.
struct Sparsity {
    private let layers: [UnitLayer]

    /// Throws if the units that a model states are not in its parameters.
    init(of model: some Model) throws {
        layers = (model as? any UnitStructured).map { $0.inputUnits + $0.units } ?? []
        for layer in layers {
            do {
                _ = try layer.unitsAlive(at: model.parameters)
            } catch let error as ViewError {
                throw TrainingError.units(layer: layer.name, error)
            }
        }
    }

    /// The names of the layers whose units are counted.
    var layerNames: [String] { layers.map(\.name) }

    /// The share of the elements of tensors of rank 2 or more that are exactly zero; 0 without such elements.
    func exactZeroShare(of parameters: Parameters) -> Double {
        var (zeros, count) = (0, 0)
        for (index, tensor) in parameters.layout.tensors.enumerated() where tensor.shape.rank >= 2 {
            zeros += parameters.weights(index).exactZeros
            count += tensor.range.count
        }
        return count == 0 ? 0 : Double(zeros) / Double(count)
    }

    /// The number of units alive of each layer, the inputs first; empty if the model states no units.
    func unitsAlive(in parameters: Parameters) throws -> [Int] {
        try layers.map { try $0.unitsAlive(at: parameters) }
    }
}
