import Foundation
import Regularization
import RegularizationJSON
import Testing

/// Calls a function on a thread, by default with as little stack as those beside the main one have on Apple's systems.
private func onSmallStack(bytes: Int = 512 << 10, _ body: @escaping @Sendable () throws -> Void) throws {
    let done = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var result: Result<Void, any Error> = .success(())
    let thread = Thread {
        result = Result { try body() }
        done.signal()
    }
    thread.stackSize = bytes
    thread.start()
    done.wait()
    try result.get()
}

private func nested(_ open: String, _ inner: String, _ close: String, _ count: Int) -> String {
    String(repeating: open, count: count) + inner + String(repeating: close, count: count)
}

/// A loss term whose `on`, at level 2, is nested.
private func view(_ open: String, _ close: String, _ count: Int) -> String {
    #"[{"stage": "lossTerm", "regularizer": "L1", "on": \#(nested(open, #""weights""#, close, count))}]"#
}

/// A proximal step whose regularizer, at level 2, is nested.
private func regularizer(_ open: String, _ close: String, _ count: Int) -> String {
    #"[{"stage": "proximalStep", "regularizer": \#(nested(open, #""L1""#, close, count))}]"#
}

@Suite("What files and values may be at most")
struct RegularizerRegistryLimitsTests {
    static let parameters = Parameters([("a.weight", [2, 2], [1, 2, 3, 4])])

    private func error(_ json: String) -> ConfigurationError? {
        do throws(ConfigurationError) {
            _ = try RegularizerRegistry.builtIn.decode([Penalty].self, from: Data(json.utf8))
            return nil
        } catch { return error }
    }

