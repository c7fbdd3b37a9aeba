import Regularization
import StrictJSON

/// An error in a configuration of penalties, with the file and the place in it.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The path of the file; nil if the JSON came from memory.
    public internal(set) var file: String?
    /// The line in the JSON, from 1; nil if the error is not in a text.
    public let line: Int?
    /// The column of the line, from 1, counted in Unicode scalars; nil if the error is not in a text.
    public let column: Int?
    /// The path of keys and list indices to the value, such as `[1].regularizer.sum[0].MCP.concavity`; empty for the
    /// whole text.
    ///
    /// Indices count from 0.
    public let place: String
    /// A sentence that says what is wrong there.
    public let reason: String

    /// The file with line and column, as `penalties.json:3:17`, the place and the reason, separated by colons.
    ///
    /// Parts that are empty are left out, and without a file it is `line 3, column 17`. Control characters are escaped.
    public var description: String {
        var position = file
        if let line, let column {
            position = file.map { "\($0):\(line):\(column)" } ?? "line \(line), column \(column)"
        }
        return escapingControls(
            [position, place.isEmpty ? nil : place, reason].compactMap(\.self).joined(separator: ": "))
    }
}

extension ConfigurationError {
    /// An error that is not in a text.
    init(file: String? = nil, place: String = "", reason: String) {
        (self.file, line, column) = (file, nil, nil)
        (self.place, self.reason) = (place, reason)
    }

    /// What is wrong in a text.
    init(_ error: JSONError) {
        (line, column) = (error.position.line, error.position.column)
        (place, reason) = (error.path.place, error.reason)
    }

    /// The place and the reason for an error that an encoder threw.
    init(encoding error: any Error) {
        let failure = CodingFailure(error)
        self.init(place: failure.path.place, reason: failure.reason(at: nil))
    }
}
