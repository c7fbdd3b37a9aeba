import Files
import Foundation
import ReferenceNetwork
import Regularization
import TensorFiles

/// The main job: compares penalties on a network that classifies handwritten digits.
@main
struct Digits {
    static func main() async {
        // A full disk and a pipe that nobody reads are then errors with a sentence, not the end of the process.
        for number in [SIGXFSZ, SIGPIPE] { signal(number, SIG_IGN) }
        do {
            guard let options = try Options(CommandLine.arguments.dropFirst()) else {
                print(Options.usage)
                return
            }
            try await run(options)
        } catch let error as OptionError {
            fail("\(error)", code: 2)
        } catch let error as WritingError {
            fail("\(error) The table above has the means of the results.", code: 1)
        } catch {
            fail("\(error)", code: 1)
        }
    }

    /// A training that has ended: its experiment's index, its seed, and what came of it.
    private typealias FinishedRun = (row: Int, seed: Int, run: Run, model: TabularModel)

    /// Runs all experiments with all seeds, as many at a time as there are processors, and prints and writes their
    /// results.
    private static func run(_ options: Options) async throws {
        try options.checkOutput()
        guard let path = Bundle.module.path(forResource: "digits", ofType: "csv", inDirectory: "Data") else {
            fail("\(Bundle.module.bundlePath) has no Data/digits.csv; build Digits anew.", code: 1)
        }
        let digits = try CSVTable(.file(path), classes: "digit")
        let file = options.penalties.map { URL(fileURLWithPath: $0) }
        let experiments = try file.map(Experiment.comparing) ?? Experiment.all
        if file != nil {
            print(try experiments[1].plan(under: options.optimizer.optimizer), terminator: "\n\n")
        }
        print(
            """
            \(digits.samples.count) digits, network 64–40–20–10, \(options.optimizer.name), \(options.epochs) epochs, \
            \(file == nil ? "λ = 10^-3.5, " : "")mean ± deviation over \(options.seeds) seeds
            """)

        var runs = Array(repeating: [Int: Run](), count: experiments.count)
        let names = ModelNames(experiments)
        var unwritten: [TensorFileError] = []
        var finished = 0
        var times = ProgressTimes()
        let start = ContinuousClock.now
        let total = experiments.count * options.seeds
        try await withThrowingTaskGroup(of: FinishedRun.self) { group in
            var jobs = experiments.indices.lazy
                .flatMap { row in (0..<options.seeds).lazy.map { (row, $0) } }.makeIterator()
            let startNext = { (group: inout ThrowingTaskGroup<FinishedRun, any Error>) in
                guard let (row, seed) = jobs.next() else { return }
                group.addTask {
                    let (run, model) = try experiments[row].run(
                        on: digits, with: options.optimizer.optimizer, seed: UInt64(seed),
                        epochs: options.epochs)
                    return (row, seed, run, model)
                }
            }
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { startNext(&group) }
            while let (row, seed, result, model) = try await group.next() {
                startNext(&group)
                var run = result
                if let folder = options.models {
                    let name = names.names(seed: run.seed)[row]
                    do throws(TensorFileError) {
                        try model.write(to: folder.path(of: name))
                        run.model = name
                    } catch {
                        unwritten.append(error)
                    }
                }
                runs[row][seed] = run
                finished += 1
                if times.isDue(after: ContinuousClock.now - start, isLast: finished == total) {
                    complain("\(finished) of \(total) runs", rewriting: times.isTerminal)
                }
            }
        }
        if times.isTerminal { complain("", rewriting: true) }

        let reports = zip(experiments, runs).map { experiment, runs in
            Report(experiment, runs.sorted { $0.key < $1.key }.map(\.value))
        }
        var table = TextTable(Report.header, rightAligned: [3, 4, 5, 6])
        for report in reports { table.append(report.cells) }
        print(table)
        for report in reports {
            for run in report.runs {
                for warning in run.warnings { print("\(report.penalty), seed \(run.seed): \(warning)") }
            }
        }

        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let results = try encoder.encode(reports)
        // What was printed comes first, also if the results go to the same place.
        fflush(nil)
        if let error = unwritten.first {
            complain("\(error) \(unwritten.count) of \(total) models are not written; the results have null.")
        }
        try writeWhole(results.bytes, to: options.output)
        print("Results written to \(options.output).")
        if !unwritten.isEmpty { exit(1) }
    }

    /// Prints a message on standard error and exits.
    private static func fail(_ message: String, code: Int32) -> Never {
        complain(message)
        exit(code)
    }

    /// Prints a line on standard error, or rewrites the one that a terminal shows.
    private static func complain(_ message: String, rewriting: Bool = false) {
        let text = rewriting ? "\r\u{1B}[K\(message)" : "\(message)\n"
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
