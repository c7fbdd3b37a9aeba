import Regularization
import Testing

@Suite("Box")
struct BoxTests {
    @Test("Projections are jaxopt's, at every scale")
    func projections() throws {
        for scale in [0, 1, 1e8] {
            try expectProximalPoints("proj_box", largeOnes: scale == 1) {
                (Box(Float($0.lower!)...Float($0.upper!)), scale)
            }
            try expectProximalPoints("proj_linf_ball") {
                (Box(-Float($0.radius!)...Float($0.radius!)), scale)
            }
        }
    }

    @Test("What is projected has the value 0, what is outside an infinite one")
    func value() {
        for range in [-0.3...0.7, 0.1...0.1, -1e30...(-1e-30), 0 ... .infinity] as [ClosedRange<Float>] {
            let tensor = Tensor(vector: 0, -0.5, 2, -1e35, 1e35, 0x1p-140)
            #expect(tensor.value(Box(range)) == .infinity, "range \(range)")
            let projected = Tensor(tensor.shape, tensor.proximalPoint(Box(range), scale: 1))
            #expect(projected.value(Box(range)) == 0, "range \(range)")
        }
        #expect(Tensor(vector: 1, -1).value(Box(-1...1)) == 0)
        #expect(Tensor(vector: -Float(1).nextUp).value(Box(-1...1)) == .infinity)
        #expect(Tensor(vector: .nan, 5).value(Box(-1...1)).isNaN)
    }

    @Test("A zero is +0, NaN stays, and infinity becomes NaN")
    func edges() {
        let tensor = Tensor(vector: -0.0, -3, .nan, .infinity, -.infinity)
        for range in [-1...1, -0.0...2, -2...(-0.0)] as [ClosedRange<Float>] {
            let found = tensor.proximalPoint(Box(range), stepSizes: [0, 1, 1, 0, 2])
            #expect(found[0] == 0 && found[0].sign == .plus, "range \(range)")
            #expect(
                found[1] == range.lowerBound || found[1] == -2 && range.lowerBound == -2, "range \(range)")
            #expect(found[1] != 0 || found[1].sign == .plus, "range \(range)")
            #expect(found[2...].allSatisfy { $0.isNaN }, "\(found[2...]), range \(range)")
        }
    }

    @Test("An infinite weight is outside of every box")
    func valueAtInfinity() {
        for range in [-1...1, 0 ... .infinity, -.infinity ... .infinity] as [ClosedRange<Float>] {
            for weight in [Float.infinity, -.infinity] {
                #expect(Box(range).value(at: weight) == .infinity, "\(weight), range \(range)")
                #expect(Tensor(vector: 1, weight).value(Box(range)) == .infinity, "\(weight), range \(range)")
            }
        }
    }

    @Test("What it states depends on the bounds")
    func properties() {
        #expect(Box(-2...2).properties == [.convex, .monotoneInMagnitudes])
        #expect(Box(-2...3).properties == .convex)
        #expect(Box(0 ... .infinity).properties == Nonnegative().properties)
        #expect(Box(0...1).properties == .convex)
        #expect(Box(0...0).properties == [.convex, .monotoneInMagnitudes, .positivelyHomogeneous])
        #expect(Box(-2...3).structure == .interval(-2...3))
        #expect(Box(0 ... .infinity).structure == Nonnegative().structure)
    }

    @Test("A range without a finite number traps")
    func traps() async {
        await #expect(processExitsWith: .failure) { _ = Box(.infinity ... .infinity) }
        await #expect(processExitsWith: .failure) { _ = Box(-.infinity ... -.infinity) }
    }
}
