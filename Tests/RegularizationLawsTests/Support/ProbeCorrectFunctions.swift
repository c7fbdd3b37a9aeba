import Foundation
import Regularization

func logSumRoot(_ norm: Double, _ t: Double) -> Double {
    // (r − n)(ε + r) + t = 0, the larger root, or 0.
    let e = 0.1
    let discriminant = (norm + e) * (norm + e) - 4 * t
    if discriminant < 0 { return 0 }
    let rooted = discriminant.squareRoot()
    let root = norm > e ? (norm - e + rooted) / 2 : 2 * (norm * e - t) / (e - norm + rooted)
    if root <= 0 { return 0 }
    return (root - norm) * (root - norm) / 2 + t * log1p(root / e) < norm * norm / 2 ? root : 0
}
func sum2(_ x: [Double]) -> Double { x.reduce(0) { $0 + $1 * $1 } }
func differences(_ w: [Float]) -> [Double] {
    w.count < 3
        ? w.map { 0 * Double($0) }
        : (1..<w.count - 1).map { Double(w[$0 - 1]) - 2 * Double(w[$0]) + Double(w[$0 + 1]) }
}
func normal(_ w: [Double]) -> [Double] {
    var result = w.map { 0 * $0 }
    if w.count < 3 { return result }
    for i in 1..<w.count - 1 {
        let d = w[i - 1] - 2 * w[i] + w[i + 1]
        result[i - 1] += d
        result[i] -= 2 * d
        result[i + 1] += d
    }
    return result
}
func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var (a, b) = (matrix, right)
    let n = b.count
    for k in 0..<n {
        for i in k + 1..<max(n, k + 1) {
            let f = a[i][k] / a[k][k]
            for j in k..<n { a[i][j] -= f * a[k][j] }
            b[i] -= f * b[k]
        }
    }
    for k in stride(from: n - 1, through: 0, by: -1) {
        for j in k + 1..<max(n, k + 1) { b[k] -= a[k][j] * b[j] }
        b[k] /= a[k][k]
    }
    return b
}
func spread(_ w: [Float]) -> Double {
    let mean = sum(w) / Double(max(w.count, 1))
    return sum(w) { ($0 - mean) * ($0 - mean) / 2 }
}
func pooled(_ w: [Float], _ masses: [Double]) -> [Float] {
    var blocks: [(mean: Double, mass: Double, count: Int)] = []
    if w.contains(where: \.isNaN) { return w.map { _ in .nan } }
    for (weight, mass) in zip(w, masses) {
        blocks.append((Double(weight), mass, 1))
        while blocks.count > 1, blocks[blocks.count - 2].mean >= blocks[blocks.count - 1].mean {
            let (b, a) = (blocks.removeLast(), blocks.removeLast())
            blocks.append(
                ((a.mean * a.mass + b.mean * b.mass) / (a.mass + b.mass), a.mass + b.mass, a.count + b.count))
        }
    }
    return blocks.flatMap { Array(repeating: Float($0.mean), count: $0.count) }
}
func line(_ index: Int, _ s: Shape) -> Int {
    let d = s.dimensions
    return index / (d[1] * d[2]) * d[2] + index % d[2]
}
func lines(_ w: [Float], _ s: Shape) -> [Double] {
    var totals = [Double](repeating: 0, count: s.dimensions[0] * s.dimensions[2])
    for index in w.indices { totals[line(index, s)] += Double(w[index]) }
    return totals
}
func gram(_ w: [Float], _ s: Shape) -> (a: Double, b: Double, c: Double) {
    let r = rows(w, s)
    return (
        sum(r[0]) { $0 * $0 }, zip(r[0], r[1]).reduce(0) { $0 + Double($1.0) * Double($1.1) },
        sum(r[1]) { $0 * $0 }
    )
}
func twoRows(_ w: [Float], _ s: Shape) -> (Double, Double)? {
    guard s.rows == 2 else { return nil }
    let (a, b, c) = gram(w, s)
    // σ₁σ₂ = √det by the minors, which cancel less than the eigenvalues; (σ₁ + σ₂)² = tr + 2√det.
    let r = rows(w, s)
    var det = 0.0
    for i in r[0].indices {
        for j in r[0].indices where j > i {
            det += pow(Double(r[0][i]) * Double(r[1][j]) - Double(r[0][j]) * Double(r[1][i]), 2)
        }
    }
    return ((a + c + 2 * det.squareRoot()).squareRoot(), 0 * b)
}
func traceProx(_ w: [Float], _ s: Shape, _ t: Double) -> [Float] {
    if t == 0 { return w }
    let (a, b, c) = gram(w, s)
    if !(a + b + c).isFinite { return w.map { $0 + .nan } }
    let angle = atan2(2 * b, a - c) / 2
    let r = rows(w, s)
    var rotated = [
        r[0].indices.map { cos(angle) * Double(r[0][$0]) + sin(angle) * Double(r[1][$0]) },
        r[0].indices.map { cos(angle) * Double(r[1][$0]) - sin(angle) * Double(r[0][$0]) },
    ]
    for k in 0..<2 {
        let length = sum2(rotated[k]).squareRoot()
        rotated[k] = rotated[k].map { length <= t ? 0 : $0 * (1 - t / length) }
    }
    return r[0].indices.map { Float(cos(angle) * rotated[0][$0] - sin(angle) * rotated[1][$0]) }
        + r[0].indices.map { Float(sin(angle) * rotated[0][$0] + cos(angle) * rotated[1][$0]) }
}

func pairsSquared(_ w: [Float]) -> Double {
    var total = 0.0
    for k in stride(from: 0, to: w.count, by: 2) {
        let difference = Double(w[k]) - Double(w[k + 1])
        total += difference * difference / 2
    }
    return total
}
