import Regularization
import TensorFiles

/// Tensors of both types, of ranks 0 to 4, empty and full, of numbers and names with which readers have trouble.
enum TensorSamples {
    private static let floats =
        [0, -0.0, 1, -1, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNormalMagnitude, 0.1]
        + [0x7fc0_0000, 0xffc0_0001, 0x7fa0_0001, 1, 0x807f_ffff].map(Float.init(bitPattern:))
        + [.pi, 1e-20] as [Float]
    private static let doubles =
        [0, -0.0, 1, -1, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNormalMagnitude, 0.1]
        + [0x7ff8 << 48, 0xfff8 << 48 + 1, 0x7ff4 << 48 + 1, 1, 0x800f_ffff_ffff_ffff].map(
            Double.init(bitPattern:))
        + [.pi, 1e-200] as [Double]
    private static let shapes: [Shape] = [
        [], [0], [1], [16], [0, 3], [3, 0], [2, 8], [16, 1], [0, 2, 0], [2, 2, 4], [1, 4, 1, 4],
        [2, 2, 2, 2],
    ]
    private static let names = [
        "caf\u{e9}", "cafe\u{301}", "größe/β.weight", "../up", "a b\t\"c\" \\ \u{1}\u{7f}", "重み", "🙂",
        "fully.0.weight", "Z", "a", "__metadata", "",
    ]

    /// A tensor, and the bits that it is to have.
    private struct Sample {
        let name: String
        let shape: Shape
        let isDouble: Bool
        /// Where in the list of numbers the elements begin.
        let start: Int

        private var floats: [Float] { elements(TensorSamples.floats) }
        private var doubles: [Double] { elements(TensorSamples.doubles) }

        private func elements<Element>(_ all: [Element]) -> [Element] {
            (0..<shape.count).map { all[(start + $0) % all.count] }
        }

        func add(to contents: inout TensorFileContents) {
            if isDouble {
                contents.add(name, shape, doubles: doubles)
            } else {
                contents.add(name, shape, floats)
            }
        }

        var right: Manifest.Tensor {
            Manifest.Tensor(
                name: name, dtype: isDouble ? "F64" : "F32", shape: shape.dimensions,
                bits: isDouble
                    ? doubles.map { String($0.bitPattern, radix: 16) }
                    : floats.map { String($0.bitPattern, radix: 16) })
        }
    }

    /// Writes the files, and returns what is right for each.
    static func write(to folder: String) throws(TensorFileError) -> [Manifest.File] {
        let metadata: TensorMetadata = [
            "format": "np", "größe ✓": "Zeile 1\nZeile 2 \"\\\u{1}", "": "", "caf\u{e9}": "1",
            "cafe\u{301}": "2",
        ]
        let plain = zip(names, shapes).enumerated().flatMap { index, sample in
            [false, true].map { isDouble in
                Sample(
                    name: sample.0 + (isDouble ? "64" : ""), shape: sample.1, isDouble: isDouble,
                    start: 5 * index + 3)
            }
        }
        var files: [Manifest.File] = []
        func write(
            _ file: String, _ samples: [Sample], _ metadata: TensorMetadata = [:]
        ) throws(TensorFileError) {
            var contents = TensorFileContents(metadata: metadata)
            for sample in samples { sample.add(to: &contents) }
            try contents.write(to: "\(folder)/\(file)")
            files.append(
                Manifest.File(
                    file: file, metadata: metadata.entries.map { [$0.key, $0.text] },
                    tensors: samples.map(\.right)))
        }
        try write("plain.safetensors", plain)
        try write("metadata.safetensors", plain.reversed(), metadata)
        try write("one-text.safetensors", plain, ["format": "np"])
        try write("texts-alone.safetensors", [], metadata)
        try write("nothing.safetensors", [])
        try write("plain.npz", plain)
        try write("nothing.npz", [])
        for (index, sample) in plain.enumerated() {
            try write(
                "\(index).npy",
                [Sample(name: "", shape: sample.shape, isDouble: sample.isDouble, start: sample.start)])
        }
        return files
    }
}
