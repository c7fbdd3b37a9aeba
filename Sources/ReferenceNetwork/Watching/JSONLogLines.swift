import Foundation
import Regularization
import StrictJSON

/// A JSON object for each epoch and each event, with its keys in alphabetical order.
struct JSONLogLines: LogLines {
    static let firstLine = #"{"format":"swift-regularization history","version":1}"#

    private let encoder: JSONEncoder

    init() {
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    }

    static func epoch(in line: ArraySlice<UInt8>) -> Int? {
        struct Place: Decodable {
            let kind: String
            let epoch: Int
        }
        let place = try? JSONDocument(Array(line), levels: 64).decode(Place.self)
        return place?.kind == "epoch" ? place?.epoch : nil
    }

    func header(for record: EpochRecord) -> String? { nil }

    func line(of record: EpochRecord) throws -> String { try line(EpochLine(record)) }

    func line(of event: LogEvent) throws -> String? {
        switch event {
        case .recovery(let recovery):
            try line(
                EventLine(
                    kind: "recovery", epoch: recovery.epoch, step: recovery.step, reason: recovery.reason,
                    factor: recovery.factor))
        case .warning(let sentence): try line(EventLine(kind: "warning", reason: sentence))
        case .failure(let sentence, let epoch):
            try line(EventLine(kind: "failure", epoch: epoch, reason: sentence))
        case .ending(let ending, let bestEpoch):
            try line(EventLine(kind: "ending", ending: ending, bestEpoch: bestEpoch))
        }
    }

    func omission(of record: EpochRecord) -> String? { nil }

    private func line(_ content: some Encodable) throws -> String {
        String(decoding: try encoder.encode(content), as: UTF8.self)
    }
}

private struct EventLine: Encodable {
    let kind: String
    var epoch: Int?
    var step: Int?
    var reason: String?
    var factor: Double?
    var ending: History.Ending?
    var bestEpoch: Int?
}

/// A record with what can be computed from it.
private struct EpochLine: Encodable {
    private let kind = "epoch"
    private let epoch: Int
    private let learningRate: Float
    private let trainingLoss: Double
    private let validationLoss: Double?
    private let penalties: [PenaltyLine]
    private let trainingTotal: Double
    private let validationTotal: Double?
    private let exactZeroShare: Double
    private let unitsAlive: [Int]
    private let stationarityResidual: Double?
    private let seconds: Double

    init(_ record: EpochRecord) {
        epoch = record.epoch
        learningRate = record.learningRate
        trainingLoss = record.trainingLoss
        validationLoss = record.validationLoss
        penalties = record.contributions.map(PenaltyLine.init)
        trainingTotal = record.trainingTotal
        validationTotal = record.validationTotal
        exactZeroShare = record.exactZeroShare
        unitsAlive = record.unitsAlive
        stationarityResidual = record.stationarityResidual
        seconds = record.seconds
    }
}

private struct PenaltyLine: Encodable {
    private let label: String
    private let stage: Contribution.Stage
    private let strength: Double
    private let value: Double
    private let weightedValue: Double

    init(_ contribution: Contribution) {
        label = contribution.label
        stage = contribution.stage
        strength = contribution.strength
        value = contribution.value
        weightedValue = contribution.weightedValue
    }
}
