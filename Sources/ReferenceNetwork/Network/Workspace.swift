/// The buffers that the passes over a network write, kept between steps so that a step allocates nothing.
struct Workspace: Sendable {
    /// The outputs of each layer after activation and dropout, row-major, samples × units.
    var outputs: [[Float]] = []
    /// The factor of each output of the hidden layers by dropout, samples × units: 0 or 1/(1 − dropout).
    var masks: [[Float]] = []
    /// The gradient with respect to the outputs of each hidden layer before the activation, samples × units.
    var outputGradients: [[Float]] = []

    /// Resizes the buffers for a number of samples, keeping their storage; those of the masks only if there is dropout.
    mutating func prepare(widths: [Int], samples: Int, masked: Bool) {
        if outputs.isEmpty {
            outputs = Array(repeating: [], count: widths.count)
            masks = outputs
            outputGradients = outputs
        }
        for (layer, width) in widths.enumerated() {
            outputs[layer].resize(to: width * samples)
            outputGradients[layer].resize(to: width * samples)
            if masked { masks[layer].resize(to: width * samples) }
        }
    }
}

extension Array where Element == Float {
    /// Changes the number of elements, keeping the storage where it is large enough; new elements are 0.
    mutating func resize(to newCount: Int) {
        if newCount < count {
            removeLast(count - newCount)
        } else if newCount > count {
            append(contentsOf: repeatElement(0, count: newCount - count))
        }
    }
}

extension Array where Element == [Float] {
    /// Moves an array out and leaves an empty one, so that it can be changed while the others are read.
    mutating func take(_ index: Int) -> [Float] {
        exchange(&self[index], with: [])
    }
}
