import Foundation
import Regularization
import TensorFiles
import Testing

@Suite("Parameters are loaded by name, all or none, and written")
struct ParametersLoadingTests {
    private static let names: [(name: String, shape: [Int])] = [
        ("a.bias", [2]), ("a.weight", [2, 3]), ("b.weight", [3, 2]),
    ]

    private var zeros: Parameters {
        Parameters(zeros: Layout([("b.weight", [3, 2]), ("a.weight", [2, 3]), ("a.bias", [2])]))
    }

    /// The error of loading a file, after which the parameters are as they were.
    private func refusal(
        _ file: TensorFile, into parameters: Parameters? = nil, renaming rules: [TensorRenaming] = [],
        on filter: ParameterFilter = .all, lenient: Bool = false, exact: Bool = false
    ) throws -> LoadingError {
        let before = parameters ?? zeros
        var parameters = before
        let error = try #require(throws: LoadingError.self) {
            try parameters.load(file, renaming: rules, on: filter, lenient: lenient, exact: exact)
        }
        #expect(parameters.bits == before.bits && parameters.layout === before.layout)
        #expect(error.description == error.localizedDescription && error.description.hasSuffix("."))
        return error
    }

    @Test("What was written is read to the bit, whatever the numbers", arguments: ["f.safetensors", "f"])
    func roundTrip(name: String) throws {
        var parameters = zeros
        parameters["a.weight"] = [-0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0.1, -1, .pi]
        parameters["b.weight"] = [1, 2, 3, 4, 5, 6]
        try withTemporaryFile(name) { path in
            try parameters.write(to: path, as: .safetensors, metadata: ["about": "numbers"])
            let file = try TensorFile(path)
            #expect(file.metadata["about"] == "numbers")
            var read = zeros
            let summary = try read.load(file, exact: true)
            #expect(read.bits == parameters.bits)
            #expect(summary.loaded.map(\.name) == ["b.weight", "a.weight", "a.bias"])
            #expect(summary.leftOut + summary.missing == [])
            #expect(summary.unexpected.isEmpty && summary.misshapen.isEmpty)
        }
        let error = try #require(throws: TensorFileError.self) { try parameters.write(to: "/tmp/weights") }
        #expect(error.kind == .unwritable)
    }

    @Test("A copy of the parameters keeps its elements, and the layout stays the same object")
    func value() throws {
        try withFile(contents(Self.names)) { file in
            var parameters = zeros
            let copy = parameters
            try parameters.load(file)
            #expect(parameters["a.bias"] == [1, 2] && copy["a.bias"] == [0, 0])
            #expect(parameters.layout === copy.layout)
        }
    }

    @Test("Strict: what is missing, unexpected and misshapen is one error")
    func strict() throws {
        let given = contents([("a.weight", [3, 2]), ("b.weihgt", [3, 2]), ("c\u{1B}", [1])])
        try withFile(given) { file in
            let error = try refusal(file)
            guard case .mismatch(let mismatch) = error else { throw error }
            #expect(mismatch.path == file.path)
            #expect(mismatch.summary.missing == ["b.weight", "a.bias"])
            #expect(mismatch.summary.unexpected.map(\.name) == ["b.weihgt", "c\u{1B}"])
            #expect(mismatch.summary.misshapen.map(\.tensor.name) == ["a.weight"])
            #expect(mismatch.summary.misshapen[0].expected == [2, 3])
            #expect(mismatch.summary.misshapen[0].tensor.shape == [3, 2])
            #expect(!"\(error)".unicodeScalars.contains("\u{1B}"))
        }
    }

    @Test("Lenient: what fits is loaded, the rest is as it was and in the summary")
    func lenient() throws {
        let given = contents([
            ("a.bias", [2]), ("a.weight", [2, 3]), ("b.weight", [2, 2]), ("c", [1]), ("d", []),
        ])
        try withFile(given) { file in
            var parameters = zeros
            parameters["b.weight"] = [6, 5, 4, 3, 2, 1]
            let summary = try parameters.load(
                file, renaming: [.omitting("d"), .prefix("a.b", to: "b")], lenient: true)
            #expect(parameters["a.weight"] == [3, 4, 5, 6, 7, 8] && parameters["a.bias"] == [0, 0])
            #expect(parameters["b.weight"] == [6, 5, 4, 3, 2, 1])
            #expect(
                "\(summary)" == """
                    1 loaded: "a.weight"
                    1 left out: "d"
                    1 missing: "a.bias"
                    2 unexpected: "a.bias" as "bias", "c"
                    1 misshapen: "b.weight" is [2, 2], not [3, 2]
                    """)
            // A loading that loads nothing is no loading.
            _ = try refusal(file, renaming: [.prefix("", to: "x.")], lenient: true)
        }
    }

    @Test("A filter selects; the tensors of other parameters are left out and not read")
    func filter() throws {
        var given = contents([("a.bias", [2]), ("b.weight", [3, 2])])
        given.add("a.weight", [1], [Float.nan])
        try withFile(given) { file in
            var parameters = zeros
            let summary = try parameters.load(file, on: .exactly("b.weight", "a.bias"))
            #expect(summary.leftOut == ["a.weight"])
            #expect(
                parameters["b.weight"] == [3, 4, 5, 6, 7, 8] && parameters["a.weight"] == zeros["a.weight"])

            let nothing = try refusal(file, on: .named("c.*"))
            #expect("\(nothing)".hasPrefix(#"Nothing is loaded: the filter .named("c.*") selects nothing."#))
            guard case .filter = nothing else { throw nothing }
        }
    }

    @Test("Names are told apart by their scalars")
    func scalars() throws {
        try withFile(contents([("e\u{301}", [1]), ("\u{E9}", [1])])) { file in
            var parameters = Parameters([("\u{E9}", [1], [0]), ("e\u{301}", [1], [0])])
            try parameters.load(file)
            #expect(parameters["e\u{301}"] == [1] && parameters["\u{E9}"] == [2])
            var one = Parameters([("\u{E9}", [1], [0])])
            #expect(throws: LoadingError.self) { try one.load(file) }
        }
    }

    @Test("NaN and infinities are errors that name the tensor and the element, unless they are allowed")
    func nonfinite() throws {
        for (bad, type) in [(Double.nan, "nan"), (.infinity, "inf"), (-.infinity, "-inf")] {
            var given = contents([("a.bias", [2]), ("b.weight", [3, 2])])
            given.add("a.kernel", [3, 2], doubles: [1, 2, 3, bad, 5, 6])
            try withFile(given) { file in
                let rule = TensorRenaming.pattern("*.kernel", to: "*.weight", transposed: true)
                let error = try refusal(file, renaming: [rule])
                guard case .file(let cause) = error else { throw error }
                #expect(cause.kind == .notFinite && cause.tensor == "a.kernel")
                #expect(cause.reason.hasPrefix("Its element [1, 1], counted from 0, is \(type)."))

                var parameters = zeros
                let summary = try parameters.load(file, renaming: [rule], allowingNonfinite: true)
                #expect(summary.loaded.map(\.isTransposed) == [false, true, false])
                #expect("\(parameters["a.weight"])" == "[1.0, 3.0, 5.0, 2.0, \(type), 6.0]")
            }
        }
        let direct = Parameters([("a", [2, 2], [1, 2, .infinity, 4])])
        try withTemporaryFile { path in
            try direct.write(to: path)
            var parameters = direct
            let error = try #require(throws: LoadingError.self) { try parameters.load(TensorFile(path)) }
            #expect("\(error)".contains(#""a": Its element [1, 0], counted from 0, is inf."#))
        }
    }

    @Test("Rounding is an error if all is to be exact")
    func exact() throws {
        var given = contents([("a.bias", [2]), ("b.weight", [3, 2])])
        given.add("a.weight", [2, 3], doubles: [1, 2, 3, 4, 5, 0.1])
        try withFile(given) { file in
            let error = try refusal(file, exact: true)
            guard case .file(let cause) = error else { throw error }
            #expect(cause.kind == .inexact && cause.tensor == "a.weight")
            var parameters = zeros
            try parameters.load(file)
            #expect(parameters["a.weight"][5] == 0.1)
        }
    }

    @Test("Nothing changes if the file becomes shorter while it is read, or has a type without a conversion")
    func readingFails() throws {
        try withTemporaryFile { path in
            // "b.weight" is read first, and stands last in the file.
            try contents(Self.names + [("c", [100])]).write(to: path)
            let file = try TensorFile(path)
            let whole = try Data(contentsOf: URL(filePath: path))
            var parameters = Parameters(
                zeros: Layout([("a.bias", [2]), ("a.weight", [2, 3]), ("c", [100])]))
            parameters["c"] = Array(repeating: 7, count: 100)
            #expect(truncate(path, off_t(whole.count - 4)) == 0)
            let error = try refusal(file, into: parameters, renaming: [.omitting("b.*")])
            guard case .file(let cause) = error else { throw error }
            #expect(cause.kind == .unreadable && cause.tensor == "c")
            // What is not selected is not read.
            try parameters.load(file, renaming: [.omitting("b.*")], on: .all.excluding(.exactly("c")))
            #expect(parameters["a.weight"] == [3, 4, 5, 6, 7, 8])
        }
        let other = try TensorFile(Manifest.path("valid/f8.safetensors"))
        let tensor = try #require(other.tensors.first { if case .other = $0.type { true } else { false } })
        var parameters = Parameters(zeros: Layout([(tensor.name, tensor.shape)]))
        let error = try #require(throws: LoadingError.self) { try parameters.load(other, lenient: true) }
        guard case .file(let cause) = error else { throw error }
        #expect(cause.kind == .otherType)
    }

    @Test(
        "Matrices of any size are transposed",
        arguments: [[1, 1], [0, 3], [3, 0], [31, 33], [64, 1], [100, 70]])
    func transposed(shape: [Int]) throws {
        try withFile(contents([("w", shape)])) { file in
            var parameters = Parameters(zeros: Layout([("w", Shape(shape.reversed()))]))
            try parameters.load(file, renaming: [.pattern("w", to: "w", transposed: true)])
            let expected = (0..<shape[1]).flatMap { column in
                (0..<shape[0]).map { Float($0 * shape[1] + column + 1) }
            }
            #expect(parameters["w"] == expected)
        }
    }
}
