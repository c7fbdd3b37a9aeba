import Regularization

extension RegularizerExamination {
    /// Checks what `kink` states: with its K, R(w) ≥ R(0) + K(w) everywhere, and R(εw) = R(0) + εK(w) + o(ε).
    ///
    /// How small ε has to be for the second to show depends on R, so that R(εw) − R(0) is compared with εK(w) for many
    /// ε and has to agree at one of them.
    mutating func checkKink() {
        let (weights, magnitude) = (weights, magnitude)
        guard let kink = kink(at: weights.map { $0 / magnitude }) else { return }
        let atZero = subject.value(at: weights.map { _ in 0 })
        let far = Double(magnitude) * kink
        requireRise(from: atZero, to: weights, atLeast: far)
        var excess = Double.infinity
        var largest: Double?
        for exponent in stride(from: 4, through: -60, by: -4) where holdsSoFar {
            let share = Float(sign: .plus, exponent: exponent, significand: 1)
            let near = weights.map { $0 / magnitude * share }
            requireRise(from: atZero, to: near, atLeast: Double(share) * kink)
            let derivative = (subject.value(at: near) - atZero) / Double(share)
            if largest == nil, derivative.isFinite { largest = abs(derivative) }
            let rounding = 0x1p-50 * abs(atZero) / Double(share)
            excess = min(excess, derivative - kink + rounding)
        }
        require(
            excess <= 1e-3 * max(kink, largest ?? 0) + 0x1p-50 * abs(atZero),
            expected: "the derivative \(kink) from 0 toward \(weights), divided by \(magnitude)",
            found: "at least \(excess) more")
    }

    /// Requires R at a point to exceed R(0) by at least the rise that `kink` states, except for rounding.
    private mutating func requireRise(from atZero: Double, to point: [Float], atLeast rise: Double) {
        let found = subject.value(at: point)
        let slack = 1e-6 * max(rise, abs(found - atZero)) + 0x1p-50 * (abs(atZero) + abs(found))
        require(
            found >= atZero + rise - (slack.isFinite ? slack : 0),
            expected: "at least \(atZero) + \(rise) at \(point)", found: "\(found)")
    }

    /// K(w), the kink that the regularizer states; nil if it states none.
    private func kink(at weights: [Float]) -> Double? {
        switch subject.regularizer.kink {
        case .unknown:
            return nil
        case .flat:
            return 0
        case .elements(let sharpness):
            return weights.indices.reduce(0) { $0 + sharpness($1) * Double(abs(weights[$1])) }
        case .groups(let groups, let weight):
            return (0..<groups.count(in: subject.shape)).reduce(0) { sum, index in
                let group = groups.group(index, in: subject.shape)
                return sum + weight(group) * group.map { weights[$0] }.squaredNorm.squareRoot()
            }
        }
    }
}
