import Regularization
import Testing

@Suite("GroupMCP")
struct GroupMCPTests {
    @Test("Proximal points are skglm's")
    func proximalPoints() throws {
        try expectProximalPoints("prox_group_nonconvex_rows", largeOnes: true) {
            (GroupMCP(.rows, threshold: $0.strength!, concavity: $0.gamma!), $0.step!)
        }
    }

    @Test("Groups of one element are MCP, in every metric")
    func singles() {
        let tensor = Tensor([scalarWeights.count, 1], scalarWeights)
        let (single, group) = (
            MCP(threshold: 0.5, concavity: 2), GroupMCP(.rows, threshold: 0.5, concavity: 2)
        )
        expectClose(tensor.value(single), tensor.value(group), within: 1e-9)
        let gradient = tensor.gradient(single, scale: 2).map { Double($0) }
        expectClose(tensor.gradient(group, scale: 2), gradient, ofInput: [1])
        let sizes = scalarWeights.indices.map { 0.1 * Float($0 % 9) * Float($0 % 5) }
        let point = tensor.proximalPoint(single, stepSizes: sizes).map { Double($0) }
        expectClose(tensor.proximalPoint(group, stepSizes: sizes), point, ofInput: tensor.values)
    }

    @Test("A small group vanishes, a large one stays to the bit, and elements in no group are left alone")
    func selection() {
        let penalty = GroupMCP(.indexSets([[0, 1], [2, 3]]), threshold: 1, concavity: 3)
        let tensor = Tensor(vector: 0.1875, -0.25, 3, -4, 0.125)
        #expect(tensor.proximalPoint(penalty, scale: 0.5) == [0, 0, 3, -4, 0.125])
        #expect(tensor.value(penalty) == 0.3125 - 0.3125 * 0.3125 / 6 + 1.5)
        #expect(tensor.gradient(penalty)[2...] == [0, 0, 0])
    }

    @Test("What it states, and what it accepts")
    func structure() {
        let penalty = GroupMCP(.columns, threshold: 1, concavity: 3)
        #expect(penalty.name == "GroupMCP(columns)")
        #expect(penalty.structure == .radial(.columns))
        #expect(!penalty.properties.contains(.convex))
        #expect(throws: ShapeError.self) { try penalty.check([3]) }
    }

    @Test("Parameters out of range trap")
    func traps() async {
        await #expect(processExitsWith: .failure) { _ = GroupMCP(.rows, threshold: -1, concavity: 3) }
        await #expect(processExitsWith: .failure) { _ = GroupMCP(.rows, threshold: 1, concavity: 0) }
    }
}
