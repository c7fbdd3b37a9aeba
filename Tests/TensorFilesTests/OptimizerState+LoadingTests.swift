import Regularization
import TensorFiles
import Testing

/// A rule of an author: a velocity and a sum of squares, by which it is divided.
private struct OwnRule: UpdateRule {
    var learningRate: Float = 0.05
    var state = OptimizerState("velocity", "squares", startingAt: 0.5)
    var metric: UndefinedMetric { UndefinedMetric() }

    func update(_ piece: inout UpdatePiece) {
        let rate = learningRate / Float(state.updates)
        piece.forEach { weight, gradient, velocity, squares in
            velocity = 0.9 * velocity + gradient
            squares += gradient * gradient
            weight -= rate * velocity / squares.squareRoot()
        }
    }
}

@Suite("The state of an optimizer is written and loaded by name")
struct OptimizerStateLoadingTests {
    /// More than 1024 weights, so that buffers have gaps between them.
    private static let start: Parameters = {
        var parameters = Parameters(
            zeros: Layout([("a.weight", [40, 30]), ("a.bias", [40]), ("none", [0, 3]), ("b", [])]))
        var elements = parameters.mutableElements
        for index in 0..<elements.count { elements[index] = Float(index % 17) / 8 - 1 }
        return parameters
    }()

    private func update(_ optimizer: inout some Optimizer, _ parameters: inout Parameters, _ times: Int) {
        for _ in 0..<times {
            var gradients = Gradients(like: parameters)
            var elements = gradients.mutableElements
            for index in 0..<elements.count {
                elements[index] = parameters.elements[index] * Float(index % 5) + Float(index % 3) / 4
            }
            optimizer.update(&parameters, along: &gradients)
        }
    }

