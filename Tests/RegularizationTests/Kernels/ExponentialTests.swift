import Foundation
import Regularization
import Testing

struct ExponentialTests {
    private func exponentials(_ values: [Float]) -> [Float] {
        var values = values
        var span = values.mutableSpan
        replaceByExponentials(&span)
        return values
    }

    @Test func agreesWithTheMathematicalLibrary() {
        let values = (0...8_700).map { -Float($0) / 100 }
        let largest = zip(exponentials(values), values)
            .map { abs(Double($0) / Foundation.exp(Double($1)) - 1) }.max()
        #expect((largest ?? 1) < 2.4e-7)
    }

    @Test func isExactAtZeroAndZeroFarBelow() {
        #expect(exponentials([0, -0.0]) == [1, 1])
        #expect(exponentials([-88, -1e30, -.infinity]) == [0, 0, 0])
    }

    @Test func keepsNaN() {
        #expect(exponentials([.nan, -1])[0].isNaN)
        #expect(exponentials([]).isEmpty)
    }
}
