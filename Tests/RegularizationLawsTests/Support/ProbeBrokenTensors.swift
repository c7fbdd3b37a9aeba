import Foundation
import Regularization
import RegularizationLaws

let brokenTensors: [BrokenRegularizer] =
    [groups, norms, metrics, orders, shapes, brokenGradients, brokenClaims, brokenOthers].flatMap { $0 }

private func lasso(
    _ name: String, groups: Groups = .rows,
    slope: @escaping @Sendable (Double, Double) -> Double = { $1.squareRoot() + 0 * $0 },
    norm: @escaping @Sendable (Double, Double, Double) -> Double = { max($0 - $1 * $2.squareRoot(), 0) }
) -> ByGroup {
    ByGroup(
        name: name, groups: groups, properties: [.convex, .positivelyHomogeneous, .monotoneInMagnitudes],
        phi: { $0 * $1.squareRoot() }, slope: slope, norm: norm)
}

private let groups: [BrokenRegularizer] = [
    breaking(
        .proximalPointIsMinimal,
        lasso("prox without √size", norm: { max($0 - $1 + 0 * $2, 0) }),
        lasso("prox with size", norm: { max($0 - $1 * $2, 0) }),
        lasso("prox × 1.001", norm: { max($0 - 1.001 * $1 * $2.squareRoot(), 0) }),
        lasso("negative shrink", norm: { $0 - $1 * $2.squareRoot() }),
        lasso("norm kept above 1e8", norm: { $0 > 1e8 ? $0 : max($0 - $1 * $2.squareRoot(), 0) }),
        lasso("scale²", norm: { max($0 - $1 * $1 * $2.squareRoot(), 0) }),
        lasso("two-element groups kept", norm: { $2 == 2 ? $0 : max($0 - $1 * $2.squareRoot(), 0) }),
        lasso("one-element groups kept", norm: { $2 == 1 ? $0 : max($0 - $1 * $2.squareRoot(), 0) }),
        ByGroup(
            name: "squared norm without ½ in prox", properties: .convex, phi: { $0 * $0 / 2 + 0 * $1 },
            slope: { $0 + 0 * $1 },
            norm: { $0 / (1 + 2 * $1) + 0 * $2 })),
    breaking(.gradientIsDerivative, lasso("slope without √size", slope: { 1 + 0 * $0 * $1 })),
    breaking(
        .isConvex,
        ByGroup(
            name: "√ of norm convex", properties: .convex, metricRefusal: "no",
            phi: { ($0 + $1 * 0).squareRoot() },
            slope: { 0.5 / ($0 + $1 * 0).squareRoot() },
            norm: { norm, scale, _ in Double(LHalf().proximalPoint(of: Float(norm), scale: Float(scale)))
            })),
    breaking(
        .isRadial,
        ByGroup(
            name: "falling in norm", phi: { max(1 - $0, 0) + 0 * $1 }, slope: { $0 < 1 ? -1 : 0 * $1 },
            norm: { norm, scale, _ in norm >= 1 ? norm : min(norm + scale, 1) })),
].flatMap { $0 }

private func rowProx(_ name: String, _ move: @escaping @Sendable (Int, [Float], Double, Shape) -> [Float])
    -> Proximal
{
    Proximal(named(name)) { weights, shape, scale in
        rows(weights, shape).enumerated().flatMap { move($0, $1, Double(scale), shape) }
    }
}

