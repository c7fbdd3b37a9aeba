/// The function of SCAD, at magnitudes: λr up to r = λ, then a parabola up to r = γλ, then λ²(γ + 1)/2.
///
/// Source: Fan, Li, "Variable Selection via Nonconcave Penalized Likelihood and its Oracle Properties", 2001;
/// the proximal point for every scale from Gong et al., "A General Iterative Shrinkage and Thresholding
/// Algorithm for Non-convex Regularized Optimization Problems", 2013.
struct SmoothlyClipped: ConcavePenalty {
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
            ? nil : "The threshold of SCAD is 0 or more and finite, not \(threshold)."
    }

    private static func flaw(concavity: Double) -> String? {
        concavity > 2 && concavity < .infinity
            ? nil : "The concavity of SCAD is above 2 and finite, not \(concavity)."
    }

    var largestConvexScale: Double { concavity - 1 }

    func value(at magnitude: Double) -> Double {
        if magnitude > concavity * threshold { return threshold * threshold * (concavity + 1) / 2 }
        if magnitude > threshold {
            let rise = magnitude * (2 * concavity * threshold - magnitude) - threshold * threshold
            return rise / (2 * (concavity - 1))
        }
        return threshold * magnitude
    }

    func derivative(at magnitude: Double) -> Double {
        if magnitude > concavity * threshold { return 0 }
        if magnitude > threshold { return (concavity * threshold - magnitude) / (concavity - 1) }
        return magnitude.isNaN ? .nan : threshold
    }

    func proximalPoint(of magnitude: Double, scale: Double) -> Double {
        let step = scale * threshold
        let bend = concavity - 1
        if scale < bend {
            if magnitude <= threshold + step { return magnitude <= step ? 0 : magnitude - step }
            if magnitude <= concavity * threshold {
                return min(magnitude, (bend * magnitude - concavity * step) / (bend - scale))
            }
        } else if scale <= concavity + 1 {
            if magnitude <= threshold * (concavity + 1 + scale) / 2 {
                return magnitude <= step ? 0 : magnitude - step
            }
        } else if magnitude <= threshold * (scale * (concavity + 1)).squareRoot() {
            return 0
        }
        return magnitude
    }
}

extension SmoothlyClipped {
    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            threshold: try values.decode(.threshold, flaw: Self.flaw(threshold:)),
            concavity: try values.decode(.concavity, flaw: Self.flaw(concavity:)))
    }
}
