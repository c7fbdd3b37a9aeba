import Regularization

/// What is counted of a model after each epoch: its exact zeros and, if it states its units, those that are alive.
struct Sparsity {
    /// The layers whose units are counted, the inputs first; empty if the model states no units.
    let layers: [LivingUnits]

    /// Throws if the units that a model states are not in its parameters.
    init(of model: some Model) throws(TrainingError) {
        var layers: [LivingUnits] = []
        if let model = model as? any UnitStructured {
            for layer in model.inputUnits + model.units {
                do throws(ViewError) {
                    layers.append(try LivingUnits(of: layer, in: model.parameters.layout))
                } catch {
                    throw .units(layer: layer.name, error)
                }
            }
        }
        self.layers = layers
    }

    /// The share of the elements of tensors of rank 2 or more that are exactly zero; 0 without such elements.
    func exactZeroShare(of parameters: Parameters) -> Double {
        var (zeros, count) = (0, 0)
        for (index, tensor) in parameters.layout.tensors.enumerated() where tensor.shape.rank >= 2 {
            zeros += parameters.weights(index).exactZeros
            count += tensor.range.count
        }
        return count == 0 ? 0 : Double(zeros) / Double(count)
    }

    /// The number of units alive of each layer.
    func unitsAlive(in parameters: Parameters) -> [Int] { layers.map { $0.count(at: parameters) } }
}
