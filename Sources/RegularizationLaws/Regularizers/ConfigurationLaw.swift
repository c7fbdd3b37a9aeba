import Foundation
import Regularization
import RegularizationJSON

/// The shape and the weights of a tensor at which a regularizer and its copy from a configuration are compared.
struct Tensor {
    let shape: Shape
    let weights: [Float]
}

/// A regularizer, the JSON that it was written to, and the regularizer that was read from it.
struct RoundTrip {
    private let regularizer: any Regularizer
    /// The JSON of the regularizer, and the JSON of the copy that was read from the first.
    private let texts: (first: Data, second: Data)
    private let read: any Regularizer

    /// The violation of `survivesConfiguration` by a regularizer; nil if there is none, or if the regularizer or a part
    /// of it is not `Codable`.
    ///
    /// The JSON must be the same when it is read and written again, and value, gradient and proximal points must be
    /// equal at every tensor.
    static func violation(by regularizer: any Regularizer, at tensors: [Tensor], seed: UInt64)
        -> RegularizerViolation?
    {
        do {
            return try RoundTrip(of: regularizer)?.violation(tensors, seed)
        } catch {
            return violation(
                of: regularizer, tensors.first, seed, expected: "to be written and read", found: "\(error)")
        }
    }

    private init?(of regularizer: any Regularizer) throws(ConfigurationError) {
        self.regularizer = regularizer
        guard let registry = RegularizerRegistry.builtIn.adding(regularizer.summandRegularizers) else {
            return nil
        }
        let first = try registry.encode(CodableRegularizer(regularizer))
        let read = try registry.decode(CodableRegularizer.self, from: first)
        texts = (first, try registry.encode(read))
        self.read = read.regularizer
    }

    private func violation(_ tensors: [Tensor], _ seed: UInt64) -> RegularizerViolation? {
        if texts.first != texts.second {
            return Self.violation(
                of: regularizer, tensors.first, seed, expected: text(texts.first), found: text(texts.second))
        }
        for tensor in tensors {
            let expected = Subject(regularizer, tensor.shape).everything(at: tensor.weights)
            let found = Subject(read, tensor.shape).everything(at: tensor.weights)
            if !zip(expected, found).allSatisfy({ $0 == $1 || $0.isNaN && $1.isNaN }) {
                return Self.violation(
                    of: regularizer, tensor, seed, expected: "\(expected)",
                    found: "\(found) once it is read from \(text(texts.first))")
            }
        }
        return nil
    }

    private func text(_ json: Data) -> String { String(decoding: json, as: UTF8.self) }

    private static func violation(
        of regularizer: any Regularizer, _ tensor: Tensor?, _ seed: UInt64, expected: String, found: String
    ) -> RegularizerViolation {
        RegularizerViolation(
            law: .survivesConfiguration, regularizer: regularizer.name, shape: tensor?.shape ?? [0],
            input: tensor?.weights ?? [], seed: seed, expected: expected, found: found)
    }
}

extension Subject {
    /// The value, followed by the elements of the gradient and of the proximal points.
    fileprivate func everything(at weights: [Float]) -> [Double] {
        [value(at: weights)] + results(at: weights).flatMap { $0.elements.map(Double.init) }
    }
}

extension RegularizerRegistry {
    /// This registry with the types of all parts of a regularizer added; nil if one of them is not `Codable`.
    fileprivate func adding(_ parts: [any Regularizer]) -> Self? {
        var registry = self
        for (index, part) in parts.enumerated() where registry.name(of: type(of: part)) == nil {
            guard let part = part as? any Regularizer & Codable else { return nil }
            registry = registry.adding(part, "part \(index)")
        }
        return registry
    }

    private func adding<R: Regularizer & Codable>(_ part: R, _ kind: String) -> Self {
        adding(R.self, as: kind)
    }
}
