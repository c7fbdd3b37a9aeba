import ReferenceNetwork
import Testing

@Suite("Targets")
struct TargetsTests {
    @Test("A label column is read as classes or as numbers, as the caller asks")
    func kinds() throws {
        let text = "x,y\n0.5,2\n1.5,1\n2.5,2\n"
        #expect(
            try CSVTable(.text(text), classes: "y").samples.targets
                == .classes([1, 0, 1], names: ["1", "2"]))
        #expect(try CSVTable(.text(text), values: ["y"]).samples.targets == .values([2, 1, 2], outputs: 1))
    }
}