    /// Ten updates are five, writing, loading into a new optimizer, and five more.
    private func expectContinuation(_ make: () throws -> some Optimizer) throws {
        var (whole, expected) = (try make(), Self.start)
        update(&whole, &expected, 10)
        try withTemporaryFile { path in
            var (first, parameters) = (try make(), Self.start)
            update(&first, &parameters, 5)
            var contents = TensorFileContents()
            contents.add(parameters)
            contents.add(first.state, over: parameters.layout)
            try contents.write(to: path)

            let file = try TensorFile(path)
            var (second, loaded) = (try make(), Parameters(zeros: Self.start.layout))
            try loaded.load(file, renaming: first.state.names.isEmpty ? [] : [.omitting("optimizer.*")])
            try second.state.load(file, over: loaded.layout)
            #expect(second.state.updates == 5)
            for name in first.state.names { #expect(second.state[name] == first.state[name]) }
            update(&second, &loaded, 5)
            #expect(loaded.bits == expected.bits)
            #expect(second.state.updates == 10)
        }
    }

    @Test("A training goes on to the same bits")
    func continuation() throws {
        try expectContinuation { Adam(learningRate: 0.01) }
        try expectContinuation { Adam(learningRate: 0.01, amsGrad: .ofSquares) }
        try expectContinuation { SGD(learningRate: 0.01) }
        try expectContinuation { SGD(learningRate: 0.01, momentum: 0.9, dampening: 0.5) }
        try expectContinuation { Adagrad(learningRateDecay: 0.1, initialSum: 0.5) }
        try expectContinuation { Adam().clipped(byNorm: 0.5) }
        try expectContinuation { OwnRule() }
        try expectContinuation {
            try Adam(learningRate: 0.01).regularized(
                by: [
                    .lossTerm(SquaredL2(), strength: .linear(from: 0, to: 1, over: 8), on: .all), .decay(0.1),
                    .proximalStep(L1(), strength: .linear(from: 0, to: 0.1, over: 7)),
                ], over: Self.start)
        }
    }

    @Test("Names and shapes in the file are those of the parameters")
    func names() throws {
        var (optimizer, parameters) = (Adam(), Self.start)
        update(&optimizer, &parameters, 1)
        try withTemporaryFile { path in
            try optimizer.state.write(to: path, over: parameters.layout)
            let file = try TensorFile(path)
            #expect(file.metadata["optimizer.updates"] == "1")
            #expect(file.tensors.count == 8)
            let buffer = optimizer.state.names[1]
            #expect(file["optimizer.\(buffer).a.weight"]?.shape == [40, 30])
            #expect(file["optimizer.\(buffer).b"]?.shape == [])
            #expect(try file.floats(of: "optimizer.\(buffer).b") == [optimizer.state[buffer][1240]])
        }
    }

    @Test("Before the first update there is no tensor, and loading that makes a state fresh")
    func fresh() throws {
        try withTemporaryFile { path in
            try Adagrad(initialSum: 0.5).state.write(to: path, over: Self.start.layout)
            let file = try TensorFile(path)
            #expect(file.tensors.isEmpty)
            var (optimizer, parameters) = (Adagrad(initialSum: 0.5), Self.start)
            update(&optimizer, &parameters, 2)
            try optimizer.state.load(file, over: parameters.layout)
            #expect(optimizer.state.updates == 0 && optimizer.state.count == 0)
            var (expected, other) = (Adagrad(initialSum: 0.5), parameters)
            update(&expected, &other, 1)
            update(&optimizer, &parameters, 1)
            #expect(parameters.bits == other.bits)
        }
    }

    /// The sentence of the error of loading a state, which is as it was afterwards.
    private func refusal(_ contents: TensorFileContents, into state: OptimizerState) throws -> String {
        try withFile(contents) { file in
            var loaded = state
            let error = try #require(throws: LoadingError.self) {
                try loaded.load(file, over: Self.start.layout)
            }
            #expect(loaded.updates == state.updates && loaded.count == state.count)
            for name in state.names { #expect(loaded[name] == state[name]) }
            return "\(error)".replacing("\(file.path): ", with: "")
        }
    }

    @Test("The state of another rule is refused with the names of its buffers")
    func otherRule() throws {
        var (optimizer, parameters) = (SGD(learningRate: 0.1, momentum: 0.9), Self.start)
        update(&optimizer, &parameters, 1)
        var contents = TensorFileContents()
        contents.add(optimizer.state, over: parameters.layout)
        var own = OwnRule()
        update(&own, &parameters, 3)
        #expect(
            try refusal(contents, into: own.state) == """
                The state is that of another optimizer. Its buffers are "velocity", those here "velocity", "squares".
                """)
        try withFile(contents) { file in
            let error = try #require(throws: LoadingError.self) {
                try own.state.load(file, over: parameters.layout)
            }
            let (found, expected) = (["velocity"], ["velocity", "squares"])
            guard case .otherOptimizer(buffers: found, expected: expected, in: file.path) = error
            else { throw error }
        }
        #expect(try refusal(contents, into: SGD(learningRate: 0.1).state).hasSuffix(", those here none."))
        let without = TensorFileContents(metadata: ["optimizer.updates": "3"])
        #expect(try refusal(without, into: own.state).contains("Its buffers are none,"))
    }

    @Test("What is missing, unexpected, misshapen or not finite is refused")
    func mismatch() throws {
        let state = OptimizerState("m")
        var contents = TensorFileContents(metadata: ["optimizer.updates": "3"])
        contents.add("optimizer.m.a.weight", [40, 30], Array(repeating: Float(0), count: 1200))
        contents.add("optimizer.m.a.bias", [1, 40], Array(repeating: Float(0), count: 40))
        contents.add("optimizer.m.none", [0, 3], [Float]())
        contents.add("optimizer.m.c", [], [Float(0)])
        #expect(
            try refusal(contents, into: state) == """
                The tensors do not fit. 1 missing: "optimizer.m.b" (near: "optimizer.m.c"). 1 unexpected: \
                "optimizer.m.c". 1 misshapen: "optimizer.m.a.bias" is [1, 40], not [40].
                """)
        var (optimizer, parameters) = (SGD(learningRate: 0.1, momentum: 0.9), Self.start)
        update(&optimizer, &parameters, 1)
        optimizer.state["velocity"][1239] = .nan
        var nonfinite = TensorFileContents()
        nonfinite.add(optimizer.state, over: parameters.layout)
        #expect(
            try refusal(nonfinite, into: SGD(learningRate: 0.1, momentum: 0.9).state)
                .contains(#""optimizer.velocity.a.bias": Its element [39], counted from 0, is nan."#))
    }

    @Test(
        "A file without a state, and numbers of updates that are none",
        arguments: [nil, "", "-1", "2.0", "1e3", "9223372036854775807", "9223372036854775808"])
    func updates(text: String?) throws {
        var contents = TensorFileContents()
        contents.metadata["optimizer.updates"] = text
        let sentence = try refusal(contents, into: OptimizerState("m"))
        let none = "It has no state of an optimizer, which has a number of updates as the text"
        #expect(
            sentence
                == (text.map {
                    #"The text "optimizer.updates" is "\#($0)", and no number of updates from 0 to \#(Int.max / 2)."#
                }
                    ?? #"\#(none) "optimizer.updates"."#))
    }

    @Test("States of two optimizers in one file have prefixes of their own")
    func prefixes() throws {
        var (first, second, parameters) = (OwnRule(), OwnRule(), Self.start)
        update(&first, &parameters, 1)
        update(&second, &parameters, 2)
        var contents = TensorFileContents()
        contents.add(first.state, over: parameters.layout, prefix: "first.")
        contents.add(second.state, over: parameters.layout, prefix: "second.")
        try withFile(contents) { file in
            var loaded = OwnRule()
            try loaded.state.load(file, over: parameters.layout, prefix: "second.")
            #expect(loaded.state["squares"] == second.state["squares"] && loaded.state.updates == 2)
        }
    }

    @Test("A state over parameters with another number of elements traps")
    func otherLayout() async {
        await #expect(processExitsWith: .failure) {
            var state = OptimizerState("m")
            state["m"] = [1, 2]
            var contents = TensorFileContents()
            contents.add(state, over: Layout([("a", [3])]))
        }
    }
}
