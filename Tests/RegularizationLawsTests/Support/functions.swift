import Regularization

func sign(_ weight: Float) -> Float { weight > 0 ? 1 : weight < 0 ? -1 : weight }
func soft(_ weight: Float, _ scale: Float) -> Float {
    abs(weight) <= scale ? 0 : weight > 0 ? weight - scale : weight + scale
}
func sum(_ weights: [Float], _ phi: (Double) -> Double = { $0 }) -> Double {
    weights.reduce(0) { $0 + phi(Double($1)) }
}
func norm(_ weights: [Float]) -> Double { sum(weights) { $0 * $0 }.squareRoot() }
func square(_ number: Double) -> Double { number * number }

/// Row by row, the rows as arrays.
func rows(_ weights: [Float], _ shape: Shape) -> [[Float]] {
    (0..<shape.rows).map { Array(weights[$0 * shape.columns..<($0 + 1) * shape.columns]) }
}
func shrunk(_ row: [Float], _ threshold: Double) -> [Float] {
    let length = norm(row)
    return length <= threshold ? row.map { _ in 0 } : row.map { Float(Double($0) * (1 - threshold / length)) }
}

/// The value of another regularizer.
func value(of regularizer: some Regularizer) -> TensorFunction<Double> {
    { weights, shape in weights.withSpan(shape) { regularizer.value(at: $0) } }
}

/// L1 of each element, right unless told otherwise.
func l1(
    _ name: String, _ properties: CompositionProperties = [.convex, .positivelyHomogeneous],
    slope: @escaping @Sendable (Float) -> Float = { sign($0) },
    point: @escaping @Sendable (Float, Float) -> Float = { soft($0, $1) }
) -> ByElement {
    ByElement(name: name, properties: properties, phi: { Double(abs($0)) }, slope: slope, point: point)
}

/// Half the square of each element, right unless told otherwise.
func halfSquare(
    _ name: String, _ properties: CompositionProperties = .convex,
    slope: @escaping @Sendable (Float) -> Float = { $0 },
    point: @escaping @Sendable (Float, Float) -> Float = { $0 / (1 + $1) }
) -> ByElement {
    ByElement(
        name: name, properties: properties, phi: { Double($0) * Double($0) / 2 }, slope: slope, point: point)
}

let rowNorms = Valued(name: "row norms", properties: [.convex, .positivelyHomogeneous]) { weights, shape in
    rows(weights, shape).reduce(0) { $0 + norm($1) }
}
let absolute = Valued(name: "L1", properties: [.convex, .positivelyHomogeneous]) { weights, _ in
    sum(weights) { abs($0) }
}
func named(_ name: String, _ base: Valued = rowNorms) -> Valued {
    var named = base
    named.name = name
    return named
}