    /// Texts that are nested as deep as is allowed, and one more level that is not.
    static let deepest = [
        (view(#"{"not": "#, "}", 30), view(#"{"not": "#, "}", 31)),
        (view(#"{"transposed": "#, "}", 30), view(#"{"transposed": "#, "}", 31)),
        (view(#"{"stacked": ["#, "]}", 15), view(#"{"stacked": ["#, "]}", 16)),
        (view(#"{"and": ["all", "#, "]}", 15), view(#"{"and": ["all", "#, "]}", 16)),
        (regularizer(#"{"sum": ["L1", "#, "]}", 15), regularizer(#"{"sum": ["L1", "#, "]}", 16)),
        (
            regularizer(#"{"multiple": {"factor": 1, "regularizer": "#, "}}", 15),
            regularizer(#"{"multiple": {"factor": 1, "regularizer": "#, "}}", 16)
        ),
        (
            regularizer(#"{"iterative": {"tolerance": 1e-3, "regularizer": "#, "}}", 15),
            regularizer(#"{"iterative": {"tolerance": 1e-3, "regularizer": "#, "}}", 16)
        ),
        (
            regularizer(#"{"sum": ["L1", {"multiple": {"factor": 1, "regularizer": "#, "}}]}", 7),
            regularizer(#"{"sum": ["L1", {"multiple": {"factor": 1, "regularizer": "#, "}}]}", 8)
        ),
    ]

    @Test("What is nested as deep as it may be fits on a small stack", arguments: deepest)
    func deep(json: String, deeper: String) throws {
        try onSmallStack {
            let registry = RegularizerRegistry.builtIn
            let read = try registry.decode([Penalty].self, from: Data(json.utf8))
            let text = try registry.encode(read)
            #expect(try registry.encode(registry.decode([Penalty].self, from: text)) == text)
            #expect(!"\(read[0].view) \(read[0].label)".isEmpty)
            let plan = try PenaltyPlan(read, over: Self.parameters)
            #expect(plan.contributions(at: Self.parameters)[0].value.isFinite)
            #expect(plan.description.contains("a.weight"))
        }
        let refused = try #require(error(deeper))
        #expect(
            refused.reason
                == "Lists and objects are nested at most 32 levels deep; this one is deeper, so write it flat."
        )
        #expect(refused.place.hasPrefix("[0]") && refused.line == 1)
    }

    @Test("Brackets without end")
    func brackets() throws {
        try onSmallStack {
            for text in [
                String(repeating: "[", count: 100_000), String(repeating: #"{"a":"#, count: 100_000),
            ] {
                #expect(error(text)?.reason.contains("at most 32 levels") == true)
            }
        }
    }

    @Test("Foundation's own coders have the same limit")
    func plainCoders() throws {
        try onSmallStack {
            let deep = Data(view(#"{"not": "#, "}", 60).utf8)
            let reading = #expect(throws: DecodingError.self) {
                try JSONDecoder().decode([Penalty].self, from: deep)
            }
            #expect("\(reading as Any)".contains("at most 32 levels deep"))
            let filter = (0..<60).reduce(ParameterFilter.weights) { filter, _ in !filter }
            let writing = #expect(throws: EncodingError.self) { try PropertyListEncoder().encode([filter]) }
            #expect("\(writing as Any)".contains("at most 32 levels deep"))
        }
    }

    @Test("A name of a million characters is an error like any other, and cut in its sentence")
    func longNames() {
        let long = String(repeating: "x", count: 1_000_000)
        let cut = String(repeating: "x", count: 60) + "…"
        for json in [
            #"[{"stage": "lossTerm", "regularizer": "\#(long)"}]"#,
            #"[{"stage": "\#(long)", "regularizer": "L1"}]"#,
            #"[{"stage": "lossTerm", "regularizer": "L1", "\#(long)": 1}]"#,
        ] {
            let reason = error(json)?.description ?? ""
            #expect(reason.contains(cut) && reason.utf8.count < 1_000, "\(reason.prefix(200))")
        }
    }

    @Test("Filters of very many are lists")
    func manyFilters() throws {
        let names = Array(repeating: #""weights""#, count: 17_500).joined(separator: ",")
        let json = #"[{"stage":"lossTerm","regularizer":"L1","strength":1e-4,"on":{"and":[\#(names)]}}]"#
        try onSmallStack {
            let registry = RegularizerRegistry.builtIn
            let read = try registry.decode([Penalty].self, from: Data(json.utf8))
            let text = try registry.encode(read)
            #expect(try registry.encode(registry.decode([Penalty].self, from: text)) == text)
            #expect("\(read[0].view)".hasPrefix("(.weights && .weights && "))
            let plan = try PenaltyPlan(read, over: Self.parameters)
            #expect(plan.value(at: Self.parameters) == 1e-4 * 10)
        }
    }

    @Test("Filters combined in code, one after the other")
    func filtersInCode() throws {
        try onSmallStack {
            let chain = (0..<5_000).reduce(ParameterFilter.weights) { filter, _ in filter && .rank(2) }
            let nest = (0..<5_000).reduce(ParameterFilter.weights) { filter, _ in !(filter || .biases) }
            for (filter, count) in [(chain, 1), (nest, 1)] {
                let plan = try PenaltyPlan([.lossTerm(L1(), on: filter)], over: Self.parameters)
                #expect(plan.penalties.count == count)
                #expect(!"\(filter)".isEmpty && filter == filter && Set([filter]).contains(filter))
            }
            let registry = RegularizerRegistry.builtIn
            let text = try registry.encode([Penalty.lossTerm(L1(), on: chain)])
            #expect(try registry.decode([Penalty].self, from: text)[0].view == chain.view)
            let error = try #require(throws: ConfigurationError.self) {
                try registry.encode([Penalty.lossTerm(L1(), on: nest)])
            }
            #expect(
                error.reason.contains("at most 32 levels") && error.place.hasPrefix("[0].on.not.or[0].not"))
        }
    }

    /// Their types are nested, which no list can mend, so that they need the stack of a main thread.
    @Test("Sums of many in code, one after the other")
    func sumsInCode() throws {
        @Sendable func add<A: DifferentiableRegularizer, B: DifferentiableRegularizer>(
            _ a: A, _ b: B
        ) -> any DifferentiableRegularizer { a + b }
        try onSmallStack(bytes: 8 << 20) {
            var sum: any DifferentiableRegularizer = L1()
            for _ in 1..<300 { sum = add(sum, L1()) }
            let penalty = Penalty.lossTerm(sum, strength: 0.5)
            let plan = try PenaltyPlan([penalty], over: Self.parameters)
            #expect(plan.value(at: Self.parameters) == 1_500)
            #expect(penalty.label.hasPrefix("L1 + L1 + "))
            let error = #expect(throws: ConfigurationError.self) {
                try RegularizerRegistry.builtIn.encode([penalty])
            }
            #expect(error?.reason.hasPrefix("A sum has at most 256 regularizers") == true)
        }
    }

    @Test("Views nested in code")
    func viewsInCode() throws {
        try onSmallStack {
            let view = (0..<20_000).reduce(ParameterFilter.weights.view) { view, _ in view.transposed }
            let penalty = Penalty.lossTerm(L1(), on: view)
            let refusal = #expect(throws: PenaltyError.self) {
                try PenaltyPlan([penalty], over: Self.parameters)
            }
            #expect(refusal?.description == #"Penalty "L1": a view is nested in at most 32 others."#)
            let error = #expect(throws: ConfigurationError.self) {
                try RegularizerRegistry.builtIn.encode([penalty])
            }
            #expect(error?.description == "[0].on: A view is nested in at most 32 others.")
        }
    }

    @Test("A sum has at most 256 regularizers, those of sums within it included")
    func longSums() throws {
        func sum(_ parts: [String]) -> String { #"{"sum": [\#(parts.joined(separator: ","))]}"# }
        func loss(_ regularizer: String) -> String {
            #"[{"stage":"lossTerm","regularizer":\#(regularizer)}]"#
        }
        let inner = sum(Array(repeating: #""L1""#, count: 64))
        let wide = error(loss(sum(Array(repeating: inner, count: 64))))
        #expect(wide?.place == "[0].regularizer.sum")
        #expect(
            wide?.reason == """
                A sum has at most 256 regularizers, those of sums within it included, not 4096; make it several \
                penalties.
                """)
        #expect(error(loss(sum(Array(repeating: #""L1""#, count: 257))))?.place == "[0].regularizer.sum")
        let registry = RegularizerRegistry.builtIn
        let json = loss(sum(Array(repeating: inner, count: 4)))
        let read = try registry.decode([Penalty].self, from: Data(json.utf8))
        let plan = try PenaltyPlan(read, over: Self.parameters)
        #expect(plan.value(at: Self.parameters) == 2560)
        let text = try registry.encode(read)
        #expect(try registry.encode(registry.decode([Penalty].self, from: text)) == text)
    }

    @Test(
        "Sums of as many as may be are planned, whether they compose or not",
        arguments: [
            (#"{"WeightedL1": {"factors": [1, 1, 1, \#("#")]}}"#, true),
            (#"{"L1Ball": {"radius": \#("#")}}"#, false),
        ])
    func plannedSums(part: String, composes: Bool) throws {
        let parts = (1...256).map { part.replacing("#", with: "\($0)") }.joined(separator: ",")
        let json = #"[{"stage":"proximalStep","regularizer":{"sum":[\#(parts)]}}]"#
        let read = try RegularizerRegistry.builtIn.decode([Penalty].self, from: Data(json.utf8))
        #expect(((try? PenaltyPlan(read, over: Self.parameters)) != nil) == composes)
        #expect(((read[0].regularizer as? any ProximalRegularizer)?.refusal == nil) == composes)
    }
}
