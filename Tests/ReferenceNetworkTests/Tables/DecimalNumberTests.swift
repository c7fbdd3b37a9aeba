import Foundation
import Regularization
import Testing

@testable import ReferenceNetwork

struct DecimalNumberTests {
    /// The float of a text, or nil if the text is no number; `mark` stands for the point in it.
    private func float(_ text: String, mark: Character = ".") -> Float? {
        let bytes = Array(text.utf8) + [UInt8(ascii: "\n")]
        let span = bytes.span
        var position = 0
        let mark = mark.asciiValue!
        guard let number = DecimalNumber(span, at: &position, mark: mark), position == text.utf8.count else {
            return nil
        }
        return number.float ?? DecimalNumber.exactFloat(span.extracting(0..<position), mark: mark)
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", -0.0), ("+7", 7), ("5.", 5), (".5", 0.5), ("-1.5e3", -1500), ("2E-2", 0.02),
            ("1e+2", 100),
            ("007", 7), ("0.000", 0), ("-0e999999999999999999999", -0.0), ("1e-60", 0),
            ("1e-999999999999999999999", 0),
            // Whole numbers beyond 2^24 are often in the middle of two floats.
            ("16777217", 16_777_216), ("16777219", 16_777_220), ("33554434", 33_554_432),
            ("20240115", 20_240_116),
            ("18446744073709551615", 18_446_744_073_709_551_616),
            ("9223371761976868863", 9_223_371_487_098_961_920),
            // Just above the middle of two floats; on the way through Double it would become 1.
            ("1.00000005960464477539062500000001", 1.000_000_1), ("1.000000059604644775390625", 1),
            ("1.0000000596046447753906249999", 1), ("1.000000178813934326171875", 1.000_000_2),
            // The smallest normal float and below: half of the smallest float is the middle to 0.
            ("1.1754943508222875e-38", 0x1p-126), ("1.1754942e-38", .leastNormalMagnitude.nextDown),
            ("1e-45", 0x1p-149),
            ("7.006492321624085354618e-46", 0), ("7.006492321624085354619e-46", 0x1p-149),
            ("2.1019477e-45", 0x1p-148),
            // The largest float, and the middle between it and 2^128.
            ("3.4028235e38", .greatestFiniteMagnitude),
            ("340282356779733661637539395458142568447", .greatestFiniteMagnitude),
            ("340282356779733661637539395458142568448", .infinity), ("3.4028236e38", .infinity),
            ("1e39", .infinity),
            ("-1e999999999999999999999", -.infinity),
        ] as [(String, Float)])
    func roundedOnce(text: String, value: Float) {
        #expect(float(text)?.bitPattern == value.bitPattern)
        #expect(float(text.replacing(".", with: ","), mark: ",")?.bitPattern == value.bitPattern)
    }

    @Test(arguments: [
        "", "abc", ".", "+", "-", "--1", "+-1", "1e", "1e+", "e5", ".e5", "1.2.3", "1 2", "1_000", "0x1p3",
        "inf", "nan",
        "1,5", "٣", "−1", "1f", "1e5.0", "\u{FEFF}1",
    ])
    func noNumber(text: String) {
        #expect(float(text) == nil)
        #expect(!DecimalNumber.isWritten(in: text, mark: UInt8(ascii: ".")))
    }

    /// The decimal expansion of a double, of which every digit is given.
    private func expansion(_ double: Double) -> String {
        var digits = String(format: "%.170f", double)
        while digits.last == "0" { digits.removeLast() }
        return digits
    }

    /// Texts a little below, at and above the middle of two neighbouring floats, over all of their range.
    @Test func middlesOfTwoFloats() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<3_000 {
            let bits = UInt32.random(in: 0..<0x7F7F_FFFF, using: &generator)
            let (low, high) = (Float(bitPattern: bits), Float(bitPattern: bits + 1))
            let even = bits.isMultiple(of: 2) ? low : high
            // Exact, since a double has more than twice the digits, and a wider range.
            let middle = expansion((Double(low) + Double(high)) / 2)
            let zeros = String(repeating: "0", count: Int.random(in: 0...40, using: &generator))
            let above = middle + (middle.contains(".") && middle.last != "." ? "" : "0") + zeros + "1"
            let fraction = middle.last == "." ? middle + "0" : middle
            #expect(float(fraction) == even, "\(fraction)")
            #expect(float(above) == high, "\(above)")
            if middle.last == "5" {
                #expect(float(middle.dropLast() + "4" + zeros + "9") == low, "below \(middle)")
            }
            #expect(float("-" + fraction) == -even)
        }
    }

    /// Texts as programs write them: the shortest ones that are read back, and those with some digits.
    @Test func writtenNumbers() {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<20_000 {
            let float = Float(bitPattern: UInt32.random(in: 0..<0x7F80_0000, using: &generator))
            #expect(self.float("\(float)") == float)
            #expect(self.float("\(Double(float))") == float)
            let double = Double(float) * Double.random(in: 0.5..<1, using: &generator)
            #expect(self.float("\(double)") == Float("\(double)"))
            let rounded = String(format: "%.\(Int.random(in: 0...20, using: &generator))g", double)
            #expect(self.float(rounded) == Float(rounded))
        }
    }

    /// Random digits with a mark and an exponent anywhere, against exact arithmetic.
    @Test func randomTexts() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<20_000 {
            let count = Int.random(in: 1...(Bool.random(using: &generator) ? 25 : 800), using: &generator)
            var text = String((0..<count).map { _ in "0123456789".randomElement(using: &generator)! })
            text.insert(
                ".", at: text.index(text.startIndex, offsetBy: Int.random(in: 0...count, using: &generator)))
            if Bool.random(using: &generator) {
                text += "e\(Int.random(in: -60 ... 60, using: &generator) - count / 2)"
            }
            #expect(float(text) == Float(text), "\(text)")
        }
    }

    /// The standard library, to which rare numbers are left, is right where Double is not precise enough.
    @Test func exactArithmetic() {
        let text =
            "1.0000000596046447753906250000000000000000000000000000000000000000000000000000000000000000000001"
        #expect(Float(text) == 1.000_000_1)
        #expect(Float(Double(text)!) == 1)
    }

    /// The locale of the process does not decide how a number is read.
    @Test func noLocaleHasAPart() async {
        await #expect(processExitsWith: .success) {
            // A system may have the sources of locales alone: one with a decimal comma is made of them.
            let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let localedef = URL(filePath: "/usr/bin/localedef")
            let arguments = ["-i", "de_DE", "-f", "UTF-8", folder.appending(path: "de_DE.UTF-8").path]
            if let process = try? Process.run(localedef, arguments: arguments) {
                process.waitUntilExit()
                if process.terminationStatus == 0 { setenv("LOCPATH", folder.path, 1) }
            }
            let hasComma = setlocale(LC_ALL, "de_DE.UTF-8") != nil
            #expect(!hasComma || strtod("1,5", nil) == 1.5)
            let text = "x,y,z\n1.5,1.000000059604644775390625000000001,a\n"
            #expect(try CSVTable(.text(text), classes: "z").samples.features == [1.5, 1.000_000_1])
        }
    }
}
