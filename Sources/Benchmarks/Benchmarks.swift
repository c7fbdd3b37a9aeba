import Foundation
import Regularization

/// What results are added to, so that no work is optimised away.
nonisolated(unsafe) var sink = 0.0

/// Numbers uniform in [−1, 1).
func uniform(_ count: Int, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in 2 * generator.nextUnitFloat() - 1 }
}

/// Times the framework: a line for each benchmark, as text or as JSON.
@main
struct Benchmarks {
    static let usage = """
        USAGE: swift run -c release Benchmarks [--only TEXT] [--json]

          --only TEXT  only benchmarks whose name contains the text
          --json       a JSON object a line
        """

    static func main() throws {
        var arguments = CommandLine.arguments.dropFirst()
        var only = ""
        var isJSON = false
        while let argument = arguments.popFirst() {
            switch argument {
            case "--json": isJSON = true
            case "--only": only = arguments.popFirst() ?? ""
            default:
                print(usage)
                exit(argument == "--help" ? 0 : 2)
            }
        }
        let all = Benchmark.floors + Benchmark.products + Benchmark.penalties + Benchmark.proximalPoints
        for benchmark in all + Benchmark.steps where only.isEmpty || benchmark.name.contains(only) {
            let result = try benchmark.measure()
            if isJSON {
                print(String(decoding: try JSONEncoder().encode(result), as: UTF8.self))
            } else {
                let name = result.name.padding(toLength: 40, withPad: " ", startingAt: 0)
                print(
                    name, String(format: "%12.1f µs   median %12.1f µs", result.microseconds, result.median))
            }
        }
    }
}
