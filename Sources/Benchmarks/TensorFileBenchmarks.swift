import Foundation
import TensorFiles

extension Benchmark {
    /// Ten million elements read from a file that the system has in memory: as they are, rounded, and with the
    /// checksum of an archive.
    static let tensorFiles: [Benchmark] = [
        reading("tensors/read/float32", .safetensors, bytes: 4) { $0.add("x", [5_000, 2_000], $1) },
        reading("tensors/read/float64", .safetensors, bytes: 8) {
            $0.add("x", [5_000, 2_000], doubles: $1.map(Double.init))
        },
        reading("tensors/read/archive", .npz, bytes: 4) { $0.add("x", [5_000, 2_000], $1) },
    ]

    private static func reading(
        _ name: String, _ format: TensorFile.Format, bytes: Double,
        _ add: @escaping @Sendable (inout TensorFileContents, [Float]) -> Void
    ) -> Benchmark {
        let count = 10_000_000
        return Benchmark(name: name, amount: .bytes((bytes + 4) * Double(count))) {
            let path = FileManager.default.temporaryDirectory
                .appending(path: "benchmark-\(name.replacing("/", with: "-")).\(format)").path
            var contents = TensorFileContents()
            add(&contents, uniform(count, seed: 1))
            // The file stays; the next run writes the same again.
            try contents.write(to: path)
            var elements = [Float](repeating: 0, count: count)
            return {
                do {
                    let file = try TensorFile(path)
                    var span = elements.mutableSpan
                    try file.read("x", into: &span)
                } catch { fatalError("\(error)") }
                sink += Double(elements[1])
            }
        }
    }
}
