import Foundation
import Regularization
import Testing

/// The table of regularizers has all of them, and says of each what it can do.
struct CatalogTests {
    static let regularizers: [String: any Regularizer] = [
        "L1": L1(), "WeightedL1": WeightedL1([1]), "SquaredL2": SquaredL2(),
        "SquaredDistance": SquaredDistance(to: [1]), "Huber": Huber(delta: 1), "LogCosh": LogCosh(),
        "L0": L0(),
        "LHalf": LHalf(), "LogSum": LogSum(epsilon: 1), "MCP": MCP(threshold: 1, concavity: 2),
        "SCAD": SCAD(threshold: 1, concavity: 3), "GroupLasso": GroupLasso(.rows),
        "GroupMCP": GroupMCP(.rows, threshold: 1, concavity: 2),
        "GroupSCAD": GroupSCAD(.rows, threshold: 1, concavity: 3), "GroupLInfinity": GroupLInfinity(.rows),
        "NestedGroupLasso": NestedGroupLasso(GroupLasso(.rows), GroupLasso(.whole)),
        "TotalVariation": TotalVariation(along: .rows), "SortedL1": SortedL1(factors: [1]),
        "NuclearNorm": NuclearNorm(), "SpectralNorm": SpectralNorm(), "Orthogonality": Orthogonality(),
        "SRIP": SRIP(), "MutualCoherence": MutualCoherence(), "Nonnegative": Nonnegative(), "Box": Box(0...1),
        "L2Ball": L2Ball(.rows, radius: 1), "L2Sphere": L2Sphere(.rows), "L1Ball": L1Ball(radius: 1),
        "Simplex": Simplex(), "L0Ball": L0Ball(count: 1), "GroupL0Ball": GroupL0Ball(.rows, count: 1),
        "RankBall": RankBall(rank: 1), "Stiefel": Stiefel(),
    ]

    private struct Row {
        let stages: String
        let metric: String
    }

    @Test func everyRowIsTrue() throws {
        let rows = try rows()
        #expect(Set(rows.keys) == Set(Self.regularizers.keys))
        for (name, row) in rows {
            guard let regularizer = Self.regularizers[name] else { continue }
            let metric = regularizer as? any MetricProximalRegularizer
            let hasProx = regularizer is any ProximalRegularizer
            #expect(row.stages.contains("loss") == (regularizer is any DifferentiableRegularizer), "\(name)")
            #expect(row.stages.contains("prox") == hasProx, "\(name)")
            #expect(
                row.metric.hasPrefix("diagonal") == (metric != nil && metric?.metricRefusal == nil), "\(name)"
            )
            #expect(row.metric.hasPrefix("–") == !hasProx, "\(name)")
        }
    }

    @Test func everyRegularizerHasARow() throws {
        let folder = Document.file("Sources/Regularization/Regularizers")
        let rows = try rows()
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        where path.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
            let declaration = /\npublic struct (\w+): [\w, ]*Regularizer/
            for match in text.matches(of: declaration) { #expect(rows[String(match.1)] != nil, "\(match.1)") }
        }
    }

    private func rows() throws -> [String: Row] {
        let text = try String(contentsOf: Document.file("Documentation/Regularizers.md"), encoding: .utf8)
        var rows: [String: Row] = [:]
        for line in text.split(separator: "\n") {
            guard let name = line.firstMatch(of: /^\| \[`(\w+)`\]\(.*?\/(\w+)\.swift\)/) else { continue }
            #expect(name.1 == name.2)
            let cells = line.replacing(#"\|"#, with: "¦").split(separator: "|").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            #expect(cells.count == 7, "\(line)")
            rows[String(name.1)] = Row(stages: cells[2], metric: cells[3])
        }
        return rows
    }
}
