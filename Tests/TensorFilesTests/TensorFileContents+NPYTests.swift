import Regularization
import TensorFiles
import Testing

@Suite("An `.npy` file is written as NumPy writes it")
struct TensorFileContentsNPYTests {
    private func contents(_ shape: Shape, _ elements: [Float]) -> TensorFileContents {
        var contents = TensorFileContents()
        contents.add("w", shape, elements)
        return contents
    }

    @Test("The bytes")
    func bytes() throws {
        let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }"
        let header = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(text.utf8)
        let padding = Array(repeating: UInt8(ascii: " "), count: 117 - text.utf8.count) + [UInt8(ascii: "\n")]
        let file = try written(contents([2, 1], [1, -0.0]), ".npy")
        #expect(file == header + padding + [0, 0, 0x80, 0x3F, 0, 0, 0, 0x80])
    }

    @Test("The header ends at a multiple of 64 bytes, with the room that NumPy leaves, in every rank")
    func ranks() throws {
        // The lengths are those of np.save.
        for (rank, length) in [
            (0, 118), (14, 118), (15, 182), (35, 182), (36, 246), (57, 246), (58, 310), (64, 310),
        ] {
            let shape = Shape(Array(repeating: 1, count: rank))
            let file = try written(contents(shape, [3]), ".npy")
            #expect(Int(file[8]) + Int(file[9]) << 8 == length, "rank \(rank)")
            #expect(file.count == 10 + length + 4)
            #expect(try tensors(file, ".npy") == ["": [3]])
        }
    }

    @Test("What is written is read, by its numbers and its shape")
    func roundTrip() throws {
        for (shape, elements) in [
            ([], [.leastNonzeroMagnitude]), ([0], []), ([3, 0], []),
            ([3], [1, .infinity, -.greatestFiniteMagnitude]),
            ([2, 2], [1, 2, 3, 4]),
        ] as [(Shape, [Float])] {
            try withFile(written(contents(shape, elements), ".npy"), ".npy") { path in
                let file = try TensorFile(path)
                #expect(file.tensors.map(\.name) == [""])
                #expect(file.tensors.map(\.shape) == [shape])
                #expect(try file.floats(of: "", exact: true) == elements)
            }
        }
        var doubles = TensorFileContents()
        doubles.add("w", [2], [0.1, -.greatestFiniteMagnitude] as [Double])
        try withFile(written(doubles, ".npy"), ".npy") { path in
            let file = try TensorFile(path)
            #expect(file.tensors.map(\.type) == [.float64])
            #expect(try file.doubles(of: "") == [0.1, -.greatestFiniteMagnitude])
        }
    }

    @Test("What the format does not hold is an error, and an earlier file is as it was")
    func unwritable() throws {
        var two = contents([], [1])
        two.add("v", [], [2] as [Float])
        var described = contents([], [1])
        described.metadata["about"] = "a number"
        for (contents, reason) in [
            (TensorFileContents(), "An .npy file has one array, not 0; write .npz or .safetensors."),
            (two, "An .npy file has one array, not 2; write .npz or .safetensors."),
            (
                described,
                "NumPy's files have no metadata, such as \"about\"; write .safetensors, or set none."
            ),
            (
                contents(Shape(Array(repeating: 1, count: 65)), [1]),
                "It has 65 dimensions, and NumPy's arrays at most 64."
            ),
        ] {
            try withFile(npy(floats: 1), ".npy") { path in
                let error = #expect(throws: TensorFileError.self) { try contents.write(to: path) }
                #expect(error?.kind == .unwritable)
                #expect(error?.reason == reason)
                let earlier = try TensorFile(path).floats(of: "")
                #expect(earlier == [1])
            }
        }
    }
}
