import Regularization
import Testing

@Suite("Views: which elements, in which order")
struct ParameterViewTests {
    /// Every element is its place in the buffer.
    static let numbered: Parameters = {
        var parameters = Parameters(
            zeros: Layout([
                ("a.weight", [2, 3]), ("a.bias", [2]), ("b.weight", [3, 2]), ("b.bias", [3]),
                ("conv.weight", [2, 1, 2]), ("flat.weight", [2, 6]),
            ]))
        var elements = parameters.mutableElements
        for index in elements.indices { elements[index] = Float(index) }
        return parameters
    }()

    struct Seen: Equatable {
        let shape: Shape
        let elements: [Float]
    }

    private func seen(_ view: some WeightsView) throws -> [Seen] {
        try Self.numbered.withViews(on: view) { weights in
            Seen(shape: weights.shape, elements: (0..<weights.count).map { weights[$0] })
        }
    }

    @Test("A filter gives each tensor as it is")
    func filter() throws {
        #expect(
            try seen(.biases) == [
                Seen(shape: [2], elements: [6, 7]), Seen(shape: [3], elements: [14, 15, 16]),
            ])
    }

    @Test("Units: incoming weights, bias, outgoing weights of each side by side")
    func units() throws {
        let view = ParameterView.units(
            incoming: .named("a.weight"), bias: .named("a.bias"), outgoing: .named("b.weight"))
        #expect(
            try seen(view)
                == [Seen(shape: [2, 7], elements: [0, 1, 2, 6, 8, 10, 12, 3, 4, 5, 7, 9, 11, 13])])
        #expect(
            try seen(view.eachUnit) == [
                Seen(shape: [7], elements: [0, 1, 2, 6, 8, 10, 12]),
                Seen(shape: [7], elements: [3, 4, 5, 7, 9, 11, 13]),
            ])
        #expect(
            try seen(.units(incoming: .exactly("a.weight", "b.weight"), bias: .biases)) == [
                Seen(shape: [2, 4], elements: [0, 1, 2, 6, 3, 4, 5, 7]),
                Seen(shape: [3, 3], elements: [8, 9, 14, 10, 11, 15, 12, 13, 16]),
            ])
        #expect(
            try seen(.units(outgoing: .named("a.weight")))
                == [Seen(shape: [3, 2], elements: [0, 3, 1, 4, 2, 5])])
    }

    @Test("Axes: repeated ones, blocks, inner dimensions, a tensor that is named twice")
    func axes() throws {
        let channels = UnitLayer(
            "channels", incoming: [UnitAxis("conv.weight", axis: 0)],
            outgoing: [UnitEdge(UnitAxis("flat.weight", axis: 1, block: 3))])
        #expect(try seen(channels) == [Seen(shape: [2, 2], elements: [17, 18, 19, 20])])
        #expect(
            try seen(channels.withOutgoing) == [
                Seen(
                    shape: [2, 8], elements: [17, 18, 21, 22, 23, 27, 28, 29, 19, 20, 24, 25, 26, 30, 31, 32])
            ])
        let gates = UnitLayer("gates", incoming: [UnitAxis("flat.weight", axis: 1, repeats: 3)])
        #expect(
            try seen(gates) == [
                Seen(shape: [2, 6], elements: [21, 23, 25, 27, 29, 31, 22, 24, 26, 28, 30, 32])
            ])
        let tied = UnitLayer(
            "code", incoming: [UnitAxis("a.weight", axis: 0)], biases: [UnitAxis("a.bias", axis: 0)],
            outgoing: [UnitEdge(UnitAxis("a.weight", axis: 0), outputAxis: 1)])
        #expect(try seen(tied.withOutgoing) == seen(tied))
        let inputs = UnitLayer("inputs", outgoing: [UnitEdge(UnitAxis("a.weight", axis: 1))])
        #expect(try seen(inputs) == seen(.units(outgoing: .named("a.weight"))))
    }

    @Test("Stacked, joined and transposed ones, and of each other")
    func others() throws {
        #expect(
            try seen(.stacked(.named("a.weight"), .named("b.weight").transposed))
                == [Seen(shape: [4, 3], elements: [0, 1, 2, 3, 4, 5, 8, 10, 12, 9, 11, 13])])
        #expect(
            try seen(.joined(.biases, .named("a.weight")))
                == [Seen(shape: [11], elements: [6, 7, 14, 15, 16, 0, 1, 2, 3, 4, 5])])
        #expect(
            try seen(.named("a.weight").transposed.transposed)
                == [Seen(shape: [2, 3], elements: [0, 1, 2, 3, 4, 5])])
        #expect(
            try seen(.joined(.named("a.weight").transposed)) == [
                Seen(shape: [6], elements: [0, 3, 1, 4, 2, 5])
            ])
        let units = ParameterView.units(incoming: .named("a.weight"), bias: .named("a.bias"))
        #expect(
            try seen(units.transposed) == [Seen(shape: [4, 2], elements: [0, 3, 1, 4, 2, 5, 6, 7])])
    }

    @Test(
        "What is changed through a view is changed in its place, each element once, and nothing else",
        arguments: [
            ParameterView.units(
                incoming: .named("a.weight"), bias: .named("a.bias"), outgoing: .named("b.weight")),
            .units(incoming: .named("conv.weight")), .units(outgoing: .named("conv.weight")),
            .stacked(.named("a.weight"), .named("b.weight").transposed), .joined(.all),
            .joined(.biases, .weights),
            .joined(.named("b.weight").transposed, .named("a.bias")), ParameterFilter.weights.view,
            ParameterFilter.weights.eachUnit, ParameterFilter.named("flat.weight").transposed,
        ])
    func change(view: ParameterView) throws {
        var parameters = Self.numbered
        try parameters.withMutableViews(on: view) { weights in
            for index in 0..<weights.count { weights[index] += 100 }
        }
        let touched = Set(try seen(view).flatMap(\.elements))
        #expect(touched.count == (try seen(view)).flatMap(\.elements).count)
        for (index, element) in parameters.values.enumerated() {
            #expect(element == Float(index) + (touched.contains(Float(index)) ? 100 : 0), "index \(index)")
        }
        var gradients = Gradients(like: parameters)
        try gradients.withMutableViews(on: view) { weights in
            for index in 0..<weights.count { weights[index] += 1 }
        }
        #expect(gradients.values.map { Int($0) }.reduce(0, +) == touched.count)
    }

    @Test("Layers of one unit, and of none")
    func few() throws {
        let parameters = Parameters([
            ("one.weight", [1, 2], [1, 2]), ("one.bias", [1], [3]), ("next.weight", [2, 1], [4, 5]),
            ("none.weight", [0, 2], []), ("none.bias", [0], []), ("after.weight", [2, 0], []),
        ])
        func elements(_ view: some WeightsView) throws -> [[Float]] {
            try parameters.withViews(on: view) { weights in (0..<weights.count).map { weights[$0] } }
        }
        let one = try elements(
            .units(incoming: .named("one.weight"), bias: .named("one.bias"), outgoing: .named("next.weight")))
        #expect(one == [[1, 2, 3, 4, 5]])
        let none = ParameterView.units(
            incoming: .named("none.weight"), bias: .named("none.bias"), outgoing: .named("after.weight"))
        #expect(try elements(none) == [[]])
        #expect(try elements(none.eachUnit) == [])
    }

    @Test("Many weights are gathered and scattered by any number of threads to the same bits")
    func threads() throws {
        let count = 600
        var generator = SeededGenerator(seed: 4)
        var parameters = Parameters(
            zeros: Layout([("a.weight", [count, count]), ("a.bias", [count]), ("b.weight", [count, count])]))
        var elements = parameters.mutableElements
        for index in elements.indices { elements[index] = generator.nextUnitFloat() }
        let threads = Parallelism.threads
        defer { Parallelism.threads = threads }
        var results: [[Float]] = []
        for threads in [1, 2, 3] {
            Parallelism.threads = threads
            var copy = parameters
            try copy.withMutableViews(
                on: .units(incoming: .named("a.weight"), bias: .named("a.bias"), outgoing: .named("b.weight"))
            ) { units in
                for index in 0..<units.count { units[index] = Float(index) }
            }
            try copy.withMutableViews(on: .named("b.weight").transposed) { matrix in
                for index in 0..<matrix.count { matrix[index] *= 2 }
            }
            results.append(copy.values)
        }
        #expect(results[0] == results[1] && results[0] == results[2])
        #expect(results[0][2 * count + 3] == Float(2 * (2 * count + 1) + 3))
        #expect(results[0][count * count + 7] == Float(7 * (2 * count + 1) + count))
        #expect(
            results[0][count * count + count + 5 * count + 9]
                == Float(2 * (9 * (2 * count + 1) + count + 1 + 5)))
    }

    @Test(
        "Views that cannot be found say why",
        arguments: [
            (ParameterView.units(incoming: .weights, bias: .named("a.bias")), "select equally many"),
            (
                .units(incoming: .named("a.weight"), bias: .named("b.bias")),
                "b.bias [3] has 3 units, but a.weight has 2"
            ),
            (
                .units(incoming: .named("a.bias")),
                "incoming weights of units have rank 2 or more, unlike a.bias [2]"
            ),
            (.units(bias: .named("a.weight")), "biases of units have rank 1, unlike a.weight [2, 3]"),
            (.units(), "incoming:, bias: or outgoing:"),
            (.units(incoming: .named("a.wieght")), "Did you mean a.weight"),
            (.stacked(.named("a.weight"), .named("b.weight")), "a.weight is 2 × 3 and b.weight 3 × 2"),
            (.stacked(.named("a.weight"), .named("a.weight")), "a.weight is in one view twice"),
            (.joined(.weights, .named("a.weight")), "a.weight is in one view twice"),
            (.stacked(.weights.eachUnit), "write .eachUnit last"),
            (.joined(), "the view .joined() selects nothing"), (.stacked(), "a part or more"),
            (UnitLayer("x").view, "the axis of a tensor or more"),
            (
                UnitLayer("x", incoming: [UnitAxis("a.weight", axis: 0, repeats: .max, block: 4)]).view,
                "has no units along axis 0"
            ),
            (
                .units(incoming: .named("a.weight"), outgoing: .named("a.weight")),
                "units are along a.weight axis 0 and along a.weight axis 1"
            ),
            (UnitLayer("x", incoming: [UnitAxis("c", axis: 0)]).view, "there is no parameter \"c\""),
            (UnitLayer("x", incoming: [UnitAxis("a.weight", axis: 2)]).view, "has no units along axis 2"),
            (
                UnitLayer("x", incoming: [UnitAxis("a.weight", axis: 1, block: 2)]).view,
                "has no units along axis 1, in blocks of 2"
            ),
            (
                UnitLayer("x", incoming: [UnitAxis("a.weight", axis: 0), UnitAxis("a.weight", axis: 1)]).view,
                "units are along a.weight axis 0 and along a.weight axis 1"
            ),
        ])
    func errors(view: ParameterView, reason: String) {
        let error = #expect(throws: ViewError.self) {
            try Self.numbered.withViews(on: view) { _ in 0 }
        }
        #expect("\(error as Any)".contains(reason), "\(error as Any)")
    }

    @Test("They print as they are written")
    func descriptions() {
        let units = ParameterView.units(incoming: .named("a"), bias: .biases)
        #expect("\(units)" == #".units(incoming: .named("a"), bias: .biases)"#)
        #expect(
            "\(ParameterView.stacked(.weights, .named("b").transposed).eachUnit)"
                == #".stacked(.weights, .named("b").transposed).eachUnit"#)
        #expect("\((!ParameterFilter.biases).transposed)" == "(!.biases).transposed")
        #expect("\(ParameterView.joined([ParameterFilter.weights, .biases]))" == ".joined(.weights, .biases)")
        #expect(ParameterView.stacked([ParameterFilter.weights]) == .stacked(.weights))
        #expect("\(UnitAxis("w", axis: 1, repeats: 4, block: 2))" == "w axis 1, 4 times, blocks of 2")
    }
}
