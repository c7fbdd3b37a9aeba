import Regularization
import Testing

@Suite("GroupSCAD")
struct GroupSCADTests {
    @Test("Groups of one element are SCAD, in every metric")
    func singles() {
        let tensor = Tensor([scalarWeights.count, 1], scalarWeights)
        let (single, group) = (
            SCAD(threshold: 0.4, concavity: 3), GroupSCAD(.rows, threshold: 0.4, concavity: 3)
        )
        expectClose(tensor.value(single), tensor.value(group), within: 1e-9)
        let gradient = tensor.gradient(single, scale: 2).map { Double($0) }
        expectClose(tensor.gradient(group, scale: 2), gradient, ofInput: [1])
        let sizes = scalarWeights.indices.map { 0.2 * Float($0 % 9) * Float($0 % 5) }
        let point = tensor.proximalPoint(single, stepSizes: sizes).map { Double($0) }
        expectClose(tensor.proximalPoint(group, stepSizes: sizes), point, ofInput: tensor.values)
    }

    @Test("A group keeps its direction, and its norm has the proximal point of SCAD")
    func direction() {
        let penalty = GroupSCAD(.rows, threshold: 1, concavity: 3)
        for norm in [0.25, 0.5, 1, 1.5, 2, 2.9, 3, 40] as [Float] {
            let expected = Double(SCAD(threshold: 1, concavity: 3).proximalPoint(of: norm, scale: 0.5))
            let found = Tensor([1, 2], [0.6 * norm, -0.8 * norm]).proximalPoint(penalty, scale: 0.5)
            expectClose(found, [0.6 * expected, -0.8 * expected], ofInput: [norm], "norm \(norm)")
        }
    }

    @Test("What it states, and what it accepts")
    func structure() {
        let penalty = GroupSCAD(.rows, threshold: 1, concavity: 3)
        #expect(penalty.name == "GroupSCAD(rows)")
        #expect(penalty.structure == .radial(.rows))
        #expect(!penalty.properties.contains(.convex))
        #expect(throws: ShapeError.self) { try penalty.check([3]) }
    }

    @Test("Parameters out of range trap")
    func traps() async {
        await #expect(processExitsWith: .failure) { _ = GroupSCAD(.rows, threshold: -1, concavity: 3) }
        await #expect(processExitsWith: .failure) { _ = GroupSCAD(.rows, threshold: 1, concavity: 2) }
    }
}
