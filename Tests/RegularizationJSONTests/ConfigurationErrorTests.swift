import Foundation
import Regularization
import RegularizationJSON
import Testing

@Suite("What is wrong with a configuration, and where")
struct ConfigurationErrorTests {
    /// The error of reading penalties.
    private func error(_ json: String) throws -> ConfigurationError {
        try #require(throws: ConfigurationError.self) {
            try PenaltyCodableTests.registry.decode([Penalty].self, from: Data(json.utf8))
        }
    }

    /// The place and the reason of the error of reading penalties.
    private func words(_ json: String) throws -> String {
        let error = try error(json)
        return "\(error.place): \(error.reason)"
    }

    /// The error of reading a proximal step with this regularizer.
    private func error(of regularizer: String) throws -> ConfigurationError {
        try error(#"[{"stage": "proximalStep", "regularizer": \#(regularizer)}]"#)
    }

    @Test(
        "Numbers out of range",
        arguments: [
            (
                #"{"sum": ["L1", {"MCP": {"threshold": 1, "concavity": 0}}]}"#, "sum[1].MCP.concavity",
                "positive"
            ),
            (#"{"MCP": {"threshold": -1, "concavity": 1}}"#, "MCP.threshold", "0 or more"),
            (#"{"SCAD": {"threshold": 1, "concavity": 2}}"#, "SCAD.concavity", "above 2"),
            (
                #"{"GroupMCP": {"groups": "rows", "threshold": 1, "concavity": -1}}"#, "GroupMCP.concavity",
                "positive"
            ),
            (#"{"Huber": {"delta": 0}}"#, "Huber.delta", "positive"),
            (#"{"LogSum": {"epsilon": -1}}"#, "LogSum.epsilon", "positive"),
            (#"{"WeightedL1": {"factors": [1, -1]}}"#, "WeightedL1.factors", "0 or more"),
            (#"{"SortedL1": {"factors": [1, 2]}}"#, "SortedL1.factors", "none is larger"),
            (#"{"RankBall": {"rank": 0}}"#, "RankBall.rank", "1 or more"),
            (#"{"RankBall": {"rank": 1.5}}"#, "RankBall.rank", "whole number"),
            (#"{"L0Ball": {"count": -1}}"#, "L0Ball.count", "0 or more"),
            (#"{"L1Ball": {"radius": -1}}"#, "L1Ball.radius", "0 or more"),
            (#"{"L2Ball": {"groups": "rows", "radius": 1e39}}"#, "L2Ball.radius", "3.4e38"),
            (#"{"L2Sphere": {"groups": "rows", "radius": 0}}"#, "L2Sphere.radius", "positive"),
            (#"{"Simplex": {"total": -1}}"#, "Simplex.total", "0 or more"),
            (#"{"Box": {"lower": 1, "upper": 0}}"#, "Box", "above the upper"),
            (
                #"{"Box": {"lower": 1e40}}"#, "Box.lower",
                "too large for Float, which holds up to about 3.4e38"
            ),
            (
                #"{"GroupLasso": {"groups": {"blocks": {"rows": 0, "columns": 1}}}}"#,
                "GroupLasso.groups.blocks.rows", "1 or more"
            ),
            (
                #"{"GroupLasso": {"groups": {"indexSets": [[0, 1], [1]]}}}"#, "GroupLasso.groups.indexSets",
                "overlap"
            ),
            (
                #"{"GroupLasso": {"groups": {"indexSets": [[-1]]}}}"#, "GroupLasso.groups.indexSets",
                "0 or more"
            ),
            (
                #"{"GroupLasso": {"groups": "rows", "weighting": {"custom": [-1]}}}"#,
                "GroupLasso.weighting.custom", "0 or more"
            ),
            (#"{"NestedGroupLasso": {"levels": []}}"#, "NestedGroupLasso.levels", "needs a level"),
            (
                #"{"NestedGroupLasso": {"levels": [{"groups": "whole"}, {"groups": "rows"}]}}"#,
                "NestedGroupLasso.levels", "from fine to coarse"
            ),
            (#"{"multiple": {"factor": -1, "regularizer": "L1"}}"#, "multiple.factor", "0 or more"),
            (#"{"iterative": {"tolerance": 0, "regularizer": "L1"}}"#, "iterative.tolerance", "1e-7"),
            (#"{"iterative": {"tolerance": 1e-12, "regularizer": "L1"}}"#, "iterative.tolerance", "1e-7"),
            (#"{"Huber": {"delta": 1e39}}"#, "Huber.delta", "positive and finite in Float, not 1e+39"),
            (#"{"LogSum": {"epsilon": 1e-46}}"#, "LogSum.epsilon", "positive and finite in Float, not 1e-46"),
            (#"{"SortedL1": {"factors": [1e39]}}"#, "SortedL1.factors", "that Float can hold, not 1e+39"),
            (#"{"L1Ball": {"radius": 1e-46}}"#, "L1Ball.radius", "unlike 1e-46"),
            (
                #"{"GroupLasso": {"groups": "rows", "weighting": {"custom": [1e-320]}}}"#,
                "GroupLasso.weighting.custom", "unlike 1e-320"
            ),
        ])
    func range(regularizer: String, place: String, reason: String) throws {
        let error = try error(of: regularizer)
        #expect(error.place == "[0].regularizer.\(place)")
        #expect(error.reason.contains(reason), "\(error)")
    }

    @Test(
        "Unknown names and keys, missing ones, other types",
        arguments: [
            (#""L7""#, "", "There is no regularizer \"L7\". Did you mean L0 or L1?"),
            (#"{"sum": ["L1"]}"#, "sum", "2 regularizers or more, not 1"),
            (
                #"{"sum": "L1"}"#, "sum",
                "A list is expected here, not a text; put [ before it and ] after it."
            ),
            (#""sum""#, "", "Details are missing"),
            (#"["L1"]"#, "", "A name is expected here"),
            (#"3"#, "", "A name is expected here"),
            (#"{}"#, "", "A name is expected here"),
            (#"{"L1": {}, "L0": {}}"#, "", "A name is expected here"),
            (#"{"L1": {"a": 1}}"#, "L1.a", "There is no \"a\" here, nor anything else."),
            (#""MCP""#, "", "\"threshold\" is missing"),
            (#"{"MCP": {"threshold": 1}}"#, "MCP", "\"concavity\" is missing"),
            (
                #"{"MCP": {"threshold": 1, "concavity": "x"}}"#, "MCP.concavity",
                "A number is expected here, not a text."
            ),
            (
                #"{"MCP": {"threshold": 1, "concavity": "3"}}"#, "MCP.concavity",
                "not a text; leave the quotes out."
            ),
            (#"{"MCP": 3}"#, "MCP", "An object is expected here, not a number; write { }"),
            (
                #"{"Box": {"lower": 1e400}}"#, "Box.lower",
                "1e400 is too large; the largest number is about 1.8e308."
            ),
            (
                #"{"L0Ball": {"count": 1e30}}"#, "L0Ball.count",
                "1e30 does not fit; the whole numbers here are"
            ),
            (#"{"L0Ball": {"count": 1.5}}"#, "L0Ball.count", "A whole number is expected here, not 1.5."),
            (
                #"{"MCP": {"threshold": 1, "concavity": null}}"#, "MCP.concavity",
                "A number is expected here, not null"
            ),
            (#"{"GroupLasso": {"groups": "row"}}"#, "GroupLasso.groups", "Did you mean rows?"),
            (#"{"GroupLasso": {"groups": {"rows": 3}}}"#, "GroupLasso.groups.rows", "write the name alone"),
            (
                #"{"GroupLasso": {"groups": "rows", "wieghting": "none"}}"#,
                "GroupLasso.wieghting", "Did you mean weighting?"
            ),
            (
                #"{"GroupLasso": {"groups": {"blocks": {"rows": 1, "columns": 1, "x": 2}}}}"#,
                "GroupLasso.groups.blocks.x", "The names here are columns, rows"
            ),
            (#"{"iterative": {"tolerance": 1e-3, "regularizer": "SRIP"}}"#, "iterative", "no proximal point"),
            (#""SRIP""#, "", "SRIP has no proximal point"),
            (#"{"sum": ["L1", "SRIP"]}"#, "", "SRIP has no proximal point"),
            (
                #"{"GroupLasso": {"group": "rows"}}"#, "GroupLasso",
                "\"groups\" is missing; is \"group\" a misspelling?"
            ),
        ])
    func form(regularizer: String, place: String, reason: String) throws {
        let error = try error(of: regularizer)
        #expect(error.place == (place.isEmpty ? "[0].regularizer" : "[0].regularizer.\(place)"))
        #expect(error.reason.contains(reason), "\(error)")
    }

    @Test(
        "The rest of a penalty",
        arguments: [
            (#""strenght": 1"#, "strenght", "Did you mean strength?"),
            (#""strength": -1"#, "strength", "A strength is a number of 0 or more"),
            (#""strength": {"linear": {"from": 0, "to": -1, "over": 3}}"#, "strength", "not -1.0"),
            (#""strength": {"linear": {"from": 0, "to": 1}}"#, "strength.linear", "\"over\" is missing"),
            (
                #""strength": {"linear": {"from": 0, "too": 1, "over": 3}}"#, "strength.linear",
                "is \"too\" a misspelling?"
            ),
            (
                #""strength": {"linear": {"from": 0, "to": 1, "over": 2.5}}"#, "strength.linear.over",
                "whole number"
            ),
            (
                #""strength": {"exponential": {"from": 0, "to": 1, "over": 3}}"#, "strength.exponential",
                "positive"
            ),
            (#""strength": {"piecewise": []}"#, "strength.piecewise", "needs a piece"),
            (#""strength": {"sawtooth": 1}"#, "strength.sawtooth", "There is no \"sawtooth\" here"),
            (#""strength": true"#, "strength", "A number is expected here"),
            (#""metric": "euclidean""#, "metric", "A loss term has no metric"),
            (
                #""on": {"matching": "("}"#, "on.matching",
                "\"(\" cannot be read as a pattern: at character 1, "
            ),
            (#""on": {"exactly": []}"#, "on.exactly", "a name or more"),
            (#""on": {"named": 3}"#, "on.named", "A text in quotes is expected here"),
            (#""on": {"namd": "x"}"#, "on.namd", "Did you mean named"),
            (#""on": {"and": ["weights"]}"#, "on.and", "two filters or more"),
            (#""on": ["weights", "biases"]"#, "on", #"part of a view: {"units": {"incoming""#),
            (#""on": {"unit": {"bias": "biases"}}"#, "on.unit", "Did you mean units"),
            (#""on": {"units": []}"#, "on.units", "an axis or more"),
            (#""on": {"units": {}}"#, "on.units", "incoming, bias or outgoing"),
            (#""on": {"units": {"incomming": "weights"}}"#, "on.units.incomming", "Did you mean incoming"),
            (#""on": {"units": {"bias": {"namd": "x"}}}"#, "on.units.bias.namd", "Did you mean named"),
            (#""on": {"units": [{"tensor": "a", "axis": -1}]}"#, "on.units[0].axis", "counted from 0"),
            (
                #""on": {"units": [{"tensor": "a", "axis": 0, "block": 0}]}"#, "on.units[0].block",
                "once or more"
            ),
            (#""on": {"stacked": "weights"}"#, "on.stacked", "A list is expected here"),
            (#""on": {"joined": []}"#, "on.joined", "a part or more"),
            (#""metric": "euclid""#, "metric", "The names here are optimizer, euclidean"),
            (#""strengthFactor": {"byName": {"a": -1}}"#, "strengthFactor.byName", "A factor is"),
            (#""label": 3"#, "label", "A text in quotes"),
        ])
    func penalty(member: String, place: String, reason: String) throws {
        let error = try error(
            #"[{"stage": "lossTerm", "regularizer": "L1"}, {"stage": "lossTerm", "regularizer": "L1", \#(member)}]"#
        )
        #expect(error.place == "[1].\(place)")
        #expect(error.reason.contains(reason), "\(error)")
    }

    @Test("Stages")
    func stages() throws {
        #expect(try words(#"[{"regularizer": "L1"}]"#) == #"[0]: "stage" is missing."#)
        #expect(
            try words(#"[{"regularizer": "L1", "stage": "loss"}]"#)
                == #"[0].stage: There is no "loss" here. The names here are lossTerm, decay, proximalStep."#)
        let noGradient = try error(#"[{"regularizer": "L0", "stage": "lossTerm"}]"#)
        #expect(noGradient.reason.contains("make it a proximalStep"))
        #expect(
            try words(#"[{"stage": "decay", "regularizer": "L1"}]"#)
                == "[0].regularizer: A decay shrinks the weights and has no regularizer; leave it out.")
        #expect(try words(#"[{"stage": "decay"}]"#) == #"[0]: "strength" is missing."#)
        #expect(
            try words(#"[{"stage": "decay", "strength": 1, "metric": "euclidean"}]"#)
                == "[0].metric: A decay has no metric; leave it out.")
        #expect(try error(#"[{"regulariser": "L1", "stage": "lossTerm"}]"#).reason.contains("misspelling?"))
    }

    @Test("Every error in a text has its line and column")
    func positions() throws {
        #expect(
            try error("[\n  {\"stage\": \"lossTerm\" \"regularizer\": \"L1\"}\n]").description
                == #"line 2, column 24: [0].stage: A comma is missing before "regularizer", or a closing }."#)
        #expect(try error("").description.hasPrefix("line 1, column 1: The text is empty"))
        #expect(
            try error(#"{"stage": "lossTerm"}"#).description
                == "line 1, column 1: A list is expected here, not an object; put [ before it and ] after it."
        )
        let late = try error("[{\"stage\": \"lossTerm\",\n\"label\": \"é\", \"regularizer\": \"L7\"}]")
        #expect((late.line, late.column) == (2, 30))
        #expect(
            late.description.hasPrefix(#"line 2, column 30: [0].regularizer: There is no regularizer "L7"."#))
        let once = try error(
            #"[{"stage": "lossTerm", "regularizer": "L1", "strength": 1e-4, "\u0073trength": 5}]"#)
        #expect(
            once.description
                == #"line 1, column 63: [0].strength: "strength" is given twice, first at line 1, column 45; "#
                + "leave one of them out.")
    }

    @Test("Files: the path is named")
    func files() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("penalties-\(UUID()).json")
        let missing = #expect(throws: ConfigurationError.self) {
            try RegularizerRegistry.builtIn.penalties(contentsOf: file)
        }
        #expect(
            missing?.description.contains("\(file.path): The file cannot be read") ?? false,
            "\(missing as Any)")
        try Data(#"[{"stage": "lossTerm", "regularizer": "L7"}]"#.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let invalid = #expect(throws: ConfigurationError.self) {
            try RegularizerRegistry.builtIn.penalties(contentsOf: file)
        }
        #expect(invalid?.description.hasPrefix("\(file.path):1:39: [0].regularizer: There is no") ?? false)
        try Data(#"[{"stage": "lossTerm", "regularizer": "L1"}]"#.utf8).write(to: file)
        #expect(try RegularizerRegistry.builtIn.penalties(contentsOf: file).map(\.label) == ["L1"])
    }

    @Test("What cannot be written says why and what to do")
    func writing() throws {
        let unregistered = #expect(throws: ConfigurationError.self) {
            try RegularizerRegistry.builtIn.encode([Penalty.lossTerm(L1() + Quartic(factor: 1))])
        }
        #expect(unregistered?.place == "[0].regularizer.sum[1]")
        #expect(unregistered?.reason.contains("adding(Quartic.self)") ?? false, "\(unregistered as Any)")
        let closure = #expect(throws: ConfigurationError.self) {
            try RegularizerRegistry.builtIn.encode([Penalty.lossTerm(L1(), strength: Schedule { Double($0) })]
            )
        }
        #expect(closure?.place == "[0].strength")
        #expect(closure?.reason.contains("closure") ?? false)
        for (penalty, place) in [
            (Penalty.lossTerm(L1(), strength: -1), "[0].strength"), (.decay(1e39), "[0].strength"),
            (.decay(1).multiplyingStrength(by: .byName(["weight": -1])), "[0].strengthFactor"),
        ] {
            // What a file could not be read with is not written to one.
            let error = #expect(throws: ConfigurationError.self) {
                try RegularizerRegistry.builtIn.encode([penalty])
            }
            #expect(error?.place == place)
            #expect(error?.reason.contains("a number of 0 or more that Float can hold") ?? false)
        }
    }
}
