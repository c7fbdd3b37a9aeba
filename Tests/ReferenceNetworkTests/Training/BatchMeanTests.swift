import Testing

@testable import ReferenceNetwork

struct BatchMeanTests {
    @Test func aMeanByWeights() {
        var mean = BatchMean()
        mean.add(3, weight: 1)
        mean.add(100, weight: 0)
        mean.add(6, weight: 0.5)
        #expect(mean.value == 4)
    }

    @Test func weightsThatAreNoneTrap() async {
        let results = [
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                var mean = BatchMean()
                mean.add(1, weight: -1)
            },
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                var mean = BatchMean()
                mean.add(1, weight: .nan)
            },
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                var mean = BatchMean()
                mean.add(1, weight: 0)
                _ = mean.value
            },
        ]
        let outputs = results.map { String(decoding: $0?.standardErrorContent ?? [], as: UTF8.self) }
        #expect(
            outputs[0].contains("The weight of a batch is -1.0; it must be a finite number of 0 or more."))
        #expect(outputs[1].contains("The weight of a batch is nan; it must be a finite number of 0 or more."))
        #expect(outputs[2].contains("All batches of a data set weigh 0, so that it has no loss."))
    }
}
