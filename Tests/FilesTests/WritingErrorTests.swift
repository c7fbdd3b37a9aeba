import Foundation
import Testing

@testable import Files

struct WritingErrorTests {
    @Test(
        "The sentence has the path, the system's reason and what to do",
        arguments: [
            (ENOENT, "Create its folder"), (EISDIR, "Choose the path of a file in that folder."),
            (ENOTDIR, "is a file"), (ELOOP, "remove them"), (EACCES, "permissions"), (EPERM, "permissions"),
            (EROFS, "another file system"), (ENAMETOOLONG, "shorter"), (ENOSPC, "Free some space"),
            (EDQUOT, "Free some space"), (EFBIG, "Raise the limit"),
            (EPIPE, "a reader that reads to the end"),
            (ENXIO, "Nothing takes"), (EBUSY, "mount its folder"), (EIO, "Choose another path."),
        ] as [(Int32, String)])
    func anErrorSaysWhatToDo(code: Int32, advice: String) {
        let sentence = WritingError(path: "a/b.json", code: code).description
        #expect(
            sentence.hasPrefix("a/b.json: The file cannot be written: \(String(cString: strerror(code))). "))
        #expect(sentence.contains(advice) && sentence.hasSuffix("."))
    }

    @Test func anEmptyPathIsShown() {
        #expect(WritingError(path: "", code: EINVAL).description.hasPrefix("\"\": The file cannot"))
    }
}
