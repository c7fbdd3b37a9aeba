/// The function of MCP, at magnitudes: λr − r²/(2γ) up to r = γλ, then γλ²/2.
///
/// Source: Zhang, "Nearly Unbiased Variable Selection under Minimax Concave Penalty", 2010.
struct MinimaxConcave: ConcavePenalty {
    let threshold: Double
    let concavity: Double

    init(threshold: Double, concavity: Double) {
        refuse(Self.flaw(threshold: threshold))
        refuse(Self.flaw(concavity: concavity))
        self.threshold = threshold
        self.concavity = concavity
    }

    private static func flaw(threshold: Double) -> String? {
        threshold >= 0 && threshold < .infinity
            ? nil : "The threshold of MCP is 0 or more and finite, not \(threshold)."
    }

    private static func flaw(concavity: Double) -> String? {
        concavity > 0 && concavity < .infinity
            ? nil : "The concavity of MCP is positive and finite, not \(concavity)."
    }

    var largestConvexScale: Double { concavity }

    func value(at magnitude: Double) -> Double {
        magnitude > concavity * threshold
            ? concavity * threshold * threshold / 2 : magnitude * (threshold - magnitude / (2 * concavity))
    }

    func derivative(at magnitude: Double) -> Double {
        magnitude > concavity * threshold ? 0 : threshold - magnitude / concavity
    }

    func proximalPoint(of magnitude: Double, scale: Double) -> Double {
        if scale < concavity {
            if magnitude <= scale * threshold { return 0 }
            if magnitude <= concavity * threshold {
                return min(magnitude, (magnitude - scale * threshold) / ((concavity - scale) / concavity))
            }
        } else if magnitude <= threshold * (scale * concavity).squareRoot() {
            return 0
        }
        return magnitude
    }
}

extension MinimaxConcave {
    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            threshold: try values.decode(.threshold, flaw: Self.flaw(threshold:)),
            concavity: try values.decode(.concavity, flaw: Self.flaw(concavity:)))
    }
}
