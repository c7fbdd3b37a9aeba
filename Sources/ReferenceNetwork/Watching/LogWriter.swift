import Files
import Regularization

/// The log of one training, open to be written.
struct LogWriter {
    private let path: String
    private var lines: any LogLines
    /// Nil when it could not be written, since later lines would hide that some are missing.
    private var file: AppendedFile?
    private let firstEpoch: Int
    /// The sizes of the file before the lines of each epoch, from the first one on.
    private var starts: [Int] = []
    private var hasOmissions = false

    /// Opens a log to be continued, or begins one.
    ///
    /// - Throws: `TrainingError.log` for a file that cannot be written, is something else, or has one of the epochs.
    init(_ log: TrainingLog, firstEpoch: Int, layers: [String]) throws(TrainingError) {
        (path, self.firstEpoch) = (log.path, firstEpoch)
        do {
            let file = try AppendedFile(path: log.path)
            self.file = file
            let known = try file.size == 0 ? nil : Self.knownLines(of: file)
            switch log.format {
            case .jsonLines: lines = JSONLogLines()
            case .csv: lines = CSVLogLines(columns: try known.flatMap(Self.columns), layers: layers)
            }
            if let known {
                try check(known, in: file)
            } else {
                try file.append(Array("\(type(of: lines).firstLine)\n".utf8))
            }
        } catch let error as Refusal {
            throw .log(path: log.path, reason: error.reason)
        } catch let error as WritingError {
            throw .log(path: log.path, reason: error.reason)
        } catch {
            throw .log(path: log.path, reason: "\(error)")
        }
    }

    /// Why a file is no log that can be continued, as a sentence.
    private struct Refusal: Error {
        let reason: String

        static let somethingElse = Refusal(
            reason:
                "It is something else than a log of this format, and is left as it is; choose another path.")
    }

    /// The first lines of a file, as far as they are whole and not too long.
    private static func knownLines(of file: AppendedFile) throws -> [ArraySlice<UInt8>] {
        let bytes = try file.bytes(0..<min(file.size, 1 << 20))
        return bytes.split(separator: lineFeed, maxSplits: 2, omittingEmptySubsequences: false).dropLast()
    }

    /// The columns of a table, if its header is there.
    private static func columns(in known: [ArraySlice<UInt8>]) throws -> [String]? {
        guard known.count > 1 else { return nil }
        guard let cells = CSVLogLines.cells(of: known[1]), cells.first == "epoch" else {
            throw Refusal.somethingElse
        }
        return cells
    }

    /// Throws unless a log is one of this format whose epochs are before the first one; cuts off a last line that a
    /// process that was killed did not finish.
    private func check(_ known: [ArraySlice<UInt8>], in file: AppendedFile) throws {
        guard let first = known.first, first.elementsEqual(type(of: lines).firstLine.utf8) else {
            throw Refusal.somethingElse
        }
        var length = 1 << 16
        while true {
            let start = max(0, file.size - length)
            let bytes = try file.bytes(start..<file.size)
            if let end = bytes.lastIndex(of: lineFeed) {
                let whole = bytes[..<end].split(separator: lineFeed, omittingEmptySubsequences: false)
                for line in whole.dropFirst(start == 0 ? 0 : 1).reversed() {
                    guard let epoch = type(of: lines).epoch(in: line) else { continue }
                    if epoch >= firstEpoch {
                        throw Refusal(
                            reason: """
                                It has the epochs up to \(epoch) already, and this training begins with epoch \
                                \(firstEpoch); choose another path, or remove the file.
                                """)
                    }
                    return try file.truncate(to: start + end + 1)
                }
                if start == 0 { return try file.truncate(to: end + 1) }
            }
            // No log has 4 MiB without an epoch.
            if length >= 1 << 22 { throw Refusal.somethingElse }
            length *= 4
        }
    }

    /// Writes the line of an epoch; returns a warning if something of it is not in the log, once.
    mutating func write(_ record: EpochRecord) -> String? {
        write { writer, file in
            if let header = writer.lines.header(for: record) { try file.append(Array("\(header)\n".utf8)) }
            writer.starts.append(file.size)
            try file.append(Array("\(writer.lines.line(of: record))\n".utf8))
            guard !writer.hasOmissions, let omission = writer.lines.omission(of: record) else { return nil }
            writer.hasOmissions = true
            return "\(omission); choose another path, or JSON lines, which have all."
        }
    }

    /// Writes what else happened; returns a warning if that is not possible, once.
    mutating func write(_ event: LogEvent) -> String? {
        write { writer, file in
            if let line = try writer.lines.line(of: event) { try file.append(Array("\(line)\n".utf8)) }
            return nil
        }
    }

    /// Cuts off the lines from an epoch on, which is made again; returns a warning if that is not possible, once.
    mutating func takeBack(from epoch: Int) -> String? {
        guard starts.indices.contains(epoch - firstEpoch) else { return nil }
        return write { writer, file in
            try file.truncate(to: writer.starts[epoch - writer.firstEpoch])
            writer.starts.removeSubrange((epoch - writer.firstEpoch)...)
            return nil
        }
    }

    /// Does something with the file, if it can still be written; returns a warning in words.
    private mutating func write(
        _ body: (inout LogWriter, AppendedFile) throws -> String?
    ) -> String? {
        guard let file else { return nil }
        let reason: String?
        do {
            reason = try body(&self, file)
        } catch {
            self.file = nil
            reason = "\((error as? WritingError)?.reason ?? "\(error)") The training goes on without it."
        }
        return reason.map { "The log \(escapingControls(path)): \($0)" }
    }
}
