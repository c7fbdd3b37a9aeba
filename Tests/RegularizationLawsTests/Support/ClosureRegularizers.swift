import Regularization

/// Σ φ(wᵢ) with a value as a function.
struct ValuedByElement: ElementwiseRegularizer {
    let name: String
    var properties: CompositionProperties = []
    var kink: Kink = .unknown
    var phi: @Sendable (Float) -> Double

    func value(at weight: Float) -> Double { phi(weight) }
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

/// A function of a tensor's elements and its shape.
typealias TensorFunction<Result> = @Sendable (_ weights: [Float], Shape) -> Result

/// A value of a tensor as a function.
struct Valued: Regularizer {
    var name: String
    var structure: Structure = .unknown
    var properties: CompositionProperties = []
    var kink: Kink = .unknown
    var accepts: @Sendable (Shape) -> Bool = { _ in true }
    var value: TensorFunction<Double>

    func check(_ shape: Shape) throws {
        if !accepts(shape) { throw ShapeError("not of \(shape)") }
    }
    func value(at weights: Weights) -> Double { value(weights.array, weights.shape) }
}

/// What has its value, and what it states, from another one.
protocol Extended: Regularizer {
    var base: Valued { get }
}
extension Extended {
    var name: String { base.name }
    var structure: Structure { base.structure }
    var properties: CompositionProperties { base.properties }
    func check(_ shape: Shape) throws { try base.check(shape) }
    func value(at weights: Weights) -> Double { base.value(at: weights) }
}

/// A value and a gradient of a tensor as functions.
struct Smooth: DifferentiableRegularizer, Extended {
    let base: Valued
    var gradient: TensorFunction<[Float]>

    init(_ base: Valued, _ gradient: @escaping TensorFunction<[Float]>) {
        (self.base, self.gradient) = (base, gradient)
    }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        for (index, slope) in self.gradient(weights.array, weights.shape).enumerated() {
            gradient[index] += scale * slope
        }
    }
}

/// A value and a proximal point of a tensor as functions.
struct Proximal: ProximalRegularizer, Extended {
    typealias Point = @Sendable (_ weights: [Float], Shape, _ scale: Float) -> [Float]

    let base: Valued
    var point: Point

    init(_ base: Valued, _ point: @escaping Point) { (self.base, self.point) = (base, point) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        weights.set(point(weights.readOnly.array, weights.shape, scale))
    }
}

/// A value and a proximal point in any diagonal metric as functions; the first gets equal scales if it is Euclidean.
struct MetricProximal: MetricProximalRegularizer, Extended {
    typealias MetricPoint =
        @Sendable (_ weights: [Float], Shape, _ sizes: [Float], _ factor: Float, _ ridge: Float) -> [Float]

    let base: Valued
    var euclidean: Proximal.Point?
    var point: MetricPoint

    /// With one function for both metrics.
    init(_ base: Valued, _ point: @escaping @Sendable ([Float], Shape, [Float]) -> [Float]) {
        self.base = base
        self.point = { weights, shape, sizes, factor, ridge in
            point(weights, shape, sizes.map { factor * $0 / (1 + ridge * factor * $0) })
        }
    }
    /// With one for each; that of the metric gets step sizes, factor and ridge.
    init(_ base: Valued, _ euclidean: @escaping Proximal.Point, metric: @escaping MetricPoint) {
        (self.base, self.euclidean, point) = (base, euclidean, metric)
    }
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
    /// Copied at once, since the laws ask for values often.
    var array: [Float] { unsafe elements.withUnsafeBufferPointer { unsafe Array($0) } }
}
extension MutableWeights {
    mutating func set(_ array: [Float]) {
        for (index, number) in array.enumerated() { self[index] = number }
    }
}
extension [Float] {
    func withSpan<R>(_ shape: Shape, _ body: (Weights) -> R) -> R { body(Weights(shape: shape, span)) }
    func moved(_ shape: Shape, by regularizer: some ProximalRegularizer, _ scale: Float) -> [Float] {
        var copy = self
        var view = MutableWeights(shape: shape, copy.mutableSpan)
        regularizer.applyProx(to: &view, scale: scale)
        return copy
    }
    func moved(
        _ shape: Shape, by regularizer: some MetricProximalRegularizer, _ sizes: [Float], factor: Float,
        ridge: Float
    ) -> [Float] {
        var copy = self
        var view = MutableWeights(shape: shape, copy.mutableSpan)
        regularizer.applyProx(to: &view, scales: Scales(sizes.span, factor: factor, ridge: ridge))
        return copy
    }
}
