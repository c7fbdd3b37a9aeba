import Testing

@testable import Regularization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The environment variable is read at the first use of a kernel, so each value needs a process of its own.
@Suite("The instruction set of the products")
struct MatrixProductInstructionSetTests {
    private static let names = ["baseline", "avx2", "avx512"]

    /// What a process prints on standard error that uses a kernel under a value that no processor has.
    private func refusal(of value: String) async -> String {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            [value] in
            setenv("REGULARIZATION_INSTRUCTIONS", value, 1)
            _ = MatrixProblem(rows: 2, columns: 2, inner: 2).product(.aTimesB)
        }
        return String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    }

    @Test(
        "A value that is none ends the process with a sentence", arguments: ["avx1024", "AVX2", "avx2 "])
    func unknown(_ value: String) async {
        let output = await refusal(of: value)
        #expect(
            output.contains("REGULARIZATION_INSTRUCTIONS is \"\(value)\", but this processor has baseline"))
        #expect(
            output.contains(
                "; name one of these, or unset the variable for the best one."))
    }

    @Test(
        "A value that the processor has is taken; one that it does not have ends the process",
        arguments: names)
    func known(_ value: String) async throws {
        let sentence = await refusal(of: "avx1024")
        let had = try #require(sentence.firstMatch(of: #/this processor has ([a-z0-9 ]*);/#)).1.split(
            separator: " ")
        let isThere = had.contains(Substring(value))
        let result = await #expect(
            processExitsWith: isThere ? .success : .failure, observing: [\.standardErrorContent]
        ) { [value] in
            setenv("REGULARIZATION_INSTRUCTIONS", value, 1)
            #expect(MatrixProduct.instructionSet == value)
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.contains("REGULARIZATION_INSTRUCTIONS is") == !isThere)
    }
}
