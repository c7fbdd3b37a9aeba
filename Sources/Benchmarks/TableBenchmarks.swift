import Foundation
import ReferenceNetwork

extension Benchmark {
    /// Files of some ten megabytes, read from their bytes to samples: ten columns of numbers as programs write them,
    /// and one of labels.
    static let tables: [Benchmark] = [
        table("table/decimals") { String(format: "%.4f", $0) },
        table("table/doubles") { "\(Double($0) * 0.1)" },
        table("table/integers") { String(Int($0 * 10)) },
    ]

    private static func table(_ name: String, _ text: (Float) -> String) -> Benchmark {
        let (rows, columns, repeats) = (1_000, 10, 100)
        let numbers = uniform(rows * columns, seed: 1)
        let header = (0..<columns).map { "x\($0)," }.joined() + "kind\n"
        var lines = ""
        for row in 0..<rows {
            for column in 0..<columns { lines += text(3 * numbers[row * columns + column]) + "," }
            lines += ["ash", "elm", "oak"][row % 3] + "\n"
        }
        let bytes = Data(lines.utf8)
        let size = Double(header.utf8.count + repeats * bytes.count)
        return Benchmark(name: name, amount: .bytes(size)) {
            let file = FileManager.default.temporaryDirectory.appending(
                path: "benchmark-\(name.replacing("/", with: "-")).csv")
            var contents = Data(header.utf8)
            for _ in 0..<repeats { contents += bytes }
            // The file stays; the next run writes the same again.
            try contents.write(to: file)
            return {
                do {
                    sink += Double(try CSVTable(.file(file.path), classes: "kind").samples.features[0])
                } catch { fatalError("\(error)") }
            }
        }
    }
}
