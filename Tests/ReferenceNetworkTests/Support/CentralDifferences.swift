import ReferenceNetwork
import Regularization

extension Model {
    /// What training minimizes at a position, the data loss plus the model's own penalties, and its gradients.
    func total(on batch: Batch, at position: BatchPosition = .step(0)) -> (
        value: Double, gradients: Gradients
    ) {
        var model = self
        var gradients = Gradients(like: parameters)
        let loss = model.loss(on: batch, at: position, gradients: &gradients)
        return (model.contributions.reduce(loss) { $0 + $1.weightedValue }, gradients)
    }

    /// The gradients as central differences of the total, which drops the same units at the same position.
    func centralDifferences(on batch: Batch, at position: BatchPosition = .step(0), step: Float) -> [Double] {
        (0..<parameters.count).map { index in
            let totals = [step, -step].map { step in
                var moved = self
                var elements = moved.parameters.mutableElements
                elements[index] += step
                return moved.total(on: batch, at: position).value
            }
            return (totals[0] - totals[1]) / (2 * Double(step))
        }
    }
}
