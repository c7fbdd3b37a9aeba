import Testing

@testable import ReferenceNetwork

@Suite("A description names the parameters of its network")
struct NetworkDescriptionTests {
    @Test(
        "Names and shapes are those that the network has",
        arguments: FeedForwardNetworkFileTests.networks)
    func tensors(_ network: FeedForwardNetwork) {
        let tensors = NetworkDescription(of: network).tensors
        #expect(tensors.map(\.name) == network.parameters.layout.tensors.map(\.name))
        #expect(tensors.map(\.dimensions) == network.parameters.layout.tensors.map(\.shape.dimensions))
    }
}
