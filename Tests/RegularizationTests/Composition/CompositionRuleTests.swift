import Testing

@testable import Regularization

@Suite("CompositionRule")
struct CompositionRuleTests {
    @Test("Which groups lie within which others, on every shape")
    func refinement() {
        let block = Groups.blocks(rows: 1, columns: 2)
        let finer: [(Groups, Groups)] = [
            (.rows, .whole), (.rows, .rows), (.columns, .columns), (block, .rows),
            (.blocks(rows: 2, columns: 1), .columns), (block, .blocks(rows: 3, columns: 4)), (.whole, .whole),
            (.indexSets([[0, 1], [5]]), .indexSets([[0, 1, 2], [3]])), (.indexSets([[0, 1]]), .whole),
        ]
        for (fine, coarse) in finer { #expect(fine.refines(coarse), "\(fine) in \(coarse)") }
        let others: [(Groups, Groups)] = [
            (.whole, .rows), (.rows, .columns), (.columns, .rows), (block, .columns),
            (.blocks(rows: 2, columns: 2), .rows),
            (.blocks(rows: 1, columns: 3), .blocks(rows: 3, columns: 4)),
            (.blocks(rows: 2, columns: 2), .blocks(rows: 3, columns: 4)), (.rows, block),
            (.indexSets([[0, 1, 3]]), .indexSets([[0, 1, 2], [3]])), (.indexSets([[0]]), .rows),
        ]
        for (one, other) in others { #expect(!one.refines(other), "\(one) in \(other)") }
    }

    @Test("Groups without a common element compose in every metric, others with an overlap do not")
    func apart() {
        func rule(_ one: [[Int]], _ other: [[Int]]) -> CompositionRule? {
            CompositionRule(
                letting: L1Ball(.indexSets(one), radius: 1), follow: L2Sphere(.indexSets(other)),
                in: .diagonal)
        }
        #expect(rule([[0, 1], [4]], [[2], [3, 5]]) == .apart)
        #expect(rule([[0, 1], [4]], [[2], [4, 5]]) == nil)
    }

    @Test("A third party's regularizer composes by what it states, and not by what it does not")
    func statements() {
        func rule(_ f: any Regularizer, after g: any Regularizer) -> CompositionRule? {
            CompositionRule(letting: f, follow: g, in: .euclidean)
        }
        #expect(rule(Stated([.monotoneInMagnitudes]), after: L1()) == .elementwiseFirst)
        #expect(rule(Stated([]), after: L1()) == nil)
        #expect(rule(GroupLasso(.whole), after: Stated([.positivelyHomogeneous])) == .radialLast)
        #expect(rule(GroupLasso(.rows), after: Stated([.positivelyHomogeneous])) == nil)
        #expect(rule(GroupLasso(.whole), after: Stated([.convex])) == nil)
        #expect(
            rule(Stated([.convex, .permutationInvariant]), after: Stated([.convex, .linearInOrder]))
                == .orderKept)
        #expect(rule(Stated([.permutationInvariant]), after: Stated([.convex, .linearInOrder])) == nil)
        let magnitudes = Stated([.convex, .linearInOrderOfMagnitudes])
        #expect(rule(Stated([.convex, .permutationInvariant]), after: magnitudes) == nil)
        #expect(
            rule(Stated([.convex, .permutationInvariant, .monotoneInMagnitudes]), after: magnitudes)
                == .orderKept)
        #expect(rule(MCP(threshold: 1, concavity: 2), after: magnitudes) == .orderKept)
        #expect(rule(WeightedL1([1]), after: magnitudes) == nil)
        #expect(rule(L0(), after: L0Ball(count: 1)) == .largestFirst)
        #expect(rule(Nonnegative(), after: L0Ball(count: 1)) == nil)
        #expect(CompositionRule(letting: LHalf(), follow: L0Ball(count: 1), in: .diagonal) == nil)
        #expect(CompositionRule(letting: L0(), follow: L0Ball(count: 1), in: .diagonal) == .largestFirst)
    }
}

/// Of no known structure, with properties from outside.
private struct Stated: ProximalRegularizer {
    let properties: CompositionProperties

    init(_ properties: CompositionProperties) {
        self.properties = properties
    }

    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { 0 }
    func applyProx(to weights: inout MutableWeights, scale: Float) {}
}
