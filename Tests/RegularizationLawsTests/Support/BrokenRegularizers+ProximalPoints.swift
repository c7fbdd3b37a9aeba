import Regularization

let halfThreshold = l1("half the threshold of L1", point: { soft($0, $1 / 2) })

/// L1 with scales that a function makes of those of the metric, or of the uniform one.
private func scaled(
    _ name: String, euclidean: @escaping @Sendable (Float) -> Float = { $0 },
    metric: @escaping @Sendable ([Float]) -> [Float]
) -> MetricProximal {
    MetricProximal(named(name, absolute)) { w, _, t in
        w.map { soft($0, euclidean(t)) }
    } metric: { w, _, sizes, factor, ridge in
        zip(w, metric(sizes.map { factor * $0 / (1 + ridge * factor * $0) })).map { soft($0, $1) }
    }
}

/// L1 written twice, with half the scale where a uniform one comes as scales.
private struct DisagreesWithItself: MetricProximalRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { L1().value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        L1().applyProx(to: &weights, scale: scale)
    }
    func applyProx(to weights: inout MutableWeights, scales: Scales) {
        L1().applyProx(to: &weights, scales: scales.uniform == nil ? scales : scales.multiplied(by: 0.5))
    }
}

/// L1 whose proximal point moves elements that have the scale 0.
private struct MovesFixedElements: MetricProximalRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { L1().value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scales: Scales) {
        for index in 0..<weights.count { weights[index] = soft(weights[index], max(scales[index], 1e-3)) }
    }
}

let wrongProximalPoints: [BrokenRegularizer] = {
    let fixedThreshold = l1("the threshold 0.1 at every scale", point: { weight, _ in soft(weight, 0.1) })
    let halfMetric = scaled("half the scales in a metric") { $0.map { $0 / 2 } }
    let halfUniform = scaled("half the scale where it is uniform", euclidean: { $0 / 2 }) { $0 }
    let partial = GroupLasso(.indexSets([[0, 2]]))
    let ball = L2Ball(.whole, radius: 1)
    let minimal: [any Regularizer] = [
        halfThreshold, fixedThreshold, halfUniform,
        Proximal(Valued(name: "groups before elements", value: value(of: L1() + GroupLasso(.whole)))) {
            w, s, t in
            w.moved(s, by: GroupLasso(.whole), t).moved(s, by: L1(), t)
        },
        Proximal(
            Valued(
                name: "shrinks what is in no group", accepts: { (try? partial.check($0)) != nil },
                value: value(of: partial))
        ) { w, s, t in
            w.enumerated().map { $0 == 0 || $0 == 2 ? $1 : 0.99 * $1 }.moved(s, by: partial, t)
        },
        Proximal(
            Valued(name: "weights of 0 or more, but for the first") { w, _ in
                w.contains { $0 < 0 } ? .infinity : 0
            }
        ) { w, _, _ in w.enumerated().map { $0 == 0 ? $1 : max(0, $1) } },
        // The projection on the sphere, in the direction of the cubes of the weights.
        Proximal(Valued(name: "a ball in another direction", value: value(of: ball))) { w, s, t in
            if w.withSpan(s, { ball.value(at: $0) }) == 0 { return w }
            let largest = w.reduce(0) { max($0, abs($1)) }
            return w.map { $0 * (2 * ($0 / largest) * ($0 / largest) / largest) }.moved(s, by: ball, t)
        },
    ]
    let others: [[BrokenRegularizer]] = [
        breaking(.zeroScaleIsIdentity, fixedThreshold),
        breaking(
            .metricProximalPointIsMinimal,
            scaled("the first element's scale") { t in t.map { _ in t[0] } }, halfMetric),
        breaking(.equalScalesAreOneScale, halfMetric, halfUniform, DisagreesWithItself()),
        breaking(.zeroScalesStay, MovesFixedElements()),
        breaking(.isFirmlyNonexpansive, l1("further out", point: { $0 + $1 * sign($0) })),
    ]
    return minimal.flatMap { breaking(.proximalPointIsMinimal, $0) } + others.flatMap { $0 }
}()
