import Regularization
import Testing

@Suite("L0Ball")
struct L0BallTests {
    @Test("Projections are pyproximal's")
    func projections() throws {
        try expectProximalPoints("proj_l0_ball", largeOnes: true) { (L0Ball(count: $0.k!), 1) }
    }

    @Test("In a diagonal metric no choice of elements is better", arguments: GroupLassoTests.stepSizes)
    func metric(stepSizes: [Float]) {
        let values = GroupLassoTests.weights
        for count in 0...6 {
            let found = Tensor([2, 3], values).proximalPoint(L0Ball(count: count), stepSizes: stepSizes)
            #expect(zip(found, values).allSatisfy { $0 == 0 || $0 == $1 }, "\(found) of \(values)")
            #expect(found.count { $0 != 0 } == count, "\(found)")
            let problem = ProximalProblem(values, scales: stepSizes)
            let choices = problem.points(keeping: count, of: values.indices.map { [$0] })
            problem.expect(
                found, isAsLowAs: problem.lowestObjective(at: choices), relative: 1e-12,
                of: "L0Ball(\(count))")
        }
    }

    @Test("Of equal magnitudes the first stay, in each group")
    func ties() {
        let tensor = Tensor([2, 4], [1, -1, 1, 2, 0, 0, 3, -0.5])
        #expect(tensor.proximalPoint(L0Ball(.rows, count: 2), scale: 1) == [1, 0, 0, 2, 0, 0, 3, -0.5])
        #expect(
            tensor.proximalPoint(L0Ball(.rows, count: 2), stepSizes: [1, 1, 1, 1, 2, 2, 2, 2])
                == [1, 0, 0, 2, 0, 0, 3, -0.5])
        #expect(tensor.proximalPoint(L0Ball(.columns, count: 1), scale: 1) == [1, -1, 0, 2, 0, 0, 3, 0])
    }

    @Test("Elements with scale 0 come first, the largest of them before the others")
    func zeroScales() {
        let tensor = Tensor(vector: 0.1, 5, -0.3, 0, 4)
        let sizes: [Float] = [0, 1, 0, 0, 1]
        #expect(tensor.proximalPoint(L0Ball(count: 1), stepSizes: sizes) == [0, 0, -0.3, 0, 0])
        #expect(tensor.proximalPoint(L0Ball(count: 2), stepSizes: sizes) == [0.1, 0, -0.3, 0, 0])
        #expect(tensor.proximalPoint(L0Ball(count: 3), stepSizes: sizes) == [0.1, 5, -0.3, 0, 0])
    }

    @Test("Magnitudes that differ in their last bit alone are told apart, from the largest to the smallest")
    func lastBit() {
        for size in [.greatestFiniteMagnitude, 1, 1e-30, 8 * .leastNonzeroMagnitude] as [Float] {
            let tensor = Tensor(vector: size.nextDown, -size, size.nextDown.nextDown)
            #expect(tensor.proximalPoint(L0Ball(count: 1), scale: 1) == [0, -size, 0], "size \(size)")
            #expect(
                tensor.proximalPoint(L0Ball(count: 1), stepSizes: [3, 3, 3]) == [0, -size, 0], "size \(size)")
            #expect(
                tensor.proximalPoint(L0Ball(count: 2), scale: 1) == [size.nextDown, -size, 0], "size \(size)")
        }
    }

    @Test("A random tensor keeps what sorting keeps")
    func sorted() {
        var generator = SeededGenerator(seed: 7)
        let values = (0..<3000).map { _ in Float(Int(generator.next() % 2001) - 1000) / 64 }
        for count in [1, 100, 2999] {
            let kept = values.indices.sorted {
                abs(values[$0]) == abs(values[$1]) ? $0 < $1 : abs(values[$0]) > abs(values[$1])
            }[..<count]
            var expected = [Float](repeating: 0, count: values.count)
            for index in kept { expected[index] = values[index] }
            #expect(
                Tensor([3000], values).proximalPoint(L0Ball(count: count), scale: 1) == expected,
                "count \(count)")
        }
    }

    @Test("NaN stays and counts as the largest; infinity is larger than numbers")
    func notFinite() {
        for sizes in [nil, [1, 1, 0, 1]] as [[Float]?] {
            func point(_ tensor: Tensor, _ count: Int) -> [Float] {
                guard let sizes else { return tensor.proximalPoint(L0Ball(count: count), scale: 1) }
                return tensor.proximalPoint(L0Ball(count: count), stepSizes: sizes)
            }
            let found = point(Tensor(vector: 1, .nan, .nan, 2), 1)
            #expect(found[1].isNaN && found[2].isNaN && found[0] == 0 && found[3] == 0, "sizes \(sizes)")
        }
        #expect(
            Tensor(vector: 1, 3e38, -.infinity, 2).proximalPoint(L0Ball(count: 2), scale: 1)
                == [0, 3e38, -.infinity, 0])
        #expect(Tensor(vector: 1, .nan).value(L0Ball(count: 2)).isNaN)
    }

    @Test("The value is 0 up to the count in each group, else infinite")
    func value() {
        let tensor = Tensor([2, 3], [0, 1, -1e-45, 0, 0, 2])
        #expect(tensor.value(L0Ball(.rows, count: 2)) == 0)
        #expect(tensor.value(L0Ball(.rows, count: 1)) == .infinity)
        #expect(tensor.value(L0Ball(count: 2)) == .infinity)
        #expect(tensor.value(L0Ball(count: 3)) == 0)
    }
}
