import Regularization
import TensorFiles
import Testing

@Suite("What does not fit is said in one message of bounded length")
struct LoadingMismatchTests {
    private func message(
        _ wanted: [(name: String, shape: [Int])], from given: [(name: String, shape: [Int])]
    ) throws -> String {
        try withFile(contents(given)) { file in
            var parameters = Parameters(zeros: Layout(wanted.map { ($0.name, Shape($0.shape)) }))
            let error = try #require(throws: LoadingError.self) { try parameters.load(file) }
            return "\(error)".replacing("\(file.path): ", with: "")
        }
    }

    @Test("The lists, and what is near a missing name")
    func lists() throws {
        #expect(
            try message(
                [("a.weight", [2, 3]), ("a.bias", [2]), ("scale", [])],
                from: [("a.weight", [4, 3]), ("a.bais", [2]), ("mean\n", [2])]) == """
                    The tensors do not fit. Name them, or leave them out, by renaming:, select parameters by on:, or \
                    load what fits by lenient: true. 2 missing: "a.bias" (near: "a.bais"), "scale". 2 unexpected: \
                    "a.bais", "mean\\u{a}". 1 misshapen: "a.weight" is [4, 3], not [2, 3].
                    """)
    }

    @Test("Of many tensors the first are shown, and how many more there are")
    func many() throws {
        let wanted = (0..<200).map { (name: "wanted.\($0).weight", shape: [1, 2]) }
        let given = (0..<300).map { (name: "given.\($0 / 2).\($0)", shape: [1]) }
        let message = try message(wanted, from: given)
        #expect(message.contains(" 200 missing: \"wanted.0.weight\""))
        #expect(message.contains(" and 180 more. 300 unexpected: \"given.0.0\""))
        #expect(message.hasSuffix(" and 280 more."))
        #expect(message.utf8.count < 5_000)
    }

    @Test("A name of any length is cut")
    func long() throws {
        let name = String(repeating: "a.", count: 50_000)
        let message = try message([("b", [1])], from: [(name, [1]), (name + "b", [1])])
        #expect(message.utf8.count < 1_000)
    }

    @Test("Of very many dimensions the first are shown")
    func dimensions() throws {
        let message = try message([("a", [1, 2])], from: [("a", Array(repeating: 1, count: 10_000))])
        #expect(message.contains("\"a\" is [1, 1, "))
        #expect(message.hasSuffix("1, 1,…, not [1, 2]."), "\(message)")
        #expect(message.utf8.count < 1_000)
    }
}
