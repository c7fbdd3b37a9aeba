import Regularization
import Testing

@Suite("ArgumentError")
struct ArgumentErrorTests {
    @Test("A number in the range is returned", arguments: [0, 1e-40, 0.5, 3, 1e38])
    func valid(number: Double) throws {
        #expect(try ArgumentError.nonnegative(number, "count", of: L1.self) == number)
        if number > 0 { #expect(try ArgumentError.positive(number, "count", of: L1.self) == number) }
        if number < 1 { #expect(try ArgumentError.belowOne(number, "count", of: L1.self) == number) }
    }

    @Test("Another one is an error that names the argument, the type and the number")
    func invalid() {
        for number in [-1, -.leastNonzeroMagnitude, .infinity, -.infinity, .nan, 1e39] as [Double] {
            let error = #expect(throws: ArgumentError.self) {
                try ArgumentError.nonnegative(number, "width", of: L1.self)
            }
            #expect(error?.argument == "width")
            #expect(error?.description == "The width of L1 is 0 or more and finite in Float, not \(number).")
        }
        // Float would make 0 of 1e-46, infinity of 1e39, and 1 of the largest Double below it.
        for number in [0, -1, 1e-46, 1e39, .infinity, .nan] as [Double] {
            let error = #expect(throws: ArgumentError.self) {
                try ArgumentError.positive(number, "width", of: L1.self)
            }
            #expect(error?.description == "The width of L1 is positive and finite in Float, not \(number).")
        }
        for number in [-1, 1, 1.0.nextDown, .infinity, .nan] as [Double] {
            let error = #expect(throws: ArgumentError.self) {
                try ArgumentError.belowOne(number, "width", of: L1.self)
            }
            #expect(error?.description == "The width of L1 is 0 or more and below 1, not \(number).")
        }
    }
}
