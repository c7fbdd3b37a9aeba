import Regularization

/// A row for each epoch, in the columns of the first one.
struct CSVLogLines: LogLines {
    static let firstLine = "# swift-regularization history 1"

    /// The names of the columns; nil before the first epoch.
    private var columns: [String]?
    /// The names of the layers whose units are counted.
    private let layers: [String]

    init(columns: [String]?, layers: [String]) { (self.columns, self.layers) = (columns, layers) }

    static func epoch(in line: ArraySlice<UInt8>) -> Int? {
        Int(String(decoding: line.prefix { $0 != UInt8(ascii: ",") }, as: UTF8.self))
    }

    /// The cells of a line; nil if it is no row of a table.
    static func cells(of line: ArraySlice<UInt8>) -> [String]? {
        var reader = CSVReader(file: "", separator: TableFormat.Separator.comma.byte)
        let bytes = Array(line) + [lineFeed]
        return reader.readTexts(in: bytes.span, isLast: true)
    }

    mutating func header(for record: EpochRecord) -> String? {
        guard columns == nil else { return nil }
        let names = cells(of: record).map(\.column)
        columns = names
        return names.map(Self.quoted).joined(separator: ",")
    }

    func line(of record: EpochRecord) -> String {
        let texts = Dictionary(cells(of: record).map { ($0.column, $0.text) }) { first, _ in first }
        return (columns ?? []).map { texts[$0] ?? "" }.joined(separator: ",")
    }

    func line(of event: LogEvent) -> String? { nil }

    func omission(of record: EpochRecord) -> String? {
        let missing = cells(of: record).map(\.column).filter { !(columns ?? []).contains($0) }
        return missing.isEmpty ? nil : "It has no columns \(missing.joined(separator: ", "))"
    }

    /// Each number of a record with the name of its column, which is that of no other.
    private func cells(of record: EpochRecord) -> [(column: String, text: String)] {
        var cells = [
            ("epoch", "\(record.epoch)"), ("learningRate", "\(record.learningRate)"),
            ("trainingLoss", text(record.trainingLoss)), ("validationLoss", text(record.validationLoss)),
        ]
        for (label, penalty) in zip(unique(record.contributions.map(\.label)), record.contributions) {
            cells.append(("\(label).strength", text(penalty.strength)))
            cells.append(("\(label).value", text(penalty.value)))
            cells.append(("\(label).weighted", text(penalty.weightedValue)))
        }
        cells.append(("trainingTotal", text(record.trainingTotal)))
        cells.append(("validationTotal", text(record.validationTotal)))
        cells.append(("exactZeroShare", text(record.exactZeroShare)))
        for (layer, count) in zip(unique(layers), record.unitsAlive) {
            cells.append(("\(layer).unitsAlive", "\(count)"))
        }
        cells.append(("stationarityResidual", text(record.stationarityResidual)))
        cells.append(("seconds", text(record.seconds)))
        return cells
    }

    /// The names, without control characters; one that occurred before has a number from 2 on behind it.
    private func unique(_ names: [String]) -> [String] {
        names.reduce(into: []) { unique, name in
            let name = escapingControls(name)
            var (candidate, number) = (name, 1)
            while unique.contains(candidate) {
                number += 1
                candidate = "\(name) \(number)"
            }
            unique.append(candidate)
        }
    }

    private func text(_ number: Double?) -> String {
        guard let number else { return "" }
        if number.isFinite { return "\(number)" }
        return number.isNaN ? "NaN" : number > 0 ? "Infinity" : "-Infinity"
    }

    /// A cell as in RFC 4180, by scalars: a comma with an accent is a comma to whoever reads the table.
    private static func quoted(_ text: String) -> String {
        let scalars = text.unicodeScalars
        if !scalars.contains(where: { $0 == "," || $0 == "\"" || $0 == " " }) { return text }
        let quote: Unicode.Scalar = "\""
        let inside = scalars.flatMap { $0 == quote ? [quote, quote] : [$0] }
        return "\"\(String(String.UnicodeScalarView(inside)))\""
    }
}
