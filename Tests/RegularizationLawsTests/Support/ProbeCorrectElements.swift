import Foundation
import Regularization

let correctElements: [any Regularizer] = [
    ByElement(
        name: "slopes 1000 and 0.001", properties: [.convex, .positivelyHomogeneous],
        phi: { $0 > 0 ? 1000 * Double($0) : -0.001 * Double($0) },
        slope: { $0 > 0 ? 1000 : $0 < 0 ? -0.001 : $0 },
        point: { $0 >= -0.001 * $1 && $0 <= 1000 * $1 ? 0 : $0 > 0 ? $0 - 1000 * $1 : $0 + 0.001 * $1 }),
    insensitive(0.5), insensitive(1e-3), times(1e6), times(1e-6), times(1e12), times(1e-12),
    ByElement(
        name: "hinge", properties: .convex, phi: { $0.isNaN ? .nan : max(0, 1 - Double($0)) },
        slope: { $0.isNaN ? $0 : $0 < 1 ? -1 : 0 }, point: { $0 >= 1 ? $0 : $0 >= 1 - $1 ? 1 : $0 + $1 }),
    ByElement(
        name: "positive part", properties: [.convex, .positivelyHomogeneous],
        phi: { $0.isNaN ? .nan : max(0, Double($0)) }, slope: { $0.isNaN ? $0 : $0 > 0 ? 1 : 0 },
        point: { $0 > $1 ? $0 - $1 : $0 > 0 ? 0 : $0 }),
    around(1000), around(-1e-3), around(1e6),
    ProximalByElement(
        name: "−log", properties: .convex, phi: { $0.isNaN ? .nan : $0 <= 0 ? .infinity : -log(Double($0)) },
        point: { weight, scale in
            let (w, t) = (Double(weight), Double(scale))
            let root = (w * w + 4 * t).squareRoot()
            let point = w > 0 ? (w + root) / 2 : w.isNaN ? w : root - w == 0 ? 0 : 2 * t / (root - w)
            // At −∞ the point would be 0.
            return Float(point) + (weight - weight)
        }),
    ProximalByElement(
        name: "w log w", properties: .convex,
        phi: { $0.isNaN ? .nan : $0 < 0 ? .infinity : $0 == 0 ? 0 : Double($0) * log(Double($0)) },
        point: { weight, scale in
            let (w, t) = (Double(weight), Double(scale))
            if w.isNaN { return weight }
            if t == 0 { return max(weight, 0) }
            // e^u + t·u = w − t, convex and rising in u.
            var u = w > 0 ? min((w - t) / t, log(w)) : (w - t) / t
            for _ in 0..<200 { u -= (exp(u) + t * u - w + t) / (exp(u) + t) }
            return Float(exp(u))
        }),
    ByElement(
        name: "capped L1",
        phi: { $0.isNaN ? .nan : min(Double(abs($0)), 0.5) },
        slope: { $0.isNaN ? $0 : abs($0) < 0.5 ? sign($0) : 0 },
        point: { weight, scale in
            if weight.isNaN { return weight }
            let (w, t, cap) = (Double(abs(weight)), Double(scale), 0.5)
            let (low, high) = (min(max(w - t, 0), cap), max(w, cap))
            let lowObjective = pow(low - w, 2) / 2 + t * low
            return sign(weight) * Float(lowObjective <= pow(high - w, 2) / 2 + t * cap ? low : high)
        }),
    ByElement(
        name: "zero",
        properties: [
            .convex, .positivelyHomogeneous, .monotoneInMagnitudes, .permutationInvariant, .linearInOrder,
            .linearInOrderOfMagnitudes,
        ],
        phi: { 0 * Double($0) }, slope: { 0 * $0 }, point: { weight, _ in weight }),
    ByElement(
        name: "zero, not even NaN", properties: .convex, phi: { _ in 0 }, slope: { _ in 0 },
        point: { weight, _ in weight }),
    shifted(1e6), shifted(1e12),
    ByElement(
        name: "half square in Float", properties: .convex, phi: { Double($0 * $0 / 2) }, slope: { $0 },
        point: { $0 / (1 + $1) }),
    ByElement(
        name: "Charbonnier in Float", properties: .convex, phi: { Double($0 / (hypot($0, 0.1) + 0.1) * $0) },
        slope: { $0 / hypot($0, 0.1) },
        point: { weight, scale in
            // p + t·p/√(p² + 0.01) = w.
            let (w, t) = (Double(weight), Double(scale))
            if w.isNaN { return weight }
            var (low, high) = (0.0, abs(w))
            for _ in 0..<80 {
                let p = (low + high) / 2
                if p + t * p / (p * p + 0.01).squareRoot() < abs(w) { low = p } else { high = p }
            }
            return sign(weight) * Float((low + high) / 2)
        }),
]
private func insensitive(_ e: Float) -> ByElement {
    ByElement(
        name: "insensitive \(e)", properties: [.convex, .monotoneInMagnitudes],
        phi: { $0.isNaN ? .nan : max(Double(abs($0)) - Double(e), 0) },
        slope: { $0.isNaN ? $0 : abs($0) > e ? sign($0) : 0 },
        point: { abs($0) <= e ? $0 : abs($0) <= e + $1 ? e * sign($0) : $0 - $1 * sign($0) })
}
private func times(_ factor: Float) -> ByElement {
    ByElement(
        name: "L1 × \(factor)", properties: [.convex, .positivelyHomogeneous, .monotoneInMagnitudes],
        phi: { Double(factor) * Double(abs($0)) }, slope: { factor * sign($0) },
        point: { soft($0, factor * $1) })
}
private func around(_ center: Float) -> ByElement {
    ByElement(
        name: "½(w − \(center))²", properties: .convex, phi: { pow(Double($0) - Double(center), 2) / 2 },
        slope: { $0 - center },
        point: { Float((Double($0) + Double($1) * Double(center)) / (1 + Double($1))) })
}
private func shifted(_ constant: Double) -> ByElement {
    ByElement(
        name: "½w² + \(constant)", properties: .convex, phi: { constant + Double($0) * Double($0) / 2 },
        slope: { $0 }, point: { $0 / (1 + $1) })
}
