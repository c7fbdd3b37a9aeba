import Foundation
import Regularization
import TensorFiles
import Testing

@testable import ReferenceNetwork

@Suite("A network is written to a file and read back to the bit")
struct FeedForwardNetworkFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    static let networks: [FeedForwardNetwork] =
        Activation.allCases.flatMap { activation in
            Loss.allCases.map { loss in
                FeedForwardNetwork(
                    inputs: 3, hidden: [5, 4], outputs: 2, activation: activation, dropout: 0.3, loss: loss,
                    seed: UInt64.max)
            }
        } + [
            FeedForwardNetwork(inputs: 3, hidden: [5], outputs: 2, bias: false, seed: 1 << 53 + 1),
            FeedForwardNetwork(inputs: 3, hidden: [], outputs: 2),
            FeedForwardNetwork(inputs: 3, hidden: [], outputs: 1, bias: false),
            FeedForwardNetwork(inputs: 3, hidden: [4, 0, 2], outputs: 2),
            FeedForwardNetwork(inputs: 3, hidden: [0], outputs: 2, bias: false),
            FeedForwardNetwork(inputs: 0, hidden: [2], outputs: 2),
            FeedForwardNetwork(inputs: 0, hidden: [], outputs: 0),
        ]

    private func read(_ network: FeedForwardNetwork) throws -> FeedForwardNetwork {
        try network.write(to: folder.path())
        return try FeedForwardNetwork(contentsOf: TensorFile(folder.path()))
    }

    @Test("Weights, logits and dropout are the same to the bit", arguments: networks)
    func roundTrip(_ network: FeedForwardNetwork) throws {
        var (network, copy) = (network, try read(network))
        #expect(NetworkDescription(of: copy) == NetworkDescription(of: network))
        #expect(copy.parameters.layout.tensors == network.parameters.layout.tensors)
        #expect(copy.parameters.bits == network.parameters.bits)
        let features: [Float] = (0..<7 * network.inputs).map { sin(Float($0)) * 3 }
        let logits = network.logits(for: features, samples: 7)
        #expect(copy.logits(for: features, samples: 7).map(\.bitPattern) == logits.map(\.bitPattern))
        guard network.outputs == 2 else { return }
        let targets: Targets =
            network.loss == .softmaxCrossEntropy
            ? .classes([0, 1, 1, 0, 1, 0, 0], names: ["a", "b"])
            : .values((0..<14).map { Float($0) / 14 }, outputs: 2)
        let samples = Samples(features: features, inputs: network.inputs, targets: targets)
        var gradients = Gradients(like: network.parameters)
        var copied = gradients
        let loss = network.loss(on: samples, at: .step(3), gradients: &gradients)
        #expect(copy.loss(on: samples, at: .step(3), gradients: &copied) == loss)
        #expect(copied.bits == gradients.bits)
    }

    @Test(
        "Every Float is the same dropout again",
        arguments: [0, 0.1, 1 / 3, 1e-45, 0x1.fffffep-1] as [Float])
    func dropout(_ dropout: Float) throws {
        let network = FeedForwardNetwork(inputs: 1, hidden: [1], outputs: 1, dropout: dropout)
        #expect(try read(network).dropout.bitPattern == dropout.bitPattern)
    }

    @Test("Zeros keep their sign, and subnormal weights their bits")
    func weights() throws {
        var network = FeedForwardNetwork(inputs: 4, hidden: [], outputs: 1, bias: false)
        network.parameters["fully.0.weight"] = [
            -0.0, .leastNonzeroMagnitude, -.greatestFiniteMagnitude, 1 / 3,
        ]
        #expect(try read(network).parameters.bits == network.parameters.bits)
    }

    @Test("The same network gives the same bytes, in the documented metadata")
    func bytes() throws {
        let network = FeedForwardNetwork(
            inputs: 3, hidden: [5, 4], outputs: 2, activation: .leakyReLU, dropout: 0.25, seed: 7)
        try network.write(to: folder.path("a"))
        try read(network).write(to: folder.path("b"))
        #expect(try folder.bytes("a") == folder.bytes("b"))
        let file = try TensorFile(folder.path("a"))
        #expect(file.metadata.entries.map(\.key) == ["kind", "network", "version"])
        #expect(file.metadata["kind"] == "model")
        #expect(file.metadata["version"] == "1")
        #expect(
            file.metadata["network"] == """
                {"activation":"leakyReLU","bias":true,"dropout":0.25,"hidden":[5,4],"inputs":3,\
                "loss":"softmaxCrossEntropy","outputs":2,"seed":7}
                """)
        #expect(file.tensors.allSatisfy { $0.type == .float32 })
        #expect(Set(file.tensors.map(\.name)) == Set(network.parameters.layout.tensors.map(\.name)))
    }

    @Test("Weights of half the bits are converted")
    func halves() throws {
        let network =
            #"{\"activation\":\"relu\",\"bias\":false,\"dropout\":0,\"hidden\":[],\"inputs\":2,"#
            + #"\"loss\":\"meanSquaredError\",\"outputs\":1,\"seed\":0}"#
        let file = try uncheckedFile(
            header: """
                {"__metadata__":{"kind":"model","version":"1","network":"\(network)"},\
                "fully.0.weight":{"dtype":"BF16","shape":[1,2],"data_offsets":[0,4]}}
                """, data: [0xC0, 0x3F, 0x00, 0xC0])
        #expect(try FeedForwardNetwork(contentsOf: file).parameters["fully.0.weight"] == [1.5, -2])
    }

    @Test("A weight that is not finite is not written")
    func nonfiniteWeights() throws {
        var network = FeedForwardNetwork(inputs: 2, hidden: [], outputs: 1)
        try network.write(to: folder.path())
        let before = try folder.bytes()
        network.parameters["fully.0.bias"] = [.nan]
        let error = #expect(throws: TensorFileError.self) { try network.write(to: folder.path()) }
        #expect(error?.kind == .unwritable)
        #expect(error?.tensor == "fully.0.bias")
        #expect(error?.reason.hasPrefix("It has the element nan, and no model") == true)
        #expect(try folder.bytes() == before)
    }

    @Test("Parameters that are not those of the layers trap")
    func otherParameters() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            var network = FeedForwardNetwork(inputs: 2, hidden: [], outputs: 1)
            network.parameters = Parameters([("fully.0.weight", [1, 2], [1, 2]), ("b", [1], [0])])
            try network.write(to: "/nowhere/model.safetensors")
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.contains("The parameters are not those of the network's layers"))
    }

    @Test("The file of a table's model is not read without its scaling")
    func tableIsRefused() throws {
        let schema = try CSVTable(.text("x,y\n1,a\n2,b\n"), classes: "y").schema
        let network = FeedForwardNetwork(inputs: 1, hidden: [], outputs: 2)
        try TabularModel(network: network, schema: schema).write(to: folder.path())
        expectModelFileError(
            .otherModel,
            """
            The file has a network with the columns of a table and their scaling, without which its predictions would \
            be wrong. Read it with TabularModel(contentsOf:), which has the network too.
            """
        ) { _ = try FeedForwardNetwork(contentsOf: TensorFile(folder.path())) }
    }
}
