import Regularization
import Testing

@Suite("Unitwise")
struct UnitwiseTests {
    /// Incoming weights [3, 2], biases [3] and outgoing weights [2, 3] of three units.
    static let shapes: [Shape] = [[3, 2], [3], [2, 3]]
    static let elements: [Float] = [1, -2, 0.5, 0.25, 0, 0, 3, -0.125, 0, 0.75, 1.5, 0, -1, 2, 0]
    /// The elements of the same units, a row each, gathered by hand.
    static let rows: [Float] = [1, -2, 3, 0.75, -1, 0.5, 0.25, -0.125, 1.5, 2, 0, 0, 0, 0, 0]

    static let bases: [any DifferentiableRegularizer & MetricProximalRegularizer] = [
        GroupLasso(.rows), GroupLasso(.rows, weighting: .none), GroupMCP(.rows, threshold: 0.5, concavity: 3),
        GroupLInfinity(.rows), L1(),
    ]
    static let wholes: [any DifferentiableRegularizer & MetricProximalRegularizer] = [
        GroupLasso(.whole), GroupLasso(.whole, weighting: .none),
        GroupMCP(.whole, threshold: 0.5, concavity: 3), GroupLInfinity(.whole), L1(),
    ]

    /// From the place in `rows` to that in `elements`.
    static let places = [0, 1, 6, 9, 12, 2, 3, 7, 10, 13, 4, 5, 8, 11, 14]

    @Test("It is the row-wise regularizer of the matrix with a row for each unit", arguments: bases.indices)
    func equalsRows(index: Int) {
        let (base, whole) = (Self.bases[index], Self.wholes[index])
        check(whole, against: base)
    }

    private func check(
        _ whole: some DifferentiableRegularizer & MetricProximalRegularizer,
        against base: some DifferentiableRegularizer & MetricProximalRegularizer
    ) {
        let units = Unitwise(whole)
        let matrix: Shape = [3, 5]
        let weights = CoupledWeights(shapes: Self.shapes, Self.elements.span)
        let rows = Weights(shape: matrix, Self.rows.span)
        #expect(units.value(at: weights) == base.value(at: rows))

        var gradient = [Float](repeating: 0.5, count: 15)
        var view = MutableCoupledWeights(shapes: Self.shapes, gradient.mutableSpan)
        units.addGradient(at: weights, scale: 0.75, to: &view)
        var expected = [Float](repeating: 0.5, count: 15)
        var expectedView = MutableWeights(shape: matrix, expected.mutableSpan)
        base.addGradient(at: rows, scale: 0.75, to: &expectedView)
        expectSame(gradient, expected)

        var point = Self.elements
        var pointView = MutableCoupledWeights(shapes: Self.shapes, point.mutableSpan)
        units.applyProx(to: &pointView, scale: 0.5)
        var rowPoint = Self.rows
        var rowView = MutableWeights(shape: matrix, rowPoint.mutableSpan)
        base.applyProx(to: &rowView, scale: 0.5)
        expectSame(point, rowPoint)

        let sizes = (0..<15).map { Float($0 % 4 + 1) / 8 }
        var metricPoint = Self.elements
        var metricView = MutableCoupledWeights(shapes: Self.shapes, metricPoint.mutableSpan)
        units.applyProx(
            to: &metricView, scales: CoupledScales(shapes: Self.shapes, sizes.span, factor: 0.5))
        let rowSizes = Self.places.map { sizes[$0] }
        var metricRows = Self.rows
        var metricRowView = MutableWeights(shape: matrix, metricRows.mutableSpan)
        base.applyProx(to: &metricRowView, scales: Scales(rowSizes.span, factor: 0.5))
        expectSame(metricPoint, metricRows)
    }

    private func expectSame(_ found: [Float], _ expected: [Float]) {
        for (row, place) in Self.places.enumerated() {
            #expect(abs(found[place] - expected[row]) <= 1e-6 * max(1, abs(expected[row])))
        }
    }

    @Test("A unit lives or dies as a whole")
    func wholeUnits() {
        var point = Self.elements
        var view = MutableCoupledWeights(shapes: Self.shapes, point.mutableSpan)
        // The units' norms are 3.9 and 2.6.
        UnitGroupLasso(weighting: .none).applyProx(to: &view, scale: 3)
        for unit in 0..<3 {
            let values = Self.places[unit * 5..<unit * 5 + 5].map { point[$0] }
            #expect(values.allSatisfy { $0 == 0 } == (unit > 0), "unit \(unit): \(values)")
        }
    }

    @Test("Outgoing weights of a convolution belong to its input channel")
    func convolution() {
        let shapes: [Shape] = [[2, 1], [2, 2, 3]]
        // Units 0 and 1 have the columns 0–2 and 3–5 of two rows.
        let elements: [Float] = [0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0]
        let value = UnitGroupLasso(weighting: .none, of: [.incoming, .outgoing]).value(
            at: CoupledWeights(shapes: shapes, elements.span))
        #expect(value == Double(6).squareRoot())
    }

    @Test("Units with more weights than fit on the stack give the same")
    func longUnits() {
        let count = 5000
        let elements = (0..<2 * count).map { Float($0 % 7) - 3 }
        let units = Unitwise(L1() + GroupLasso(.whole), of: [.incoming])
        var point = elements
        var view = MutableCoupledWeights(shapes: [[2, count]], point.mutableSpan)
        units.applyProx(to: &view, scale: 0.5)
        var expected = elements
        var expectedView = MutableWeights(shape: [2, count], expected.mutableSpan)
        (L1() + GroupLasso(.rows)).applyProx(to: &expectedView, scale: 0.5)
        #expect(zip(point, expected).allSatisfy { abs($0 - $1) <= 1e-6 * abs($1) })
    }

    @Test(
        "Shapes that do not fit are refused with the reason",
        arguments: [
            ([[3, 2], [3]], "units by"), ([[3, 2], [4], [2, 3]], "units, but need as many"),
            ([[3], [3], [2, 3]], "incoming weights of units have rank 2"),
            ([[3, 2], [3, 1], [2, 3]], "biases of units have rank 1"),
        ] as [([Shape], String)])
    func refusedShapes(shapes: [Shape], reason: String) {
        let error = #expect(throws: ShapeError.self) { try UnitGroupLasso().check(shapes) }
        #expect(error?.description.contains(reason) ?? false, "\(String(describing: error))")
    }

    @Test func acceptsWhatFits() throws {
        try UnitGroupLasso().check([[3, 2], [3], [5, 3]])
        try UnitGroupLasso().check([[0, 2], [0], [5, 0]])
        try Unitwise(L1(), of: [.bias]).check([[7]])
    }
}
