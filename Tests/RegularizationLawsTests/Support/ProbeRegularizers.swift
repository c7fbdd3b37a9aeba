import Regularization

/// Σ φ(wᵢ) with its derivative and proximal point as functions.
struct ByElement: DifferentiableElementwiseRegularizer, ProximalElementwiseRegularizer {
    let name: String
    var properties: CompositionProperties = []
    var phi: @Sendable (Float) -> Double
    var slope: @Sendable (Float) -> Float
    var point: @Sendable (Float, Float) -> Float

    func value(at weight: Float) -> Double { phi(weight) }
    func derivative(at weight: Float) -> Float { slope(weight) }
    func proximalPoint(of weight: Float, scale: Float) -> Float { point(weight, scale) }
}

/// Σ φ(wᵢ) with its proximal point as functions.
struct ProximalByElement: ProximalElementwiseRegularizer {
    let name: String
    var properties: CompositionProperties = []
    var phi: @Sendable (Float) -> Double
    var point: @Sendable (Float, Float) -> Float

    func value(at weight: Float) -> Double { phi(weight) }
    func proximalPoint(of weight: Float, scale: Float) -> Float { point(weight, scale) }
}

/// Σ φ(‖w_g‖) with its derivative and proximal norm as functions of the norm and the group's size.
struct ByGroup: DifferentiableGroupwiseRegularizer, ProximalGroupwiseRegularizer {
    let name: String
    var groups: Groups = .rows
    var properties: CompositionProperties = []
    var metricRefusal: String?
    var phi: @Sendable (Double, Double) -> Double
    var slope: @Sendable (Double, Double) -> Double
    var norm: @Sendable (_ norm: Double, _ scale: Double, _ size: Double) -> Double

    func value(atNorm norm: Double, of group: Group) -> Double { phi(norm, Double(group.size)) }
    func derivative(atNorm norm: Double, of group: Group) -> Double { slope(norm, Double(group.size)) }
    func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double {
        self.norm(norm, scale, Double(group.size))
    }
}

/// A value of a tensor as a function.
struct Valued: Regularizer {
    let name: String
    var structure: Structure = .unknown
    var properties: CompositionProperties = []
    var accepts: @Sendable (Shape) -> Bool = { _ in true }
    var value: @Sendable ([Float], Shape) -> Double

    func check(_ shape: Shape) throws {
        if !accepts(shape) { throw ShapeError("not of \(shape)") }
    }
    func value(at weights: Weights) -> Double { value(weights.array, weights.shape) }
}

/// A value and a gradient of a tensor as functions.
struct Smooth: DifferentiableRegularizer {
    let base: Valued
    var gradient: @Sendable ([Float], Shape) -> [Float]

    init(_ base: Valued, _ gradient: @escaping @Sendable ([Float], Shape) -> [Float]) {
        (self.base, self.gradient) = (base, gradient)
    }
    var name: String { base.name }
    var structure: Structure { base.structure }
    var properties: CompositionProperties { base.properties }
    func check(_ shape: Shape) throws { try base.check(shape) }
    func value(at weights: Weights) -> Double { base.value(at: weights) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        for (index, slope) in self.gradient(weights.array, weights.shape).enumerated() {
            gradient[index] += scale * slope
        }
    }
}

/// A value and a proximal point of a tensor as functions.
struct Proximal: ProximalRegularizer {
    let base: Valued
    var point: @Sendable ([Float], Shape, Float) -> [Float]

    init(_ base: Valued, _ point: @escaping @Sendable ([Float], Shape, Float) -> [Float]) {
        (self.base, self.point) = (base, point)
    }
    var name: String { base.name }
    var structure: Structure { base.structure }
    var properties: CompositionProperties { base.properties }
    func check(_ shape: Shape) throws { try base.check(shape) }
    func value(at weights: Weights) -> Double { base.value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        weights.set(point(weights.readOnly.array, weights.shape, scale))
    }
}

/// A value and a proximal point in any diagonal metric as functions; the first gets equal scales if it is Euclidean.
struct MetricProximal: MetricProximalRegularizer {
    let base: Valued
    var euclidean: (@Sendable ([Float], Shape, Float) -> [Float])?
    var point:
        @Sendable (_ weights: [Float], Shape, _ sizes: [Float], _ factor: Float, _ ridge: Float) -> [Float]

    /// With one function for both metrics.
    init(_ base: Valued, _ point: @escaping @Sendable ([Float], Shape, [Float]) -> [Float]) {
        self.base = base
        self.point = { weights, shape, sizes, factor, ridge in
            let scales = sizes.map { factor * $0 / (1 + ridge * factor * $0) }
            return point(weights, shape, scales)
        }
    }
    /// With one for each; that of the metric gets step sizes, factor and ridge.
    init(
        _ base: Valued, _ euclidean: @escaping @Sendable ([Float], Shape, Float) -> [Float],
        metric: @escaping @Sendable ([Float], Shape, [Float], Float, Float) -> [Float]
    ) {
        (self.base, self.euclidean, point) = (base, euclidean, metric)
    }
    var name: String { base.name }
    var structure: Structure { base.structure }
    var properties: CompositionProperties { base.properties }
    func check(_ shape: Shape) throws { try base.check(shape) }
    func value(at weights: Weights) -> Double { base.value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scales: Scales) {
        let (array, shape) = (weights.readOnly.array, weights.shape)
        if let scale = scales.uniform {
            let point = euclidean?(array, shape, scale) ?? point(array, shape, array.map { _ in scale }, 1, 0)
            return weights.set(point)
        }
        let sizes = (0..<scales.count).map { scales.stepSizes[$0] }
        weights.set(point(array, shape, sizes, scales.factor, scales.ridge))
    }
}

extension Weights {
    var array: [Float] { (0..<count).map { self[$0] } }
}
extension MutableWeights {
    mutating func set(_ array: [Float]) {
        for (index, number) in array.enumerated() { self[index] = number }
    }
}
func sign(_ weight: Float) -> Float { weight > 0 ? 1 : weight < 0 ? -1 : weight }
func soft(_ weight: Float, _ scale: Float) -> Float {
    abs(weight) <= scale ? 0 : weight > 0 ? weight - scale : weight + scale
}
func sum(_ weights: [Float], _ phi: (Double) -> Double = { $0 }) -> Double {
    weights.reduce(0) { $0 + phi(Double($1)) }
}
func norm(_ weights: [Float]) -> Double { sum(weights) { $0 * $0 }.squareRoot() }
