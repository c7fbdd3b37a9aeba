import Foundation
import Regularization

let correctTensors: [any Regularizer] = [
    Proximal(
        Valued(
            name: "largest magnitude",
            properties: [
                .convex, .positivelyHomogeneous, .monotoneInMagnitudes, .permutationInvariant,
                .linearInOrderOfMagnitudes,
            ]
        ) { w, _ in
            w.contains(where: \.isNaN) ? .nan : w.reduce(0) { max($0, Double(abs($1))) }
        }
    ) { w, _, t in
        let sorted = w.map { Double(abs($0)) }.sorted(by: >)
        if sorted.reduce(0, +) <= Double(t) { return w.map { $0 * 0 } }
        var (total, level) = (0.0, 0.0)
        for (index, magnitude) in sorted.enumerated() {
            total += magnitude
            let candidate = (total - Double(t)) / Double(index + 1)
            if index + 1 == sorted.count || candidate >= sorted[index + 1] { level = candidate; break }
        }
        return w.map { Double(abs($0)) > level ? Float(level) * sign($0) : $0 }
    },
    Proximal(
        Valued(
            name: "trace norm of two rows", properties: [.convex, .positivelyHomogeneous],
            accepts: { $0.rows <= 2 }
        ) { w, s in
            twoRows(w, s).map { $0.0 + $0.1 } ?? (s.count == 0 ? 0 : norm(w))
        }
    ) { w, s, t in
        if s.rows < 2 { return shrunk(w, Double(t)) }
        return traceProx(w, s, Double(t))
    },
    Smooth(Valued(name: "second differences", properties: .convex) { w, _ in sum2(differences(w)) / 2 }) {
        w, _ in
        normal(w.map(Double.init)).map { Float($0) }
    },
    Proximal(Valued(name: "second differences", properties: .convex) { w, _ in sum2(differences(w)) / 2 }) {
        w, _, t in
        let n = w.count
        var matrix = (0..<n).map { row in (0..<n).map { $0 == row ? 1.0 : 0 } }
        for column in 0..<n {
            let image = normal((0..<n).map { $0 == column ? 1.0 : 0 })
            for row in 0..<n { matrix[row][column] += Double(t) * image[row] }
        }
        return t == 0 ? w : solve(matrix, w.map(Double.init)).map { Float($0) }
    },
    MetricProximal(
        Valued(name: "spread", properties: [.convex, .permutationInvariant]) { w, _ in spread(w) }
    ) { w, _, t in
        // p_i = (w_i + t_i·m)/(1 + t_i) where m is the mean of p.
        if w.isEmpty { return w }
        let shares = t.map { 1 / (1 + Double($0)) }
        let total = zip(w, shares).reduce(0) { $0 + Double($1.0) * $1.1 }
        let left = shares.reduce(0, +)
        if t.allSatisfy({ $0 == 0 }) { return w }
        let mean = total / left
        return zip(w, t).map { Float((Double($0) + Double($1) * mean) / (1 + Double($1))) }
    },
    Smooth(Valued(name: "spread", properties: [.convex, .permutationInvariant]) { w, _ in spread(w) }) {
        w, _ in
        let mean = sum(w) / Double(max(w.count, 1))
        return w.map { Float(Double($0) - mean) }
    },
    Proximal(
        Valued(name: "Σw = 1", properties: .convex, accepts: { $0.count > 0 }) { w, _ in
            let off = abs(sum(w) - 1)
            return !off.isFinite ? off : off <= 0x1p-22 * (1 + sum(w) { abs($0) }) ? 0 : .infinity
        }
    ) { w, _, _ in
        let shift = (sum(w) - 1) / Double(w.count)
        return w.map { Float(Double($0) - shift) }
    },
    Proximal(
        Valued(name: "Σw ≤ 1", properties: .convex) { w, _ in
            let over = sum(w) - 1
            return !over.isFinite ? over : over <= 0x1p-22 * (1 + sum(w) { abs($0) }) ? 0 : .infinity
        }
    ) { w, _, _ in
        let over = (sum(w) - 1) / Double(max(w.count, 1))
        return over <= 0 ? w : w.map { Float(Double($0) - over) }
    },
    Proximal(
        Valued(name: "second-order cone", properties: .convex, accepts: { $0.count > 1 }) { w, _ in
            let (top, side) = (Double(w[0]), norm(Array(w.dropFirst())))
            return !(top + side).isFinite ? .nan : side <= top + 0x1p-22 * (abs(top) + side) ? 0 : .infinity
        }
    ) { w, _, _ in
        let (top, side) = (Double(w[0]), norm(Array(w.dropFirst())))
        if side <= top { return w }
        if side <= -top { return w.map { $0 * 0 } }
        let level = (top + side) / 2
        return [Float(level)] + w.dropFirst().map { Float(level * Double($0) / side) }
    },
    MetricProximal(
        Valued(name: "ordered", properties: .convex) { w, _ in
            !w.allSatisfy(\.isFinite) ? .nan : zip(w, w.dropFirst()).allSatisfy { $0 <= $1 } ? 0 : .infinity
        }, { w, _, _ in pooled(w, w.map { _ in 1 }) },
        metric: { w, _, s, f, r in
            // What cannot move counts as much as what moves least by far.
            let scales = s.map { Double(f * $0 / (1 + r * f * $0)) }
            return scales.contains(0)
                ? pooled(w, scales.map { $0 == 0 ? 1e30 : 1 / $0 }) : pooled(w, scales.map { 1 / $0 })
        }),
    Smooth(Valued(name: "square only", properties: .convex, accepts: isSquare, value: asymmetry)) { w, s in
        w.indices.map { w[$0] - w[transposed($0, s)] }
    },
    Proximal(Valued(name: "square only", properties: .convex, accepts: isSquare, value: asymmetry)) {
        w, s, t in
        w.indices.map { index in
            let (a, b) = (Double(w[index]), Double(w[transposed(index, s)]))
            return t == 0 ? w[index] : Float((a + b) / 2 + (a - b) / 2 / (1 + 2 * Double(t)))
        }
    },
    Smooth(
        Valued(name: "rank 3 only", properties: .convex, accepts: { $0.rank == 3 }) { w, s in
            lines(w, s).reduce(0) { $0 + $1 * $1 / 2 }
        }
    ) { w, s in
        let totals = lines(w, s)
        return w.indices.map { Float(totals[line($0, s)]) }
    },
    Smooth(
        Valued(name: "even only", properties: .convex, accepts: { $0.count % 2 == 0 }) { w, _ in
            pairsSquared(w)
        }
    ) { w, _ in w.indices.map { w[$0] - w[$0 ^ 1] } },
    Smooth(
        Valued(name: "square in a Float sum", properties: .convex) { w, _ in
            Double(w.reduce(0) { $0 + $1 * $1 / 2 })
        }
    ) { w, _ in w },
    Proximal(
        Valued(
            name: "L1 in a Float sum",
            properties: [.convex, .positivelyHomogeneous, .monotoneInMagnitudes, .permutationInvariant]
        ) { w, _ in
            Double(w.reduce(0) { $0 + abs($1) })
        }
    ) { w, _, t in w.map { soft($0, t) } },
    Proximal(
        Valued(
            name: "norm in Float", structure: .radial(.whole), properties: [.convex, .positivelyHomogeneous]
        ) { w, _ in
            Double(Float(norm(w)))
        }
    ) { w, _, t in shrunk(w, Double(t)) },
    ByGroup(
        name: "log sum of norms", metricRefusal: "no", phi: { norm, _ in log1p(norm / 0.1) },
        slope: { norm, _ in 1 / (0.1 + norm) },
        norm: { norm, scale, _ in logSumRoot(norm, scale) }),
    ByGroup(
        name: "log sum of norms, in a metric", phi: { norm, _ in log1p(norm / 0.1) },
        slope: { norm, _ in 1 / (0.1 + norm) },
        norm: { norm, scale, _ in logSumRoot(norm, scale) }),
    ByGroup(
        name: "index sets", groups: .indexSets([[0, 2], [1, 3, 5]]),
        properties: [.convex, .positivelyHomogeneous],
        phi: { $0 * $1 }, slope: { $1 + 0 * $0 }, norm: { max($0 - $1 * $2, 0) }),
    ByGroup(
        name: "norm at most 1", groups: .columns, properties: .convex,
        phi: { norm, _ -> Double in norm.isNaN ? .nan : norm <= 1.000001 ? 0 : .infinity },
        slope: { _, _ in 0 },
        norm: { norm, _, _ in min(norm, 1) }),
    ByGroup(
        name: "hinge of norms", groups: .whole, properties: [.convex],
        phi: { norm, _ -> Double in norm.isNaN ? norm : max(norm - 0.5, 0) },
        slope: { norm, _ -> Double in norm > 0.5 ? 1 : 0 },
        norm: { norm, scale, _ in norm <= 0.5 ? norm : max(norm - scale, 0.5) }),
]
