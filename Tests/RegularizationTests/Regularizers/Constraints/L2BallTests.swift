import Regularization
import Testing

@Suite("L2Ball")
struct L2BallTests {
    @Test("Projections are jaxopt's")
    func projections() throws {
        try expectProximalPoints("proj_l2_ball") { (L2Ball(.whole, radius: $0.radius!), 1) }
        try expectProximalPoints("proj_l2_ball_rows", largeOnes: true) {
            (L2Ball(.rows, radius: $0.radius!), 1)
        }
    }

    @Test("It is Keras' MaxNorm without the 1e-7 that Keras adds to the norm")
    func keras() throws {
        let cases = try Reference.cases("keras_constraint_maxnorm_axis0", largeOnes: true)
        #expect(cases.count == 5)
        for reference in cases {
            let found = reference.tensor.proximalPoint(L2Ball(.columns, radius: 1.5), scale: 1)
            // Keras' addend changes a column by 1e-7 of its norm, which shows where the norm is small.
            let relative = reference.name.hasPrefix("small") ? 1e-3 : 1e-5
            expectClose(
                found, reference.output!, relative: relative, ofInput: reference.tensor.values,
                "\(reference.name)")
        }
    }

    @Test("In a diagonal metric no rotated or shrunken point is nearer", arguments: GroupLassoTests.stepSizes)
    func metric(stepSizes: [Float]) {
        let values = Array(GroupLassoTests.weights[..<3])
        let scales = Array(stepSizes[..<3])
        for radius in [0.01, 1, 2, 2.25] {
            let found = Tensor([1, 3], values).proximalPoint(L2Ball(.rows, radius: radius), stepSizes: scales)
            #expect(norm(found.map { Double($0) }) <= radius * (1 + 1e-6), "\(found), \(radius)")
            if norm(values.map { Double($0) }) <= radius {
                #expect(found == values, "radius \(radius)")
            } else {
                let problem = ProximalProblem(values, scales: scales)
                problem.expect(
                    found, isAsLowAs: problem.lowestObjective(onSphereOfRadius: radius), relative: 1e-5,
                    of: "L2Ball(\(radius))")
            }
        }
    }

    @Test("A group inside stays bit for bit")
    func inside() {
        let tensor = Tensor([2, 2], [0.3, -0.4, 3, 4])
        #expect(tensor.proximalPoint(L2Ball(.rows, radius: 0.5), scale: 7) == [0.3, -0.4, 0.3, 0.4])
        #expect(tensor.proximalPoint(L2Ball(.rows, radius: 6), stepSizes: [1, 2, 0, 4]) == tensor.values)
        #expect(tensor.proximalPoint(L2Ball(.rows, radius: 0), scale: 1) == [0, 0, 0, 0])
        #expect(tensor.proximalPoint(L2Ball(.rows, radius: 0), stepSizes: [1, 2, 3, 4]) == [0, 0, 0, 0])
    }

    @Test("A group with infinity stays, one with NaN becomes NaN, each by itself")
    func notFinite() {
        let tensor = Tensor([3, 2], [1, .nan, -.infinity, 2, 3, 4])
        for found in [
            tensor.proximalPoint(L2Ball(.rows, radius: 2.5), scale: 1),
            tensor.proximalPoint(L2Ball(.rows, radius: 2.5), stepSizes: [1, 1, 1, 1, 1, 1]),
        ] {
            #expect(found[0].isNaN && found[1].isNaN)
            #expect(found[2...] == [-.infinity, 2, 1.5, 2])
        }
    }

    @Test("The value is 0 inside, infinite outside and NaN at NaN")
    func value() {
        #expect(Tensor(vector: 3, -4).value(L2Ball(.whole, radius: 5)) == 0)
        #expect(Tensor(vector: 3, -4).value(L2Ball(.whole, radius: 4.999)) == .infinity)
        #expect(Tensor(vector: 3, .nan).value(L2Ball(.whole, radius: 5)).isNaN)
    }
}
