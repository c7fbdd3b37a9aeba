import Regularization
import Testing

@Suite("TotalVariation")
struct TotalVariationTests {
    @Test("Proximal points are scikit-learn's, by a Lasso on the differences")
    func proximalPoints() throws {
        try expectProximalPoints("prox_tv1d", largeOnes: true) {
            (TotalVariation(along: .rows), $0.strength! * $0.step!)
        }
    }

    @Test("Values and gradients are PyTorch's")
    func values() throws {
        try expectValuesAndGradients("torch_tv1d_rows", TotalVariation(along: .rows))
    }

    @Test("In a diagonal metric it is the minimizer by the dual problem", arguments: 0..<40)
    func metric(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let count = 2 + Int(generator.next() % 6)
        let values = (0..<count).map { _ in Float(Int(generator.next() % 17) - 8) / 4 }
        let spread = generator.next() % 10
        let scales = (0..<count).map { _ -> Float in
            let scale = Float(1 + generator.next() % 7) / Float(1 << (generator.next() % (spread + 1)))
            return generator.next() % 6 == 0 ? 0 : scale
        }
        let expected = dualTotalVariationPoint(values, scales: scales)
        let found = Tensor([count], values).proximalPoint(TotalVariation(along: .rows), stepSizes: scales)
        expectClose(found, expected, ofInput: values, "\(values), \(scales): \(found), \(expected)")
    }

    @Test(
        "On long lines the forces between neighbors are at most 1, and 1 where they differ",
        arguments: 0..<30)
    func forces(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let count = 300
        let steps = 1 + seed % 5
        let values = (0..<count).map { index in
            Float(index / 25 % 3) * Float(steps) + generator.nextUnitFloat()
        }
        let scales = (0..<count).map { _ -> Float in
            generator.next() % 40 == 0 ? 0 : Float(1 << (generator.next() % (2 * steps))) / 16
        }
        let found = Tensor([count], values).proximalPoint(TotalVariation(along: .rows), stepSizes: scales)
        // What pulls an element is (p − z)/t; after one that stays, the force is unknown until p changes.
        var force: Double? = 0
        var isInOrder = true
        for index in 0..<count {
            let change = Double(found[index]) - Double(values[index])
            if scales[index] == 0 { isInOrder = isInOrder && change == 0 }
            force = scales[index] == 0 ? nil : force.map { $0 + change / Double(scales[index]) }
            if index == count - 1 {
                isInOrder = isInOrder && abs(force ?? 0) < 2e-4
            } else if found[index] != found[index + 1] {
                let side = found[index] < found[index + 1] ? 1.0 : -1.0
                isInOrder = isInOrder && abs((force ?? side) - side) < 2e-4
                force = side
            } else {
                isInOrder = isInOrder && abs(force ?? 0) < 1 + 2e-4
            }
        }
        #expect(isInOrder, "\(values), \(scales): \(found)")
        #expect(Set(found).count < count - 50)
    }

