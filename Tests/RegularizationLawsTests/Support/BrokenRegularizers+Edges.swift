import Regularization

/// A mean over the elements that is 0/0 for an empty tensor.
let undefinedOnEmpty = Valued(name: "UndefinedOnEmpty") { w, _ in sum(w) { abs($0) } / Double(w.count) }

private let wholeNorm = Valued(name: "", value: value(of: GroupLasso(.whole, weighting: .none)))

/// Regularizers that are wrong at zero, at tiny and huge numbers, at NaN or at some shapes.
let wrongEdges: [BrokenRegularizer] =
    [
        breaking(
            .isFinite,
            Smooth(named("gradient 0/0 at the zero norm", wholeNorm)) { w, _ in
                let length = Float(norm(w))
                return w.map { $0 / length }
            },
            ProximalByElement(name: "a point divided by the magnitude", phi: { Double(abs($0)) }) {
                abs($0) <= $1 && $0 != 0 ? 0 : $0 * (1 - $1 / abs($0))
            },
            // Σ w² log|w|.
            ValuedByElement(name: "0 · −∞ at zero") {
                Double($0 * $0) * ($0 == 0 ? -.infinity : Double(abs($0).exponent))
            },
            // Squares in Float are 0 below 1e-23.
            Smooth(named("underflowing squares", wholeNorm)) { w, _ in
                let length = w.reduce(0) { $0 + $1 * $1 }.squareRoot()
                return w.map { $0 == 0 ? 0 : $0 / length }
            },
            // Σ w²/(1 + w²) in Float is ∞/∞ above 1.8e19.
            ValuedByElement(name: "overflowing squares") { Double($0 * $0 / (1 + $0 * $0)) },
            undefinedOnEmpty),
        breaking(
            .propagatesNaN,
            // L1 with a threshold that compares so that NaN becomes 0.
            ProximalByElement(name: "NaN becomes zero", phi: { Double(abs($0)) }) {
                $0 > $1 ? $0 - $1 : $0 < -$1 ? $0 + $1 : 0
            }),
        breaking(
            .keepsInfinity,
            // The projection to |w| ≤ 1 by a clamp.
            ProximalByElement(name: "a clamp", phi: { $0.isNaN ? .nan : abs($0) <= 1 ? 0 : .infinity }) {
                w, _ in
                w <= -1 ? -1 : w >= 1 ? 1 : w
            },
            // The projection to the unit ball, where an infinite weight is the largest Float.
            Proximal(Valued(name: "infinity on the ball", value: value(of: L2Ball(.whole, radius: 1)))) {
                w, _, _ in
                let finite = w.map { min(max($0, -.greatestFiniteMagnitude), .greatestFiniteMagnitude) }
                let length = norm(finite)
                return length <= 1 ? w : finite.map { Float(Double($0) / length) }
            },
            // Only where several are infinite.
            Proximal(
                Valued(name: "one element stays") { w, _ in
                    w.contains { !$0.isFinite } ? .nan : w.count { $0 != 0 } <= 1 ? 0 : .infinity
                }
            ) { w, _, _ in
                let first = w.indices.max { abs(w[$0]) < abs(w[$1]) }
                return w.indices.map { $0 == first || w[$0].isNaN ? w[$0] : 0 }
            },
            Valued(name: "a bounded value") { w, _ in sum(w) { 1 - 1 / (1 + Double($0) * Double($0)) } }),
        breaking(.acceptsSomeShape, Valued(name: "no shape", accepts: { _ in false }) { _, _ in 0 }),
    ].flatMap { $0 }
