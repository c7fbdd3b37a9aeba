import Regularization
import RegularizationLaws

@Sendable func areAlike(_ shapes: [Shape]) -> Bool { shapes.count == 2 && shapes[0] == shapes[1] }
@Sendable func areTwo(_ shapes: [Shape]) -> Bool { shapes.count == 2 }

/// ½‖A − B‖² with a proximal point by a function of the pair and its scales.
private func tie(
    _ name: String, metricRefusal: String? = nil,
    value: @escaping @Sendable ([[Float]], [Shape]) -> Double = { w, _ in
        zip(w[0], w[1]).reduce(0) { $0 + pow2(Double($1.0) - Double($1.1)) / 2 }
    },
    gradient: @escaping @Sendable ([[Float]], [Shape]) -> [[Float]] = { w, _ in
        [zip(w[0], w[1]).map { $0 - $1 }, zip(w[0], w[1]).map { $1 - $0 }]
    },
    point: @escaping @Sendable ([[Float]], [Shape], [[Float]]) -> [[Float]] = { w, _, t in
        let pulls = w[0].indices.map { (w[0][$0] - w[1][$0]) / (1 + t[0][$0] + t[1][$0]) }
        return [
            w[0].indices.map { w[0][$0] - t[0][$0] * pulls[$0] },
            w[1].indices.map { w[1][$0] + t[1][$0] * pulls[$0] },
        ]
    }
) -> BySeveral {
    BySeveral(
        name: name, properties: .convex, metricRefusal: metricRefusal, accepts: areAlike, value: value,
        gradient: gradient,
        point: point)
}
func pow2(_ x: Double) -> Double { x * x }
func sharedTie(_ name: String) -> BySeveral { tie(name) }

let brokenCoupled: [(Law, BySeveral)] = [
    (
        .gradientIsSlope,
        tie(
            "gradients swapped",
            gradient: { w, _ in [zip(w[0], w[1]).map { $1 - $0 }, zip(w[0], w[1]).map { $0 - $1 }] })
    ),
    (
        .gradientIsSlope,
        tie(
            "gradient of the first alone",
            gradient: { w, _ in [zip(w[0], w[1]).map { $0 - $1 }, w[1].map { _ in 0 }] })
    ),
    (
        .proximalPointIsMinimal,
        tie(
            "points swapped",
            point: { w, _, t in
                let pulls = w[0].indices.map { (w[0][$0] - w[1][$0]) / (1 + t[0][$0] + t[1][$0]) }
                return [
                    w[1].indices.map { w[1][$0] + t[1][$0] * pulls[$0] },
                    w[0].indices.map { w[0][$0] - t[0][$0] * pulls[$0] },
                ]
            })
    ),
    (
        .metricProximalPointIsMinimal,
        tie(
            "scales swapped",
            point: { w, _, t in
                let pulls = w[0].indices.map { (w[0][$0] - w[1][$0]) / (1 + t[0][$0] + t[1][$0]) }
                return [
                    w[0].indices.map { w[0][$0] - t[1][$0] * pulls[$0] },
                    w[1].indices.map { w[1][$0] + t[0][$0] * pulls[$0] },
                ]
            })
    ),
    (
        .metricProximalPointIsMinimal,
        tie(
            "first tensor's scales",
            point: { w, _, t in
                let pulls = w[0].indices.map { t[0][$0] * (w[0][$0] - w[1][$0]) / (1 + 2 * t[0][$0]) }
                return [w[0].indices.map { w[0][$0] - pulls[$0] }, w[1].indices.map { w[1][$0] + pulls[$0] }]
            })
    ),
    (
        .proximalPointIsMinimal,
        tie(
            "moves one only",
            point: { w, _, t in
                [w[0].indices.map { (w[0][$0] + t[0][$0] * w[1][$0]) / (1 + t[0][$0]) }, w[1]]
            })
    ),
    (
        .gradientIsSlope,
        tie("value forgets the second", value: { w, _ in w[0].reduce(0) { $0 + pow2(Double($1)) / 2 } })
    ),
    (
        .proximalPointIsMinimal,
        BySeveral(
            name: "L1 of all, first tensor's value twice", metricRefusal: "no", accepts: areTwo,
            value: { w, _ in
                2 * w[0].reduce(0) { $0 + Double(abs($1)) } + w[1].reduce(0) { $0 + Double(abs($1)) }
            },
            gradient: { w, _ in [w[0].map { 2 * sign($0) }, w[1].map(sign)] },
            point: { w, _, t in [zip(w[0], t[0]).map { soft($0, $1) }, zip(w[1], t[1]).map { soft($0, $1) }] }
        )
    ),
    (
        .gradientIsSlope,
        tie(
            "transposed",
            gradient: { w, s in
                let partner = w[0].indices.map {
                    (s[0].rank == 2 && s[0].rows == s[0].columns) ? transposed($0, s[0]) : $0
                }
                return [
                    w[0].indices.map { w[0][$0] - w[1][partner[$0]] },
                    w[1].indices.map { w[1][$0] - w[0][partner[$0]] },
                ]
            })
    ),
    (
        .isConvex,
        BySeveral(
            name: "⟨A, B⟩² convex", properties: .convex, refusal: "no", metricRefusal: "no",
            accepts: areAlike,
            value: { w, _ in pow2(zip(w[0], w[1]).reduce(0) { $0 + Double($1.0) * Double($1.1) }) },
            gradient: { w, _ in
                let product = 2 * Float(zip(w[0], w[1]).reduce(0) { $0 + Double($1.0) * Double($1.1) })
                return [w[1].map { product * $0 }, w[0].map { product * $0 }]
            })
    ),
]
