import Testing

@testable import ReferenceNetwork

struct PiecesTests {
    @Test(arguments: [0, 1, 3, 4, 5, 8, 100])
    func elementsStayInOrder(count: Int) {
        // Pieces of four elements.
        var pieces = Pieces<Int32>(pieceSize: 16)
        for element in 0..<count { pieces.append(Int32(element)) }
        #expect(pieces.joined { Int($0) * 2 } == (0..<count).map { $0 * 2 })
        #expect(pieces.joined { $0 } == [])
        pieces.append(7)
        #expect(pieces.joined { $0 } == [7])
    }

    @Test func anArrayHasNoRoomToSpare() {
        var pieces = Pieces<Float>()
        for element in 0..<100_000 { pieces.append(Float(element)) }
        #expect(pieces.joined { $0 }.capacity < 110_000)
    }
}
