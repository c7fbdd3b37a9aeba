import Regularization
import Testing

/// Which step size goes with the sign of a direction, tried on a lasso whose minimum is known.
///
/// `Lion` has η/√E[c²], c its direction; the candidates are Lion with other metrics.
@Suite("The metric of Lion")
struct LionMetricTests {
    private let lasso = Lasso()

    @Test(
        "With η/√E[c²], averaged over as few steps as c, a constant rate leads to the minimum and its zeros",
        arguments: [0.03, 0.01] as [Float])
    func average(rate: Float) throws {
        let end = try lasso.minimize(with: Lion(learningRate: rate))
        #expect(end.excess < 1e-5 && end.hasTheZeros, "\(end)")
    }

    @Test("Without a metric hardly a weight becomes zero, however small the rate gets")
    func euclidean() throws {
        for rate: Float in [0.03, 0.003] {
            let end = try lasso.minimize(
                with: Lion(learningRate: rate), metric: .euclidean, falls: true)
            #expect(end.excess > 0.05 && end.missedZeros >= 8, "\(end)")
        }
    }

    @Test(
        "With one step size for a tensor, η over a mean, a maximum or a sum of |c|, the zeros are others",
        arguments: [Scale.mean, .rootMeanSquare, .maximum, .sum])
    func tensorwise(scale: Scale) throws {
        let end = try lasso.minimize(with: CandidateLion(.tensor(scale), rate: 0.01), falls: true)
        #expect(end.excess > 0.01 && !end.hasTheZeros, "\(end)")
    }

    @Test("The first step size is η/|g|, although the first direction is only (1 − β₁)g")
    func firstStepSize() {
        var lion = Lion(learningRate: 0.25)
        var parameters = Parameters([("weight", [2], [0, 0])])
        var gradients = Gradients(like: parameters, [4, -0.5])
        lion.update(&parameters, along: &gradients)
        var sizes: [Float] = [0, 0]
        var span = sizes.mutableSpan
        lion.writeStepSizes(of: 0..<2, to: &span)
        #expect(abs(sizes[0] - 0.0625) < 1e-6 && abs(sizes[1] - 0.5) < 1e-5, "\(sizes)")
    }

    @Test("With η/|c| exact gradients lead to the minimum; noisy ones do so only with the average")
    func instant() throws {
        let instant = CandidateLion(.instant, rate: 0.01)
        let exact = try lasso.minimize(with: instant)
        #expect(exact.excess < 1e-5 && exact.hasTheZeros, "\(exact)")
        let average = Lion(learningRate: 0.01)
        var (ofInstant, ofAverage) = (0.0, 0.0)
        for seed: UInt64 in 1...3 {
            ofInstant += try lasso.minimize(with: instant, falls: true, noise: 4, seed: seed).excess / 3
            ofAverage += try lasso.minimize(with: average, falls: true, noise: 4, seed: seed).excess / 3
        }
        #expect(ofInstant > 0.08 && ofAverage < 0.04, "\(ofInstant) \(ofAverage)")
    }

    @Test(
        "Averaged over more steps than c, a constant rate swings about the minimum, which a falling one nears"
    )
    func longAverage() throws {
        let long = Lion(learningRate: 0.01, beta3: 0.99)
        let constant = try lasso.minimize(with: long)
        #expect(constant.excess > 0.01, "\(constant)")
        let falling = try lasso.minimize(with: long, falls: true)
        #expect(falling.excess < 0.01, "\(falling)")
    }
}

/// f(w) = ½wᵀHw − qᵀw, and its minimum with λ|w|₁.
private struct Lasso {
    let strength = 0.25
    let count = 12
    private var hessian: [[Double]] = []
    private var linear: [Double] = []
    private(set) var minimum: [Double]

    /// What a run ended with.
    struct End: CustomStringConvertible {
        /// (F − F*)/|F*|.
        let excess: Double
        let missedZeros: Int
        let wrongZeros: Int
        var hasTheZeros: Bool { missedZeros == 0 && wrongZeros == 0 }
        var description: String {
            "excess \(excess), missed zeros \(missedZeros), wrong zeros \(wrongZeros)"
        }
    }