private let norms: [BrokenRegularizer] = [
    breaking(
        .isFinite,
        Smooth(named("w/‖w‖ at 0")) { weights, shape in
            rows(weights, shape).flatMap { row in row.map { $0 / Float(norm(row)) } }
        },
        rowProx("NaN for a zero row") { _, row, scale, _ in
            norm(row) == 0 ? row.map { _ in .nan } : shrunk(row, scale)
        }),
    breaking(
        .gradientIsDerivative,
        Smooth(named("w/(‖w‖ + 1e-3)")) { weights, shape in
            rows(weights, shape).flatMap { row in row.map { $0 / Float(norm(row) + 1e-3) } }
        },
        Smooth(named("Float norm")) { weights, shape in
            rows(weights, shape).flatMap { row in
                let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
                return length == 0 ? row.map { _ in 0 } : row.map { $0 / length }
            }
        }),
    breaking(
        .proximalPointIsMinimal,
        rowProx("Float norm in prox") { _, row, scale, _ in
            let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return length <= Float(scale)
                ? row.map { _ in 0 } : row.map { $0 * (1 - Float(scale) / length) }
        },
        rowProx("last row kept") { $3.rows > 1 && $0 == $3.rows - 1 ? $1 : shrunk($1, $2) },
        rowProx("one row kept") { $3.rows == 1 ? $1 : shrunk($1, $2) },
        rowProx("rank 3 kept") { $3.rank == 3 ? $1 : shrunk($1, $2) },
        rowProx("square kept") { $3.rows == $3.columns && $3.rows > 1 ? $1 : shrunk($1, $2) },
        rowProx("rank 4 kept") { $3.rank == 4 ? $1 : shrunk($1, $2) },
        rowProx("more than 8 columns kept") { $3.columns > 8 ? $1 : shrunk($1, $2) },
        rowProx("wide kept") { $3.columns > $3.rows ? $1 : shrunk($1, $2) },
        Proximal(named("stops at a zero row")) { weights, shape, scale in
            var all = rows(weights, shape)
            for index in all.indices {
                if norm(all[index]) == 0 { break }
                all[index] = shrunk(all[index], Double(scale))
            }
            return all.flatMap { $0 }
        },
        Proximal(named("changes the next row")) { weights, shape, scale in
            var all = rows(weights, shape)
            for index in all.indices {
                let kept = norm(all[index]) > Double(scale)
                all[index] = shrunk(all[index], Double(scale))
                if !kept, index + 1 < all.count, !all[index + 1].isEmpty { all[index + 1][0] = 0 }
            }
            return all.flatMap { $0 }
        },
        Proximal(named("forgets the last element")) { weights, shape, scale in
            var point = rows(weights, shape).flatMap { shrunk($0, Double(scale)) }
            if let last = weights.last, point.count > 1 { point[point.count - 1] = last }
            return point
        }),
    breaking(
        .zeroScaleIsIdentity,
        rowProx("1 − t/‖w‖ at 0") { _, row, scale, _ in
            row.map { $0 * Float(max(1 - scale / norm(row), 0)) }
        }),
].flatMap { $0 }

private func metric(
    _ name: String, _ base: Valued = absolute,
    _ scales: @escaping @Sendable ([Float], Float, Float) -> [Float]
) -> MetricProximal {
    MetricProximal(named(name, base)) { weights, _, scale in
        weights.map { soft($0, scale) }
    } metric: { weights, _, sizes, factor, ridge in
        zip(weights, scales(sizes, factor, ridge)).map { soft($0, $1) }
    }
}
private func correct(_ sizes: [Float], _ factor: Float, _ ridge: Float) -> [Float] {
    sizes.map { factor * $0 / (1 + ridge * factor * $0) }
}

