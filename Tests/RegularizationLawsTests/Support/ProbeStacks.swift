import Regularization

/// A stack of two matrices A and B by functions of their elements: what a penalty on two tensors sees.
struct OfStack: DifferentiableRegularizer, MetricProximalRegularizer {
    typealias Halves = (a: [Float], b: [Float])

    let name: String
    var properties: CompositionProperties = []
    var refusal: String?
    var metricRefusal: String?
    var value: @Sendable (Halves) -> Double
    var gradient: @Sendable (Halves, Shape) -> Halves
    var point: @Sendable (Halves, _ scales: Halves) -> Halves = { weights, _ in weights }

    func check(_ shape: Shape) throws {
        if shape.rank < 2 || shape.rows % 2 != 0 {
            throw ShapeError("two matrices are stacked, not \(shape)")
        }
    }
    func value(at weights: Weights) -> Double { value(halves(weights.array)) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        let (a, b) = self.gradient(halves(weights.array), weights.shape)
        for (index, slope) in (a + b).enumerated() { gradient[index] += scale * slope }
    }
    func applyProx(to weights: inout MutableWeights, scales: Scales) {
        let (a, b) = point(halves(weights.readOnly.array), halves((0..<scales.count).map { scales[$0] }))
        weights.set(a + b)
    }
    private func halves(_ elements: [Float]) -> Halves {
        let half = elements.count / 2
        return (Array(elements[..<half]), Array(elements[half...]))
    }
}

/// ½‖A − B‖² with a proximal point by a function of the pair and its scales.
private func tie(
    _ name: String,
    value: @escaping @Sendable (OfStack.Halves) -> Double = { w in
        zip(w.a, w.b).reduce(0) { $0 + square(Double($1.0) - Double($1.1)) / 2 }
    },
    gradient: @escaping @Sendable (OfStack.Halves, Shape) -> OfStack.Halves = { w, _ in
        (zip(w.a, w.b).map { $0 - $1 }, zip(w.a, w.b).map { $1 - $0 })
    },
    point: @escaping @Sendable (OfStack.Halves, OfStack.Halves) -> OfStack.Halves = { w, t in
        let pulls = pulls(w, t)
        return (
            w.a.indices.map { w.a[$0] - t.a[$0] * pulls[$0] },
            w.b.indices.map { w.b[$0] + t.b[$0] * pulls[$0] }
        )
    }
) -> OfStack {
    OfStack(name: name, properties: .convex, value: value, gradient: gradient, point: point)
}
@Sendable private func pulls(_ w: OfStack.Halves, _ t: OfStack.Halves) -> [Float] {
    w.a.indices.map { (w.a[$0] - w.b[$0]) / (1 + t.a[$0] + t.b[$0]) }
}

let correctStacks: [OfStack] = [tie("½‖A − B‖²")]

let brokenStacks: [BrokenRegularizer] =
    [
        breaking(
            .gradientIsDerivative,
            tie(
                "gradient of the first alone",
                gradient: { w, _ in (zip(w.a, w.b).map(-), w.b.map { _ in 0 }) })),
        breaking(
            .metricProximalPointIsMinimal,
            tie(
                "first tensor's scales",
                point: { w, t in
                    let pulls = w.a.indices.map { t.a[$0] * (w.a[$0] - w.b[$0]) / (1 + 2 * t.a[$0]) }
                    return (zip(w.a, pulls).map(-), zip(w.b, pulls).map(+))
                })),
        breaking(
            .proximalPointIsMinimal,
            tie(
                "moves one only",
                point: { w, t in (w.a.indices.map { (w.a[$0] + t.a[$0] * w.b[$0]) / (1 + t.a[$0]) }, w.b) })),
    ].flatMap { $0 }
