import Foundation
import Regularization
import RegularizationJSON
import Testing

/// Written as `[0.5, {"a": 1}]`.
private struct Pair: DifferentiableElementwiseRegularizer, Codable {
    struct Inner: Codable { var a: Int }
    let x: Double
    let inner: Inner

    init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        x = try values.decode(Double.self)
        inner = try values.decode(Inner.self)
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.unkeyedContainer()
        try values.encode(x)
        try values.encode(inner)
    }

    func value(at weight: Float) -> Double { 0 }
    func derivative(at weight: Float) -> Float { 0 }
}

/// Holds a set, which is written in another order than it was read in.
private struct Several: DifferentiableElementwiseRegularizer, Codable {
    struct Inner: Codable, Hashable {
        var a: Int
        var b: Int?
    }
    let set: Set<Inner>

    func value(at weight: Float) -> Double { 0 }
    func derivative(at weight: Float) -> Float { 0 }
}

/// A configuration of one's own, with a rule of its own for the whole.
private struct Run: Decodable {
    let rate: Double
    let penalties: [Penalty]
    private enum CodingKeys: CodingKey { case rate, penalties }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        rate = try values.decode(Double.self, forKey: .rate)
        penalties = try values.decode([Penalty].self, forKey: .penalties)
        if penalties.count < 2 {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "A run has two penalties."))
        }
    }
}

@Suite("What files may do")
struct RegularizerRegistryJSONTests {
    static let registry = RegularizerRegistry.builtIn.adding(Pair.self).adding(Several.self)

    private func error(_ json: String) -> ConfigurationError? {
        do {
            _ = try Self.registry.decode([Penalty].self, from: Data(json.utf8))
            return nil
        } catch { return error }
    }

    private func error(of regularizer: String, _ more: String = "") -> ConfigurationError? {
        error(#"[{"stage": "lossTerm", "regularizer": \#(regularizer)\#(more)}]"#)
    }

    @Test("A whole number that Double would change is refused")
    func wholeNumbers() throws {
        func rank(_ number: String) -> String? {
            let json = #"[{"stage": "lossTerm", "regularizer": "L1", "on": {"rank": \#(number)}}]"#
            do {
                _ = try RegularizerRegistry.builtIn.decode([Penalty].self, from: Data(json.utf8))
                return nil
            } catch {
                return error.reason
            }
        }
        for whole in ["2", "2.0", "20e-1", "0.2e1", "0", "0.0e-400", "9007199254740993"] {
            #expect(rank(whole) == nil, "\(whole)")
        }
        for other in ["9007199254740993.0", "1e-400", "2.5", "1e19"] {
            #expect(rank(other) != nil, "\(other)")
        }
    }

    @Test("A URL of no file is refused, though its path may be there")
    func noFile() throws {
        let url = try #require(URL(string: "http://example.org/etc/passwd"))
        let error = #expect(throws: ConfigurationError.self) {
            try RegularizerRegistry.builtIn.penalties(contentsOf: url)
        }
        #expect(
            error?.description == "http://example.org/etc/passwd: This is no file; give the URL of a file.")
    }

    @Test("Details of a regularizer that has none are not lost")
    func detailsOfNone() {
        for details in ["0.001", "[1, 2]", #""x""#] {
            #expect(error(of: #"{"L1": \#(details)}"#)?.place == "[0].regularizer.L1", "\(details)")
        }
        #expect(error(of: #"{"L1": {}}"#) == nil)
    }

    @Test("Levels cost time one by one: what doubled with each would never end")
    func depth() {
        let nots =
            String(repeating: #"{"not": "#, count: 30) + #""weights""# + String(repeating: "}", count: 30)
        #expect(error(of: #""L1""#, #", "on": "# + nots) == nil)
        let sums =
            String(repeating: #"{"sum": ["L1", "#, count: 15) + #""L1""# + String(repeating: "]}", count: 15)
        #expect(error(of: sums) == nil)
    }

    @Test("The number that does not fit is found among thousands that do")
    func longFile() {
        let weights = (0..<20_000).map { "\($0).5" }.joined(separator: ", ")
        let json =
            #"[{"stage": "lossTerm", "regularizer": {"WeightedL1": {"factors": [\#(weights)]}}}, "#
            + #"{"stage": "lossTerm", "regularizer": "L1", "on": {"rank": 1.5}}]"#
        #expect(error(json)?.place == "[1].on.rank")
    }

    @Test("An error at the whole does not blame a number that is right")
    func wholeIsBlamed() {
        let json = #"{"rate": 0.1, "penalties": [{"stage": "lossTerm", "regularizer": "L1"}]}"#
        let run = #expect(throws: ConfigurationError.self) {
            try Self.registry.decode(Run.self, from: Data(json.utf8))
        }
        #expect(run?.reason == "A run has two penalties.")
        let schedule = #expect(throws: ConfigurationError.self) {
            try Self.registry.decode(Schedule.self, from: Data(#"{"from": 0.1, "to": 0.2}"#.utf8))
        }
        #expect(run?.place == "" && schedule?.place == "")
    }

    @Test("Elements of a list are compared with their own keys, or with those of any")
    func lists() {
        #expect(error(of: #"{"Pair": [0.5, {"a": 1}]}"#) == nil)
        #expect(error(of: #"{"Pair": [0.5, {"a": 1, "b": 2}]}"#)?.place == "[0].regularizer.Pair[1].b")
        for _ in 0..<20 {
            let set = (0..<6).map { #"{"a": \#($0)}"# } + [#"{"a": 9, "b": 1}"#]
            let json = #"{"Several": {"set": [\#(set.joined(separator: ", "))]}}"#
            #expect(error(of: json) == nil)
        }
    }

    @Test("Keys that are given twice, and unknown ones whose value is null")
    func lostKeys() {
        #expect(error(of: #""L1""#, #", "strength": 1, "strength": 2"#) != nil)
        #expect(error(of: #"{"Huber": {"delta": 1, "delta": 2}}"#) != nil)
        #expect(error(of: #""L1""#, #", "strenght": null"#) != nil)
        // Two names that Swift takes for one: one of the factors would be lost.
        let twice = error(
            of: #""L1""#, ", \"strengthFactor\": {\"byName\": {\"\u{E9}\": 1, \"e\u{301}\": 2}}")
        #expect(twice?.place == "[0].strengthFactor.byName")
        #expect(twice?.reason == "Two of these names are equal, though not written alike.")
    }

    @Test("Messages")
    func messages() {
        #expect(
            error(#"[{"stage": "lossTerm"}]"#)?.description
                == #"line 1, column 2: [0]: "regularizer" is missing."#)
        let axis = error(of: #"{"TotalVariation": {"axis": "row"}}"#)
        #expect(axis?.reason.contains("Did you mean rows?") == true)
        for strength in ["1e400", "1e-400", "true"] {
            let reason = error(of: #""L1""#, #", "strength": \#(strength)"#)?.reason ?? ""
            #expect(!reason.hasPrefix("A name is expected"), "\(strength)")
        }
        #expect(
            error(of: #""L1""#, #", "strengthFactor": {"byName": {"fully.0.weight": "x"}}"#)?.place
                != "[0].strengthFactor.byName.fully.0.weight")
    }

    @Test("Numbers of steps that are none")
    func steps() {
        let line = #", "strength": {"linear": {"from": 0, "to": 1, "over": -5}}"#
        #expect(error(of: #""L1""#, line)?.place == "[0].strength.linear.over")
        #expect(error(of: #""L1""#, #", "on": {"rank": -2}"#) != nil)
    }
}