private let metrics: [BrokenRegularizer] = [
    breaking(
        .metricProximalPointIsMinimal,
        metric("mean scale") { sizes, factor, ridge in
            let all = correct(sizes, factor, ridge)
            return all.map { _ in all.reduce(0, +) / Float(all.count) }
        },
        metric("first scale") { s, f, r in correct(s, f, r).map { _ in correct(s, f, r)[0] } },
        metric("largest scale") { s, f, r in correct(s, f, r).map { _ in correct(s, f, r).max()! } },
        metric("no ridge") { sizes, factor, _ in sizes.map { $0 * factor } },
        metric("ridge by step size") { s, f, r in s.map { f * $0 / (1 + r * $0) } },
        metric("reversed scales") { s, f, r in correct(s, f, r).reversed() },
        MetricProximal(named("row norms by mean scale")) { weights, shape, scales in
            zip(rows(weights, shape), rows(scales, shape)).flatMap { row, scales in
                shrunk(row, scales.isEmpty ? 0 : sum(scales) / Double(scales.count))
            }
        },
        MetricProximal(named("row norms, each by its own scale")) { weights, shape, scales in
            zip(rows(weights, shape), rows(scales, shape)).flatMap { row, scales in
                zip(row, scales).map {
                    Float(Double($0) * max(0, 1 - Double($1) / max(norm(row), 1e-300)))
                }
            }
        }),
    breaking(
        .equalScalesAreOneScale,
        metric("no factor") { sizes, _, ridge in sizes.map { $0 / (1 + ridge * $0) } },
        metric("factor twice") { s, f, r in correct(s, f * f, r) }),
    breaking(
        .zeroScalesStay,
        MetricProximal(named("floor of scales", absolute)) { weights, _, scales in
            zip(weights, scales).map { soft($0, $1 == 0 ? 0.01 : $1) }
        }),
].flatMap { $0 }

private let sparseRows = Valued(name: "sparse rows", properties: [.convex, .positivelyHomogeneous]) {
    weights, shape in
    rowNorms.value(weights, shape) + absolute.value(weights, shape)
}
private let fused = Valued(name: "fused", properties: [.convex, .positivelyHomogeneous]) { weights, shape in
    value(of: TotalVariation(along: .rows))(weights, shape) + absolute.value(weights, shape)
}
private let orders: [BrokenRegularizer] = breaking(
    .proximalPointIsMinimal,
    Proximal(named("group before L1", sparseRows)) { weights, shape, scale in
        rows(weights, shape).flatMap { shrunk($0, Double(scale)) }.map { soft($0, scale) }
    },
    Proximal(named("L1 before total variation", fused)) { weights, shape, scale in
        weights.map { soft($0, scale) }.moved(shape, by: TotalVariation(along: .rows), scale)
    },
    Proximal(
        named(
            "scaled before L1",
            Valued(name: "elastic net", properties: .convex) { w, _ in
                sum(w) { abs($0) + $0 * $0 / 2 }
            })
    ) { weights, _, scale in weights.map { soft($0 / (1 + scale), scale) } })

private let shapes: [BrokenRegularizer] = [
    breaking(
        .gradientIsDerivative,
        Smooth(Valued(name: "square only: ¼‖W − Wᵀ‖² × 2", accepts: isSquare, value: asymmetry)) {
            weights, shape in
            weights.indices.map { weights[$0] * 2 - weights[transposed($0, shape)] * 2 }
        },
        Smooth(
            Valued(name: "rank 3 only: ×2", accepts: { $0.rank == 3 }) { w, _ in sum(w) { $0 * $0 / 2 } }
        ) { w, _ in w.map { 2 * $0 } }),
    breaking(
        .proximalPointIsMinimal,
        Proximal(Valued(name: "square only: forgets 2", accepts: isSquare, value: asymmetry)) {
            weights, shape, scale in
            weights.indices.map { index in
                let (a, b) = (weights[index], weights[transposed(index, shape)])
                return (a + b) / 2 + (a - b) / 2 / (1 + scale)
            }
        }),
    breaking(
        .acceptsSomeShape,
        Valued(name: "at least 9 columns", accepts: { $0.columns > 8 }) { w, _ in sum(w) { $0 * $0 / 2 } }),
].flatMap { $0 }
@Sendable func isSquare(_ shape: Shape) -> Bool { shape.rank == 2 && shape.rows == shape.columns }
@Sendable func transposed(_ index: Int, _ shape: Shape) -> Int {
    index % shape.columns * shape.columns + index / shape.columns
}
/// ¼‖W − Wᵀ‖².
@Sendable func asymmetry(_ weights: [Float], _ shape: Shape) -> Double {
    weights.indices.reduce(0) { sum, index in
        let difference = Double(weights[index]) - Double(weights[transposed(index, shape)])
        return sum + difference * difference / 4
    }
}
