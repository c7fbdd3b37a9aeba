public import Regularization

extension Laws {
    /// The shapes of one to three tensors, small ones first: equal ones, and those of the weights, biases and next
    /// weights of layers.
    public static let coupledShapes: [[Shape]] = [
        [[1], [1]], [[1, 1], [1, 1]], [[1, 1], [1], [1, 1]], [[2], [2]], [[2, 2], [2]], [[5]], [[2, 3]],
        [[2], [3], [4]], [[2, 2], [2, 2]], [[2, 3], [3, 2]], [[3, 5], [3, 5]], [[3, 4], [3]],
        [[4, 2], [4], [3, 4]],
        [[2, 1, 3], [2], [2, 2, 2]],
        [[0, 2], [0], [3, 0]], [[0], [0]],
    ]

    /// The laws that a regularizer of several tensors breaks, each once; empty if it breaks none.
    ///
    ///     #expect(Laws.violations(of: Tied()).isEmpty)
    ///
    /// All elements count as one vector, the tensors one after the other, which is how a violation lists its weights.
    /// Shapes that the regularizer does not accept are left out; if it accepts none, that is a violation.
    public static func violations(
        of regularizer: some CoupledRegularizer, shapes: [[Shape]] = Laws.coupledShapes, seed: UInt64 = 0
    ) -> [Violation] {
        var violations: [Law: Violation] = [:]
        for (index, shapes) in shapes.enumerated() where (try? regularizer.check(shapes)) != nil {
            let flat = Flattened(regularizer, shapes)
            let found = self.violations(of: flat, shapes: [flat.shape], seed: seed &+ UInt64(index))
            violations.merge(found.map { ($0.law, $0) }) { first, _ in first }
        }
        if shapes.allSatisfy({ (try? regularizer.check($0)) == nil }) {
            violations[.acceptsSomeShape] = Violation(
                law: .acceptsSomeShape, regularizer: regularizer.name, shape: [0], input: [], seed: seed,
                expected: "one of \(shapes) accepted", found: "all refused")
        }
        return Law.allCases.compactMap { violations[$0] }
    }
}

extension Laws {
    /// The laws that a regularizer of several tensors breaks at the given weights, the tensors one after the other; empty
    /// if it breaks none.
    ///
    /// With the input and the seed of a violation, and the shapes that its `regularizer` names, it gives that violation
    /// again. Traps as the same for one tensor.
    public static func violations(
        of regularizer: some CoupledRegularizer, at weights: [Float], shapes: [Shape], seed: UInt64 = 0
    ) -> [Violation] {
        let flat = Flattened(regularizer, shapes)
        return violations(of: flat, at: weights, shape: flat.shape, seed: seed)
    }
}

/// A regularizer of several tensors as one of a vector, in which they stand one after the other.
struct Flattened<Base: CoupledRegularizer>: Regularizer {
    let base: Base
    let shapes: [Shape]
    let shape: Shape

    init(_ base: Base, _ shapes: [Shape]) {
        self.base = base
        self.shapes = shapes
        shape = [shapes.reduce(0) { $0 + $1.count }]
    }

    var name: String { "\(base.name) of \(shapes.map(\.description).joined(separator: ", "))" }
    var properties: CompositionProperties { base.properties }

    func check(_ shape: Shape) throws {
        if shape != self.shape { throw ShapeError("tensors of \(shapes) have \(self.shape.count) elements") }
        try base.check(shapes)
    }

    func value(at weights: Weights) -> Double {
        base.value(at: CoupledWeights(shapes: shapes, weights.elements))
    }
}

/// `Flattened` of any regularizer.
protocol FlattenedRegularizer {
    var coupled: any CoupledRegularizer { get }

    /// Another regularizer as one of the same vector.
    func flattening(_ other: any CoupledRegularizer) -> any Regularizer
}

extension Flattened: FlattenedRegularizer {
    var coupled: any CoupledRegularizer { base }

    func flattening(_ other: any CoupledRegularizer) -> any Regularizer {
        func open(_ other: some CoupledRegularizer) -> any Regularizer { Flattened<_>(other, shapes) }
        return open(other)
    }
}

extension Flattened: DifferentiableRegularizer where Base: DifferentiableCoupledRegularizer {
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        var view = MutableCoupledWeights(
            shapes: shapes, gradient.elements._mutatingExtracting(0..<gradient.count))
        base.addGradient(at: CoupledWeights(shapes: shapes, weights.elements), scale: scale, to: &view)
    }
}

extension Flattened: ProximalRegularizer where Base: ProximalCoupledRegularizer {
    var refusal: String? { base.refusal }

    func applyProx(to weights: inout MutableWeights, scale: Float) {
        var view = MutableCoupledWeights(
            shapes: shapes, weights.elements._mutatingExtracting(0..<weights.count))
        base.applyProx(to: &view, scale: scale)
    }
}

extension Flattened: MetricProximalRegularizer where Base: MetricProximalCoupledRegularizer {
    var metricRefusal: String? { base.metricRefusal }

    func applyProx(to weights: inout MutableWeights, scales: Scales) {
        // Those of several tensors have no ridge.
        let sizes = (0..<scales.count).map { scales[$0] }
        var view = MutableCoupledWeights(
            shapes: shapes, weights.elements._mutatingExtracting(0..<weights.count))
        base.applyProx(to: &view, scales: CoupledScales(shapes: shapes, sizes.span, factor: 1))
    }
}
