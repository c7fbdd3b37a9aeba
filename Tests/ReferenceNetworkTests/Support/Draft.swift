import Foundation
import ReferenceNetwork
import Regularization
import TensorFiles
import Testing

/// The contents of a model's file, to be changed and read again.
struct Draft {
    enum Elements {
        case floats([Float])
        case doubles([Double])
    }

    var metadata: TensorMetadata
    var tensors: [(name: String, shape: Shape, elements: Elements)]

    init(_ file: TensorFile) throws {
        metadata = file.metadata
        tensors = try file.tensors.map { tensor in
            let elements: Elements =
                tensor.type == .float64
                ? .doubles(try file.doubles(of: tensor.name, exact: true))
                : .floats(try file.floats(of: tensor.name, exact: true))
            return (tensor.name, tensor.shape, elements)
        }
    }

    /// The contents of the file that a function writes.
    init(_ write: (_ path: String) throws -> Void) throws {
        let folder = try TemporaryFolder()
        try write(folder.path())
        try self.init(TensorFile(folder.path()))
    }

    /// The index of a tensor.
    func index(of name: String) throws -> Int { try #require(tensors.firstIndex { $0.name == name }) }

    /// A file of these contents.
    func file() throws -> TensorFile {
        let folder = try TemporaryFolder()
        var contents = TensorFileContents(metadata: metadata)
        for (name, shape, elements) in tensors {
            switch elements {
            case .floats(let floats): contents.add(name, shape, floats)
            case .doubles(let doubles): contents.add(name, shape, doubles)
            }
        }
        try contents.write(to: folder.path())
        // The file stays open without its name.
        return try TensorFile(folder.path())
    }

    /// Changes a part of the JSON under a key; traps if it is not there.
    mutating func replace(_ text: String, by new: String, in key: String) throws {
        let json = try #require(metadata[key])
        try #require(json.contains(text), "\(json)")
        metadata[key] = json.replacing(text, with: new)
    }
}

/// A file in the format safetensors of a header and data that nothing checks.
func uncheckedFile(header: String, data: [UInt8] = []) throws -> TensorFile {
    let folder = try TemporaryFolder()
    let header = Array(header.utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    try Data(length + header + data).write(to: URL(filePath: folder.path()))
    return try TensorFile(folder.path())
}

/// The error of making a model of a file, of that kind.
@discardableResult
func expectModelFileError(
    _ kind: ModelFileError.Kind, _ sentence: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ make: () throws -> Void
) -> ModelFileError? {
    let error = #expect(throws: ModelFileError.self, sourceLocation: sourceLocation, performing: make)
    #expect(error?.kind == kind, sourceLocation: sourceLocation)
    if let sentence { #expect(error?.reason == sentence, sourceLocation: sourceLocation) }
    return error
}

/// The JSON texts that differ from one in a single place: a key less, a key more, a key renamed, or a value replaced by
/// one of another type.
func jsonMutations(of text: String) throws -> [(change: String, json: String)] {
    let root = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try mutations(of: root, at: "").map { change, value in
        let data = try JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed])
        return (change, String(decoding: data, as: UTF8.self))
    }
}

private func mutations(of value: Any, at place: String) -> [(String, Any)] {
    var results: [(String, Any)] = [
        ("\(place) is null", NSNull()), ("\(place) is an object", ["odd": [Int]()]),
        ("\(place) is a list", [["odd"]]),
    ]
    switch value {
    case let object as [String: Any]:
        results.append(("\(place) has more", object.merging(["more": 1]) { $1 }))
        for (key, child) in object {
            var less = object
            less[key] = nil
            results.append(("\(place).\(key) is missing", less))
            less[key + "x"] = child
            results.append(("\(place).\(key) is renamed", less))
            for (change, mutated) in mutations(of: child, at: "\(place).\(key)") {
                results.append((change, object.merging([key: mutated]) { $1 }))
            }
        }
    case let list as [Any]:
        for index in list.indices {
            for (change, mutated) in mutations(of: list[index], at: "\(place)[\(index)]") {
                var copy = list
                copy[index] = mutated
                results.append((change, copy))
            }
        }
    case is String: results.append(("\(place) is a number", 7))
    default: results.append(("\(place) is a text", "7"))
    }
    return results
}
