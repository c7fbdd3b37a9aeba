import ReferenceNetwork
import TensorFiles
import Testing

@Suite("Errors of model files begin with the path")
struct ModelFileErrorTests {
    @Test("Texts of the file cannot command a terminal")
    func controls() throws {
        let file = try uncheckedFile(header: #"{"__metadata__":{"kind":"\u001b[2J"}}"#)
        let error = expectModelFileError(.noModel) { _ = try FeedForwardNetwork(contentsOf: file) }
        let sentence = "The file is of the kind \"\\u{1b}[2J\", not a model. Pass the file of a model."
        #expect(error?.path == file.path)
        #expect(error?.description == "\(file.path): \(sentence)")
        #expect(error?.localizedDescription == error?.description)
    }
}