    @Test("Along columns it is that along the rows of the transposed matrix")
    func columns() {
        let columns = Tensor([4, 2], [1, 5, 2, -4, 7, 3, -2, 0.5])
        let rows = Tensor([2, 4], [1, 2, 7, -2, 5, -4, 3, 0.5])
        func transposed(_ values: [Float]) -> [Float] {
            (0..<4).flatMap { [values[$0], values[$0 + 4]] }
        }
        let (along, across) = (TotalVariation(along: .rows), TotalVariation(along: .columns))
        #expect(columns.value(across) == rows.value(along))
        #expect(columns.gradient(across, scale: 2) == transposed(rows.gradient(along, scale: 2)))
        #expect(
            columns.proximalPoint(across, scale: 0.75) == transposed(rows.proximalPoint(along, scale: 0.75)))
        let sizes: [Float] = [1, 2, 0.5, 4, 0.1, 3, 0.7, 2]
        #expect(
            columns.proximalPoint(across, stepSizes: transposed(sizes))
                == transposed(rows.proximalPoint(along, stepSizes: sizes)))
    }

    @Test("In the limit it is the mean, weighted by 1/t")
    func mean() {
        let tensor = Tensor(vector: 1, 2, -4, 9)
        for scale in [10, 1e10, 1e30, .greatestFiniteMagnitude] as [Float] {
            #expect(
                tensor.proximalPoint(TotalVariation(along: .rows), scale: scale) == [2, 2, 2, 2],
                "scale \(scale)")
        }
        let found = tensor.proximalPoint(
            TotalVariation(along: .rows), stepSizes: [1, 2, 4, 0.5], factor: 1e20)
        let expected = [Double](repeating: 19 / 3.75, count: 4)
        expectClose(found, expected, ofInput: [9])
    }

    @Test("Elements with scale 0 stay, and free ones between them lie between them")
    func zeroScales() {
        let tensor = Tensor(vector: 1, 5, 3, -7, 2)
        for size in [100, 1e10, 1e25] as [Float] {
            let found = tensor.proximalPoint(
                TotalVariation(along: .rows), stepSizes: [0, size, 0, size, size])
            #expect(found == [1, 3, 3, 3, 3], "size \(size)")
        }
        let between = Tensor(vector: 1, 2, 3).proximalPoint(
            TotalVariation(along: .rows), stepSizes: [0, 1e25, 0])
        #expect(between == [1, 2, 3])
    }

    @Test(
        "Scales that differ by far: light elements follow their neighbors, heavy ones move by the force"
    )
    func spreadScales() {
        let values: [Float] = [0.5, 0.1, -3, 2, 2.5, 0]
        let first: [Float] = [1e-3, 1e8, 1e8, 1e-3, 1e-3, 1e8]
        let second: [Float] = [1e8, 1e-3, 1e8, 1e8, 1e8, 1e-3]
        let expectedFirst: [Double] = [0.501, 0.501, 0.501, 2, 2.499, 2.499]
        let expectedSecond: [Double] = [0.099, 0.099, 0.099, 0.099, 0.099, 0.001]
        for (scales, expected) in [(first, expectedFirst), (second, expectedSecond)] {
            for factor in [1, 1e6, 1e20] as [Float] {
                let found = Tensor([6], values).proximalPoint(
                    TotalVariation(along: .rows), stepSizes: scales.map { $0 < 1 ? $0 : $0 * factor })
                expectClose(found, expected, ofInput: values, "scales \(scales), factor \(factor)")
            }
        }
    }

    @Test(
        "A long line, for which memory is allocated, is the same as its halves with a fixed element between")
    func longLine() {
        let count = 20_001
        var generator = SeededGenerator(seed: 3)
        let values = (0..<count).map { _ in generator.nextUnitFloat() }
        var sizes = (0..<count).map { _ in 0.01 + generator.nextUnitFloat() }
        sizes[10_000] = 0
        let total = TotalVariation(along: .rows)
        func point(_ range: Range<Int>) -> [Float] {
            Tensor([range.count], Array(values[range])).proximalPoint(total, stepSizes: Array(sizes[range]))
        }
        let whole = point(0..<count)
        #expect(whole == point(0..<10_001) + point(10_000..<count).dropFirst())
        #expect(Tensor([count], whole).value(total) < 0.5 * Tensor([count], values).value(total))
    }

    @Test("NaN makes its line NaN alone; infinity stays, and pulls its neighbors by t")
    func notFinite() {
        let tensor = Tensor([3, 3], [1, .nan, 2, 1, .infinity, -1, -.infinity, -.infinity, 4])
        for found in [
            tensor.proximalPoint(TotalVariation(along: .rows), scale: 0.5),
            tensor.proximalPoint(
                TotalVariation(along: .rows), stepSizes: [Float](repeating: 1, count: 9), factor: 0.5),
        ] {
            #expect(found[..<3].allSatisfy { $0.isNaN }, "\(found[..<3])")
            #expect(found[3...] == [1.5, .infinity, -0.5, -.infinity, -.infinity, 3.5])
        }
        #expect(tensor.value(TotalVariation(along: .rows)).isNaN)
        #expect(Tensor(vector: .infinity, 1).value(TotalVariation(along: .rows)) == .infinity)
        #expect(Tensor(vector: .infinity, .infinity).value(TotalVariation(along: .rows)).isNaN)
        #expect(Tensor(vector: .infinity, .infinity, 1).gradient(TotalVariation(along: .rows)) == [0, 1, -1])
    }

    @Test("Lines of at most one element stay, and vectors have no columns")
    func shortLines() throws {
        for (shape, axis) in [
            ([1], .rows), ([3, 1], .rows), ([1, 3], .columns), ([3, 0], .rows), ([0], .rows),
        ]
            as [(Shape, TotalVariation.Axis)]
        {
            let tensor = Tensor(shape, [Float](repeating: -2, count: shape.count))
            let total = TotalVariation(along: axis)
            #expect(tensor.value(total) == 0)
            #expect(tensor.proximalPoint(total, scale: 5) == tensor.values)
            #expect(tensor.gradient(total).allSatisfy { $0 == 0 }, "\(tensor.gradient(total))")
        }
        #expect(throws: ShapeError.self) { try TotalVariation(along: .columns).check([3]) }
        try TotalVariation(along: .rows).check([3])
    }
}
