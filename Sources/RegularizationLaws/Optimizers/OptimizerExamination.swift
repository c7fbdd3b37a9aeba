import Regularization

/// The check of one law for one optimizer, on weights and gradients that follow from the seed.
struct OptimizerExamination<Subject: Optimizer> {
    let law: OptimizerLaw
    let optimizer: Subject
    let seed: UInt64
    private(set) var violation: OptimizerViolation?

    init(_ law: OptimizerLaw, _ optimizer: Subject, seed: UInt64) {
        (self.law, self.optimizer, self.seed) = (law, optimizer, seed)
    }

    /// Checks the law and notes the first violation; checks nothing if the law is about a metric that the optimizer
    /// does not have.
    mutating func examine() {
        if law.isAboutStepSizes && optimizer.metric.value == .undefined { return }
        switch law {
        case .countsUpdates: checkCount()
        case .keepsBuffersInLayout: checkBuffers()
        case .isRepeatable: checkRepetition()
        case .livesInItsState: checkState()
        case .holdsInPieces: checkPieces()
        case .holdsOnThreads: checkThreads()
        case .isPreparedEverywhere: checkPreparation()
        case .staysWithoutGradient: checkZeroGradients()
        case .keepsWeightsAtRateZero: checkRateZero()
        case .propagatesNaN: checkNaN()
        case .hasStepSizes: checkStepSizes()
        case .scalesStepSizes: checkProportion()
        case .writesStepSizesInPieces: checkRanges()
        case .givesItsStepSizes: checkStepSizesOfSteps()
        case .movesAlikeWithStepSizes: checkMovementWithStepSizes()
        case .movesByStepSizes: checkRest()
        }
    }

    /// Whether the optimizer is an update rule without preparation, so that each weight moves independently of all
    /// others.
    var isPlainRule: Bool { optimizer is any UpdateRule && !(optimizer is any PreparedUpdateRule) }

    /// Notes a violation unless the condition holds or a violation was noted before.
    mutating func require(
        _ holds: Bool, expected: @autoclosure () -> String, found: @autoclosure () -> String
    ) {
        if holds || violation != nil { return }
        violation = OptimizerViolation(
            law: law, optimizer: "\(Subject.self)", seed: seed, expected: expected(), found: found())
    }

    /// Requires the same weights, buffers and number of updates, bit for bit.
    mutating func requireSame(
        _ found: TrialResult, _ expected: TrialResult, _ context: @autoclosure () -> String
    ) {
        guard violation == nil, let difference = found.difference(from: expected) else { return }
        require(false, expected: "\(difference.expected) \(context())", found: difference.found)
    }
}

extension OptimizerLaw {
    /// Whether the law is about step sizes, so that an optimizer with an `UndefinedMetric` has nothing to check.
    fileprivate var isAboutStepSizes: Bool {
        switch self {
        case .hasStepSizes, .scalesStepSizes, .writesStepSizesInPieces, .givesItsStepSizes,
            .movesAlikeWithStepSizes, .movesByStepSizes:
            true
        default: false
        }
    }
}
