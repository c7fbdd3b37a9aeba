import Regularization

/// The check of one law for one regularizer at one tensor of weights.
///
/// All that a check needs beside the weights, such as a second tensor, follows from the weights, their magnitude and
/// the seed: the same weights and seed always give the same result.
struct RegularizerExamination {
    let law: RegularizerLaw
    let subject: Subject
    let weights: [Float]
    /// The largest power of two that is at most the largest magnitude among the weights; 1 if all are 0.
    let magnitude: Float
    var generator: SeededGenerator
    private let seed: UInt64
    private var violation: RegularizerViolation?

    /// The violation of a law by a regularizer at the weights; nil if there is none, or if the law does not apply.
    static func violation(
        of law: RegularizerLaw, by subject: Subject, at weights: [Float], seed: UInt64
    ) -> RegularizerViolation? {
        var examination = RegularizerExamination(law: law, subject: subject, weights: weights, seed: seed)
        TrapReport.describing {
            "\(subject.regularizer.name) at \(weights) of shape \(subject.shape), examined for \"\(law.rawValue)\""
        } during: {
            examination.examine()
        }
        return examination.violation
    }

    private init(law: RegularizerLaw, subject: Subject, weights: [Float], seed: UInt64) {
        (self.law, self.subject, self.weights, self.seed) = (law, subject, weights, seed)
        let largest = weights.reduce(0) { max($0, abs($1)) }
        magnitude = largest == 0 ? 1 : largest.binade
        generator = SeededGenerator(seed: seed)
    }

    private mutating func examine() {
        switch law {
        case .acceptsSomeShape, .survivesConfiguration: break  // Checked once, not at every tensor.
        case .staysWithinItsTensor: checkBounds()
        case .isRepeatable: checkRepetition()
        case .holdsInPieces: checkPieces()
        case .isFinite: checkFiniteness()
        case .propagatesNaN: checkNaN()
        case .keepsInfinity: checkInfinity()
        case .gradientIsDerivative: checkDerivatives()
        case .gradientIsAdded: checkAddition()
        case .valueComesWithGradient: checkValueWithGradient()
        case .gradientVanishesAtZero: checkGradientAtZero()
        case .proximalPointIsMinimal: checkMinimality()
        case .zeroScaleIsIdentity: checkZeroScale()
        case .metricProximalPointIsMinimal: checkMinimalityInMetric()
        case .equalScalesAreOneScale: checkEqualScales()
        case .zeroScalesStay: checkZeroScales()
        case .isConvex: checkMidpoints()
        case .isFirmlyNonexpansive: checkFirmness()
        case .isPositivelyHomogeneous: checkHomogeneity()
        case .isMonotoneInMagnitudes: checkMonotony()
        case .isPermutationInvariant: checkPermutations()
        case .treatsGroupsAlike: checkGroups()
        case .isLinearInOrder, .isLinearInOrderOfMagnitudes: checkSumInOrder()
        case .isClamping: checkClamping()
        case .keepsLargest: checkKeptElements()
        case .dependsOnSupport: checkSupport()
        case .isElementwise, .isUniform, .isInterval, .isSumOverGroups, .isRadial, .isNormwise, .isRidge:
            checkStructure()
        case .isSpectral: checkSingularValues()
        case .isAsSharpAsStated: checkKink()
        }
    }

    /// Whether no violation of the law was found so far.
    var holdsSoFar: Bool { violation == nil }

    /// Notes a violation unless the condition holds or a violation was noted before.
    mutating func require(
        _ holds: Bool, expected: @autoclosure () -> String, found: @autoclosure () -> String
    ) {
        if holds || !holdsSoFar { return }
        violation = RegularizerViolation(
            law: law, regularizer: subject.regularizer.name, shape: subject.shape, input: weights, seed: seed,
            expected: expected(), found: found())
    }

    /// Requires two values to agree within the rounding of Float32, 2e-6 relative, or within a tolerance.
    ///
    /// `context` completes the expectation in a violation: it says where, if not at the weights.
    mutating func requireEqual(
        _ found: Double, _ expected: Double, orWithin tolerance: Double = 0,
        _ context: @autoclosure () -> String = ""
    ) {
        let distance = abs(found - expected)
        let slack = max(tolerance, 2e-6 * max(abs(found), abs(expected)))
        let isEqual = found == expected || (distance < .infinity && distance <= slack)
        require(isEqual, expected: "\(expected)\(context())", found: "\(found)")
    }

    /// New random weights of the same count and magnitude, without zeros.
    mutating func otherWeights() -> [Float] { generator.grid(weights.count, magnitude: magnitude) }

    /// The weights, or their projection if a constraint excludes them: properties of a constraint are checked at points
    /// where it holds.
    func feasible(_ weights: [Float]) -> [Float] {
        guard let proximal = subject.proximal, subject.value(at: weights) == .infinity else { return weights }
        return subject.proximalPoint(by: proximal, of: weights, scale: magnitude)
    }
}

extension [Float] {
    /// A copy with another value for one element.
    func with(_ element: Int, _ value: Float) -> [Float] {
        var copy = self
        copy[element] = value
        return copy
    }

    /// Rotates two elements by the angle with cosine 0.6 and sine 0.8.
    mutating func rotate(_ one: Int, _ other: Int) {
        let (a, b) = (self[one], self[other])
        (self[one], self[other]) = (0.6 * a - 0.8 * b, 0.8 * a + 0.6 * b)
    }

    /// The sum of squares, in Double.
    var squaredNorm: Double { reduce(0) { $0 + Double($1) * Double($1) } }

    /// The largest magnitude, in Double; 0 if the array is empty.
    var largestMagnitude: Double { reduce(0) { Swift.max($0, abs(Double($1))) } }
}
