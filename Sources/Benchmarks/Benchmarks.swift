import Foundation
import Regularization

/// A sum that results are added to, so that the compiler cannot remove the work.
nonisolated(unsafe) var sink = 0.0

/// Random numbers uniform in [−1, 1).
func uniform(_ count: Int, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in 2 * generator.nextUnitFloat() - 1 }
}

/// Times the framework: prints a line for each benchmark, as text or as JSON.
@main
struct Benchmarks {
    static let usage = """
        USAGE: swift run -c release Benchmarks [--only TEXT] [--threads N] [--repeats N] [--json]

          --only TEXT    only benchmarks whose name contains the text
          --threads N    the threads that long work may use; 1 unless given
          --repeats N    how often each is timed, for a tenth of a second or one call; 7 unless given
          --json         a JSON object a line
        """

    private var only = ""
    private var threads = 1
    private var repeats = 7
    private var isJSON = false

    private init(_ arguments: some Sequence<String>) {
        var arguments = Array(arguments)[...]
        while let argument = arguments.popFirst() {
            switch argument {
            case "--json": isJSON = true
            case "--only": only = Self.value(of: argument, in: &arguments)
            case "--threads": threads = Self.number(of: argument, in: &arguments)
            case "--repeats": repeats = Self.number(of: argument, in: &arguments)
            case "--help":
                print(Self.usage)
                exit(0)
            default:
                Self.fail(
                    "There is no option \(argument.debugDescription); --help shows those that there are.")
            }
        }
    }

    private static func value(of option: String, in arguments: inout ArraySlice<String>) -> String {
        guard let value = arguments.popFirst() else { fail("\(option) needs a value; --help shows which.") }
        return value
    }

    private static func number(of option: String, in arguments: inout ArraySlice<String>) -> Int {
        let text = value(of: option, in: &arguments)
        guard let number = Int(text), 1...1_000_000 ~= number else {
            fail("\(option) takes a whole number from 1 to 1000000, not \(text.debugDescription).")
        }
        return number
    }

    /// Prints a sentence on standard error and exits, with 2 for an error in the command line.
    private static func fail(_ sentence: String, code: Int32 = 2) -> Never {
        try? FileHandle.standardError.write(contentsOf: Data("\(sentence)\n".utf8))
        exit(code)
    }

    static func main() {
        do {
            try run()
        } catch {
            fail("Stopped: \(error.localizedDescription)", code: 1)
        }
    }

    private static func run() throws {
        let options = Benchmarks(CommandLine.arguments.dropFirst())
        Parallelism.threads = options.threads
        let chosen = Benchmark.all.filter { options.only.isEmpty || $0.name.contains(options.only) }
        if chosen.isEmpty {
            fail(
                "No benchmark's name contains \(options.only.debugDescription); choose a part of one that does."
            )
        }
        for benchmark in chosen {
            let result = try benchmark.measure(repeats: options.repeats, threads: options.threads)
            // Written at once, while `print` keeps lines back if the output is a file.
            let line = options.isJSON ? try json(result) : text(result)
            try FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8))
        }
    }

    private static func json(_ result: Benchmark.Measurement) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(result), as: UTF8.self)
    }

    private static func text(_ result: Benchmark.Measurement) -> String {
        let name = result.name.padding(toLength: 44, withPad: " ", startingAt: 0)
        var line = name + String(format: "%12.1f µs   median %12.1f µs", result.microseconds, result.median)
        if let gflops = result.gflops { line += String(format: "   %7.1f GFLOP/s", gflops) }
        if let rate = result.gigabytesPerSecond { line += String(format: "   %7.2f GB/s", rate) }
        if let count = result.allocations { line += String(format: "   %.2f allocations", count) }
        if let steps = result.steps {
            line += String(format: "   %.1f Newton steps, at most %d", steps.mean, steps.most)
        }
        return line
    }
}

extension Benchmark {
    /// All benchmarks, in the order in which they are run.
    static var all: [Benchmark] {
        floors + products + penalties + proximalPoints + catalog + rules + steps + [digitsEpoch] + scaling
            + tables + tensorFiles
    }
}
