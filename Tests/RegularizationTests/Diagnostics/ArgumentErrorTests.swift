import Regularization
import Testing

@Suite("ArgumentError")
struct ArgumentErrorTests {
    @Test("A number in the range is returned", arguments: [0, 1e-40, 3, 1e300])
    func valid(number: Double) throws {
        #expect(try ArgumentError.nonnegative(number, "count", of: L1.self) == number)
        if number > 0 { #expect(try ArgumentError.positive(number, "count", of: L1.self) == number) }
    }

    @Test("Another one is an error that names the argument, the type and the number")
    func invalid() {
        for number in [-1, -.leastNonzeroMagnitude, .infinity, .nan] as [Double] {
            let error = #expect(throws: ArgumentError.self) {
                try ArgumentError.nonnegative(number, "width", of: L1.self)
            }
            #expect(error?.argument == "width")
            #expect(error?.description == "The width of L1 is 0 or more and finite, not \(number).")
        }
        let error = #expect(throws: ArgumentError.self) {
            try ArgumentError.positive(0.0, "width", of: L1.self)
        }
        #expect(error?.description == "The width of L1 is positive and finite, not 0.0.")
    }
}