    /// Neighbors correlate by ½, scales differ by up to 4, and 3 of the 12 weights have something to explain.
    init() {
        let scales = (0..<count).map { [1, 0.5, 2, 0.75, 1.5][$0 % 5] }
        var target = Array(repeating: 0.0, count: count)
        (target[0], target[4], target[9]) = (1.5, -1, 0.75)
        minimum = Array(repeating: 0, count: count)
        for row in 0..<count {
            hessian.append(
                (0..<count).map { column in
                    var power = scales[row] * scales[column]
                    for _ in 0..<abs(row - column) { power *= 0.5 }
                    return power
                })
            linear.append(0.1 * (row % 2 == 0 ? 1 : -1))
        }
        for row in 0..<count {
            for column in 0..<count { linear[row] += hessian[row][column] * target[column] }
        }
        for _ in 0..<300 {
            for index in 0..<count {
                let rest = hessian[index][index] * minimum[index] - slope(index, minimum)
                let size = max(0, abs(rest) - strength)
                minimum[index] = (rest < 0 ? -size : size) / hessian[index][index]
            }
        }
    }

    private func slope(_ index: Int, _ weights: [Double]) -> Double {
        var slope = -linear[index]
        for other in 0..<count { slope += hessian[index][other] * weights[other] }
        return slope
    }

    private func objective(_ weights: [Double]) -> Double {
        var sum = 0.0
        for index in 0..<count {
            sum += 0.5 * (slope(index, weights) - linear[index]) * weights[index]
            sum += strength * abs(weights[index])
        }
        return sum
    }

    /// 3000 updates, at a constant rate or at one that falls to 0, from one start, with uniform noise on the
    /// gradients.
    func minimize(
        with rule: some UpdateRule, metric: ProximalMetric = .optimizer, falls: Bool = false,
        noise: Double = 0, seed: UInt64 = 1
    ) throws -> End {
        let steps = 3000
        let start = (0..<count).map { Float($0 % 3) * 0.25 - 0.25 }
        var parameters = Parameters([("weight", [count], start)])
        var optimizer = try rule.regularized(
            by: [.proximalStep(L1(), strength: strength, on: .all, metric: metric)], over: parameters)
        var generator = SeededGenerator(seed: seed)
        for step in 0..<steps {
            if falls { optimizer.learningRate = rule.learningRate * Float(steps - step) / Float(steps) }
            let weights = parameters["weight"].map(Double.init)
            let slopes = (0..<count).map { index in
                let random = noise == 0 ? 0 : 2 * Double(generator.nextUnitFloat()) - 1
                return Float(slope(index, weights) + noise * random)
            }
            var gradients = Gradients(like: parameters, slopes)
            optimizer.update(&parameters, along: &gradients)
        }
        let weights = parameters["weight"].map(Double.init)
        let least = objective(minimum)
        let pairs = zip(weights, minimum)
        return End(
            excess: (objective(weights) - least) / abs(least),
            missedZeros: pairs.count { $0 != 0 && $1 == 0 }, wrongZeros: pairs.count { $0 == 0 && $1 != 0 })
    }
}

/// What η is divided by, of the sizes of a tensor's directions.
enum Scale: Sendable { case mean, rootMeanSquare, maximum, sum }

/// Lion with a metric to try.
private struct CandidateLion: UpdateRule {
    enum Sizes: Sendable {
        case instant
        case tensor(Scale)
    }

    let sizes: Sizes
    var learningRate: Float
    var state = OptimizerState("mean", "size")
    var metric: DiagonalMetric { DiagonalMetric() }

    init(_ sizes: Sizes, rate: Float) {
        self.sizes = sizes
        learningRate = rate
    }

    func update(_ piece: inout UpdatePiece) {
        piece.forEach { weight, gradient, mean, size in
            let direction = 0.9 * mean + 0.1 * gradient
            mean = 0.99 * mean + 0.01 * gradient
            size = abs(direction)
            weight -= learningRate * (direction > 0 ? 1 : direction < 0 ? -1 : 0)
        }
    }

    func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        let directions = (0..<sizes.count).map { state[1][$0] }
        for index in 0..<sizes.count {
            let divisor: Float =
                switch self.sizes {
                case .instant: directions[index]
                case .tensor(.mean): directions.reduce(0, +) / Float(directions.count)
                case .tensor(.rootMeanSquare):
                    (directions.reduce(0) { $0 + $1 * $1 } / Float(directions.count)).squareRoot()
                case .tensor(.maximum): directions.max()!
                case .tensor(.sum): directions.reduce(0, +)
                }
            sizes[index] = learningRate / (divisor + 1e-8)
        }
    }
}
