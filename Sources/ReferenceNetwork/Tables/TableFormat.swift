/// How a table is written: what separates cells, and what is between the whole part of a number and its fraction.
///
///     let format = TableFormat(separator: .semicolon, decimalMark: .comma)
public struct TableFormat: Sendable, Equatable, Codable {
    /// What stands between two cells.
    public enum Separator: String, Sendable, Codable, CaseIterable {
        /// `,`
        case comma = ","
        /// `;`
        case semicolon = ";"
        /// The tab character.
        case tab = "\t"
        /// `|`
        case bar = "|"
    }

    /// What stands before the fraction of a number.
    public enum DecimalMark: String, Sendable, Codable, CaseIterable {
        /// `1.5`
        case point = "."
        /// `1,5`
        case comma = ","
    }

    /// What stands between two cells.
    public let separator: Separator

    /// What stands before the fraction of a number.
    public let decimalMark: DecimalMark

    /// Makes a format.
    ///
    /// With commas for both, a cell with a fraction needs quotes around it.
    public init(separator: Separator = .comma, decimalMark: DecimalMark = .point) {
        self.separator = separator
        self.decimalMark = decimalMark
    }
}

extension TableFormat: CustomStringConvertible {
    /// The format as Swift code.
    public var description: String { "TableFormat(separator: .\(separator), decimalMark: .\(decimalMark))" }
}

extension TableFormat.Separator {
    var byte: UInt8 { rawValue.utf8.first! }
}

extension TableFormat.DecimalMark {
    var byte: UInt8 { rawValue.utf8.first! }
}
