import Foundation
import TensorFiles
import Testing

@Suite("safetensors files that others wrote are read to the bit, and broken ones are refused")
struct TensorFileReaderSafetensorsTests {
    @Test("The manifest", arguments: Manifest.files(".safetensors"))
    func manifest(_ file: Manifest.File) throws { try expectVerdict(file) }

    private static let four = #""a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}"#
    /// Headers for four bytes of data, and a part of the sentence that refuses each.
    private static let forbidden = [
        (
            #"{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#,
            "a.shape[0]: \"1.0\" is no whole number"
        ),
        (#"{"a":{"dtype":"F32","shape":[1e0],"data_offsets":[0,4]}}"#, "\"1e0\" is no whole number"),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[-0,4]}}"#,
            "a.data_offsets[0]: \"-0\" is no whole number"
        ),
        (#"{"a":{"dtype":"F32","shape":[true],"data_offsets":[0,4]}}"#, "\"true\" is no whole number"),
        (#"{"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,4]}}"#, "is no whole number"),
        (#"{"a":{"dtype":"F32","shape":[18446744073709551617],"data_offsets":[0,4]}}"#, "is no whole number"),
        (#"{"a":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}"#, "A list of whole numbers"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, "two numbers"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}"#, "two numbers"),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775803,9223372036854775807]}}"#,
            "a.data_offsets: It ends at 9223372036854775807, but after the header the file has 4 bytes."
        ),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, "would end at 0, before it begins"),
        (#"{"a":{"dtype":"f32","shape":[1],"data_offsets":[0,4]}}"#, "a.dtype: \"f32\" is no type"),
        (#"{"a":{"dtype":null,"shape":[1],"data_offsets":[0,4]}}"#, "a.dtype: \"null\" is no type"),
        (
            #"{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,4]}}"#,
            "F16 of the shape [1] needs 2 bytes, but 0 to 4"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,
            "F32 of the shape [2] needs 8 bytes, but 0 to 4"
        ),
        (#"{"a":{"dtype":"F4","shape":[7],"data_offsets":[0,4]}}"#, "no whole number of bytes"),
        (
            #"{"a":{"dtype":"F32","shape":[0,4611686018427387904,4],"data_offsets":[0,0]}}"#,
            "more than can be counted"
        ),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"note":1}}"#, "nothing else"),
        (#"{"a":{"shape":[1]}}"#, "It has no dtype and no data_offsets"),
        (#"{\#(four),}"#, "In the header, line 1, column"),
        (#"{"a":[]}"#, "A tensor is an object"),
        (
            #"{"__metadata__":{"a":{}},\#(four)}"#,
            "__metadata__.a: Metadata"
        ),
        (#"{"__metadata__":[],\#(four)}"#, "an object of texts"),
        (#"{"__metadata__":{"k":"1","\u006b":"2"}}"#, "is given twice"),
        (#"{"__metadata__":{},"__metadata__":{}}"#, "is given twice"),
        (
            #"{\#(four),"e":{"dtype":"U8","shape":[0],"data_offsets":[2,2]}}"#,
            "e: It begins at 2, before the end of \"a\" at 4"
        ),
        (
            #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"#
                + #""e":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#,
            "e: It begins at 2, and the 1 bytes"
        ),
        (#"{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}"#, "1 bytes at the end of the file"),
        (#"{}"#, "4 bytes at the end of the file"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, "would end at 0, before it begins"),
        (
            #"{"a":{"dtype":"F32","shape":[2\#(String(repeating: ",1", count: 10_000))],"data_offsets":[0,4]}}"#,
            "1, 1,… needs 8 bytes"
        ),
        (" {\(four)}", "The header begins with white space"),
        ("\n{\(four)}", "The header begins with white space"),
        ("\u{FEFF}{}", "In the header"),
        ("{} x", "In the header"),
        ("[[[[[[[[[1]]]]]]]]]", "In the header"),
    ]

    @Test("What the format forbids is refused with what and where", arguments: forbidden)
    func refused(_ header: String, _ sentence: String) throws {
        try withFile(safetensors(header, [0, 0, 128, 63]), "x.safetensors") { path in
            let error = #expect(throws: TensorFileError.self) { try TensorFile(path) }
            #expect(error?.kind == .malformed)
            #expect(error?.reason.contains(sentence) == true, "\(error?.reason ?? "")")
        }
    }

    @Test("A header that is longer than the file, or than what is read, is refused before it is read")
    func largeHeader() throws {
        for length in [2, 100_000_000, .max, -1] {
            let error = try failure(littleEndian(length, 8) + [UInt8(ascii: "{")], "x.safetensors")
            #expect(
                error?.reason == """
                    Its first 8 bytes say that the header has \(UInt(bitPattern: length)) bytes, but after them there \
                    are 1. It is no safetensors file, or was cut off.
                    """)
        }
        try withFile(littleEndian(100_000_001, 8) + [UInt8(ascii: "{")], "x.safetensors") { path in
            // A file with a hole takes no place.
            try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: 1 << 30)
            let error = #expect(throws: TensorFileError.self) { try TensorFile(path) }
            #expect(error?.reason == "The header has 100000001 bytes; 100000000 at most are read.")
        }
    }

    @Test("Empty tensors at the borders of others, in any order of names, are right")
    func borders() throws {
        let header = """
            {"z":{"dtype":"U8","shape":[0,3],"data_offsets":[4,4]},\
            "a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"e":{"dtype":"I64","shape":[2,0],"data_offsets":[0,0]}}
            """
        try withFile(safetensors(header, [0, 0, 128, 63]), "x.safetensors") { path in
            let file = try TensorFile(path)
            #expect(file.tensors.map(\.name) == ["z", "a", "e"])
            #expect(try file.floats(of: "a") == [1])
            #expect(try file.floats(of: "e").isEmpty)
        }
    }

    @Test("A file with a bit changed, or cut off anywhere, is read or refused")
    func damaged() throws {
        let original = try Array(Data(contentsOf: URL(filePath: Manifest.path("valid/metadata.safetensors"))))
        let header = original.count - 16
        try withTemporaryFile("x.safetensors") { path in
            func refusal(_ bytes: [UInt8]) throws -> TensorFileError? {
                try write(bytes, to: path)
                do {
                    let file = try TensorFile(path)
                    for tensor in file.tensors { _ = try file.floats(of: tensor.name) }
                    return nil
                } catch let error as TensorFileError { return error }
            }
            for count in original.indices {
                #expect(try refusal(Array(original[..<count])) != nil)
            }
            // Every bit of the length, and one of each byte that follows.
            for bit in 0..<8 * header where bit < 64 || bit % 8 == bit / 8 % 8 {
                var bytes = original
                bytes[bit / 8] ^= 1 << UInt8(bit % 8)
                if let error = try refusal(bytes) { #expect(error.reason.hasSuffix(".")) }
            }
        }
    }
}
