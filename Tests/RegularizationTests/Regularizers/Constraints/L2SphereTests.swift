import Regularization
import Testing

@Suite("L2Sphere")
struct L2SphereTests {
    @Test("Projections are jaxopt's")
    func projections() throws {
        try expectProximalPoints("proj_l2_sphere") { (L2Sphere(.whole, radius: $0.radius!), 1) }
    }

    @Test("It is Keras' UnitNorm without the 1e-7 that Keras adds to the norm, but for zeros")
    func keras() throws {
        let cases = try Reference.cases("keras_constraint_unitnorm_axis0", largeOnes: true)
        #expect(cases.count == 5)
        for reference in cases where !reference.name.hasPrefix("zeros") {
            let found = reference.tensor.proximalPoint(L2Sphere(.columns), scale: 1)
            // Keras' addend changes a column by 1e-7 of its norm, which shows where the norm is small.
            let relative = reference.name.hasPrefix("small") ? 1e-3 : 1e-5
            expectClose(found, reference.output!, relative: relative, ofInput: [1], "\(reference.name)")
        }
    }

    @Test("In a diagonal metric no point of the sphere is nearer", arguments: GroupLassoTests.stepSizes)
    func metric(stepSizes: [Float]) {
        let scales = Array(stepSizes[..<3])
        for values in [[1, -2, 0.5], [0.01, 0, -0.02], [0, 0.5, 0], [-1e-6, 1, 1e-6]] as [[Float]] {
            for radius in [0.1, 1, 8] {
                let found = Tensor([1, 3], values).proximalPoint(
                    L2Sphere(.rows, radius: radius), stepSizes: scales)
                let problem = ProximalProblem(values, scales: scales)
                problem.expect(
                    found, isAsLowAs: problem.lowestObjective(onSphereOfRadius: radius), relative: 1e-5,
                    of: "L2Sphere(\(radius))")
                expectClose(norm(found.map { Double($0) }), radius, relative: 1e-6, "\(found), \(radius)")
            }
        }
    }

    @Test("Where zeros have the largest scale, the first of them gets what is missing")
    func hardCase() {
        let found = Tensor(vector: 0.3, 0, 0, -0.2).proximalPoint(L2Sphere(.whole), stepSizes: [1, 2, 2, 1])
        // At c = −1/2 the others are z/(1 − 1/2).
        let missing = (1 - 0.36 - 0.16).squareRoot()
        expectClose(found, [0.6, missing, 0, -0.4], ofInput: [1])
        let nearly = Tensor(vector: 0.3, 0, 1e-30, -0.2).proximalPoint(
            L2Sphere(.whole), stepSizes: [1, 2, 2, 1])
        expectClose(nearly, [0.6, 0, missing, -0.4], ofInput: [1])
    }

    @Test("Zeros become the radius in the first element, of those with the largest scale")
    func zeros() {
        let tensor = Tensor([2, 2], [0, 0, 0, -3])
        #expect(tensor.proximalPoint(L2Sphere(.rows, radius: 2), scale: 1) == [2, 0, 0, -2])
        #expect(tensor.proximalPoint(L2Sphere(.rows), stepSizes: [1, 2, 0, 0]) == [0, 1, 0, -1])
    }

    @Test("A group on the sphere stays bit for bit")
    func onSphere() {
        let tensor = Tensor(vector: 0.6, -0.8)
        #expect(tensor.proximalPoint(L2Sphere(.whole), scale: 7) == tensor.values)
        #expect(tensor.proximalPoint(L2Sphere(.whole), stepSizes: [0, 7]) == tensor.values)
    }

    @Test("The value is 0 on the sphere and at empty groups, infinite elsewhere and NaN at NaN")
    func value() {
        #expect(Tensor(vector: 3, -4).value(L2Sphere(.whole, radius: 5)) == 0)
        #expect(Tensor(vector: 3, -4).value(L2Sphere(.whole, radius: 5.001)) == .infinity)
        #expect(Tensor(vector: 3, .nan).value(L2Sphere(.whole, radius: 5)).isNaN)
        #expect(Tensor([3, 0], []).value(L2Sphere(.rows)) == 0)
    }
}
