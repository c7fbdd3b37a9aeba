import Regularization
import RegularizationLaws
import Testing

/// What is wrong in one way, and the law that is meant to see it.
struct Broken<Subject, Law: RawRepresentable<String> & Sendable>: Sendable, CustomTestStringConvertible {
    let name: String
    let law: Law
    private let make: @Sendable () -> Subject

    /// A new one: tests run at the same time and must not share the state of some.
    var subject: Subject { make() }
    var testDescription: String { "\(name): \(law.rawValue)" }
}

typealias BrokenRegularizer = Broken<any Regularizer, RegularizerLaw>
typealias BrokenOptimizer = Broken<any Optimizer, OptimizerLaw>

extension BrokenRegularizer {
    init(_ make: @escaping @autoclosure @Sendable () -> any Regularizer, _ law: RegularizerLaw) {
        self.init(name: make().name, law: law, make: make)
    }
}

extension BrokenOptimizer {
    init(
        _ make: @escaping @autoclosure @Sendable () -> any Optimizer, _ law: OptimizerLaw, name: String? = nil
    ) {
        self.init(name: name ?? "\(type(of: make()))", law: law, make: make)
    }
}

/// Regularizers without state that break the same law.
func breaking(_ law: RegularizerLaw, _ regularizers: any Regularizer...) -> [BrokenRegularizer] {
    regularizers.map { regularizer in BrokenRegularizer(regularizer, law) }
}

/// Those that are to be found, and found again where they are shown.
let brokenRegularizers: [BrokenRegularizer] = [
    wrongGradients, wrongProximalPoints, wrongClaims, wrongEdges, wrongFunctions, wrongConfigurations,
].flatMap { $0 }

let brokenOptimizers: [BrokenOptimizer] = [wrongStates, wrongPieces, wrongMovements, wrongStepSizes].flatMap {
    $0
}
