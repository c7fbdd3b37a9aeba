import Foundation
import ReferenceNetwork
import Regularization
import TensorFiles
import Testing

struct ConventionsSnippets {
    @Test func keras() throws {
        let model = try ReferenceModel("keras")
        let path = model.weights
        // snippet: keras
        var network = FeedForwardNetwork(inputs: 30, hidden: [12, 8], outputs: 5)
        try network.parameters.load(
            TensorFile(path),
            renaming: [
                .pattern("*/kernel", to: "*/weight", transposed: true),
                .prefix("first/", to: "fully.0."), .prefix("second/", to: "fully.1."),
                .prefix("last/", to: "fully.2."),
            ])
        // end snippet
        #expect(model.difference(network) < 1e-5)
    }
}
