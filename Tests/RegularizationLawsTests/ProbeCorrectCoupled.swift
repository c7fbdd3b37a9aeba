import Regularization

let correctCoupled: [BySeveral] = [
    BySeveral(
        name: "A = Bᵀ", properties: .convex,
        accepts: {
            $0.count == 2 && $0[0].rank == 2 && $0[1].rank == 2 && $0[0].rows == $0[1].columns
                && $0[0].columns == $0[1].rows
        },
        value: { w, s in
            (w[0] + w[1]).contains(where: \.isNaN)
                ? .nan : w[0].indices.allSatisfy { w[0][$0] == w[1][turned($0, s[0])] } ? 0 : .infinity
        },
        point: { w, s, t in
            var p = w
            for i in w[0].indices {
                let j = turned(i, s[0])
                let (a, b) = (Double(t[0][i]), Double(t[1][j]))
                let share = a + b == 0 ? 0.5 : a / (a + b)
                let both = Float(Double(w[0][i]) * (1 - share) + Double(w[1][j]) * share)
                (p[0][i], p[1][j]) = (both, both)
            }
            return p
        }),
    BySeveral(
        name: "shared rows", properties: [.convex, .positivelyHomogeneous], metricRefusal: "no",
        accepts: { shapes in
            shapes.count > 1 && shapes.allSatisfy { $0.rank == 2 && $0.rows == shapes[0].rows }
        },
        value: { w, s in shared(w, s).reduce(0, +) },
        gradient: { w, s in
            let lengths = shared(w, s)
            return w.indices.map { t in
                w[t].indices.map {
                    lengths[$0 / s[t].columns] == 0 ? 0 : Float(Double(w[t][$0]) / lengths[$0 / s[t].columns])
                }
            }
        },
        point: { w, s, scales in
            let lengths = shared(w, s)
            let t = Double(scales.joined().first ?? 0)
            return w.indices.map { k in
                w[k].indices.map { i in
                    let length = lengths[i / s[k].columns]
                    return length <= t ? 0 : Float(Double(w[k][i]) * (1 - t / length))
                }
            }
        }),
    BySeveral(
        name: "Σ of all = 1", properties: .convex, metricRefusal: "no",
        accepts: { $0.contains { $0.count > 0 } },
        value: { w, _ in
            let off = abs(sum(Array(w.joined())) - 1)
            return off.isNaN
                ? .nan : off <= 0x1p-22 * (1 + sum(Array(w.joined())) { abs($0) }) ? 0 : .infinity
        },
        point: { w, _, _ in
            let all = Array(w.joined())
            let shift = (sum(all) - 1) / Double(all.count)
            return w.map { $0.map { Float(Double($0) - shift) } }
        }),
    sharedTie("½‖A − B‖²"),
]
@Sendable private func turned(_ index: Int, _ shape: Shape) -> Int {
    index % shape.columns * shape.rows + index / shape.columns
}
@Sendable private func shared(_ w: [[Float]], _ s: [Shape]) -> [Double] {
    (0..<s[0].rows).map { row in
        w.indices.reduce(0) { $0 + sum(rows(w[$1], s[$1])[row]) { $0 * $0 } }.squareRoot()
    }
}
