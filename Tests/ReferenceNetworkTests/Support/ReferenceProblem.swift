import Foundation
import ReferenceNetwork
import Regularization
import Testing

/// A convex problem of the reference, its data, and its objective in Double.
struct ReferenceProblem {
    enum Kind {
        case squares, logistic, multinomial
    }

    let kind: Kind
    let optimum: ReferenceOptimum
    /// Rows of features, and of targets or a class.
    let features: [[Double]]
    let targets: [[Double]]
    let outputs: Int

    static let names = [
        "lasso_diabetes_std_f0.1", "lasso_diabetes_std_f0.01", "lasso_diabetes_std_f0.1_intercept",
        "lasso_nonneg_diabetes_std_f0.1", "lasso_groups_12x5_f0.1", "lasso_groups_12x5_f0.01",
        "lasso_groups_12x5_f0.1_intercept",
        "elasticnet_diabetes_std_f0.1_r0.5", "elasticnet_diabetes_std_f0.05_r0.9",
        "grouplasso_groups_12x5_f0.1", "grouplasso_groups_12x5_f0.02", "grouplasso_groups_12x5_sqrt_f0.1",
        "sgl_groups_12x5_f0.2_rho0.5", "sgl_groups_12x5_f0.05_rho0.2", "sgl_groups_12x5_sqrt_f0.2_rho0.5",
        "ridge_diabetes_std", "ridge_groups_12x5", "multitask_rows_f0.1", "logistic_l1_breast_cancer_f0.01",
        "logistic_group_breast_cancer_f0.05", "logistic_group_breast_cancer_f0.3",
        "multinomial_l1_wine_f0.02", "multinomial_l1_wine_f0.1", "multinomial_l1_wine_f0.3",
        "multinomial_l1_wine_f0.1_intercept",
    ]

    init(_ name: String) throws {
        optimum = try reference(name)
        kind =
            name.hasPrefix("multinomial")
            ? .multinomial : name.hasPrefix("logistic") ? .logistic : .squares
        let text = try String(contentsOfFile: referencePath(optimum.data), encoding: .utf8)
        let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",") }
        let inputs = lines[0].count { $0.hasPrefix("x") }
        let rows = try lines.dropFirst().map { try $0.map { try #require(Double($0)) } }
        let offset = optimum.target_offset ?? 0
        features = rows.map { Array($0[..<inputs]) }
        targets = rows.map { $0[inputs...].map { $0 + offset } }
        outputs = kind == .multinomial ? 3 : targets[0].count
    }

    var samples: Samples {
        let values = targets.flatMap { $0 }
        return Samples(
            features: features.flatMap { $0 }.map { Float($0) }, inputs: features[0].count,
            targets: kind == .squares
                ? .values(values.map { Float($0) }, outputs: outputs)
                : .classes(values.map { Int($0) }, names: kind == .logistic ? ["0", "1"] : ["0", "1", "2"]))
    }

    /// Without hidden layers, at zero; without a bias where the problem has none.
    var network: FeedForwardNetwork {
        let loss: Loss =
            switch kind {
            case .squares: .meanSquaredError
            case .logistic: .binaryCrossEntropy
            case .multinomial: .softmaxCrossEntropy
            }
        var network = FeedForwardNetwork(
            inputs: features[0].count, hidden: [], outputs: outputs, bias: optimum.fit_intercept, loss: loss)
        network.parameters = Parameters(zeros: network.parameters.layout)
        return network
    }

    /// What the network's loss is of that of the reference, which halves squares and does not average
    /// outputs.
    var factor: Double { kind == .squares ? 2 / Double(outputs) : 1 }

    /// In units of the network's loss.
    var penalties: [Penalty] {
        let parameters = optimum.parameters
        var penalties: [Penalty] = []
        if let l1 = parameters.l1 { penalties.append(.proximalStep(L1(), strength: factor * l1)) }
        if parameters.positive == true { penalties.append(.proximalStep(Nonnegative())) }
        if let l2 = parameters.l2 { penalties.append(.proximalStep(SquaredL2(), strength: factor * l2)) }
        if let rows = parameters.rows {
            penalties.append(
                .proximalStep(GroupLasso(.columns, weighting: .none), strength: factor * rows))
        }
        if let group = parameters.group {
            penalties.append(.proximalStep(groupLasso, strength: factor * group))
        }
        return penalties
    }

    var groupLasso: GroupLasso {
        GroupLasso(
            .indexSets(optimum.parameters.groups ?? []),
            weighting: .custom(optimum.parameters.group_weights ?? []))
    }

    /// The nonzero weights, as the network orders them.
    var support: [Bool] {
        guard case .matrix(let rows) = optimum.coefficients else { return [] }
        return (0..<outputs).flatMap { output in rows.map { $0[output] != 0 } }
    }

    /// The objective of the reference at the network's parameters.
    func objective(at parameters: Parameters) -> Double {
        let inputs = features[0].count
        let weights = parameters["fully.0.weight"].map { Double($0) }
        let biases =
            optimum.fit_intercept
            ? parameters["fully.0.bias"].map { Double($0) } : Array(repeating: 0, count: outputs)
        var sum = 0.0
        for (row, target) in zip(features, targets) {
            let outputs = (0..<outputs).map { output in
                biases[output] + zip(row, weights[(output * inputs)...]).reduce(0) { $0 + $1.0 * $1.1 }
            }
            switch kind {
            case .squares:
                sum += zip(outputs, target).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / 2 }
            case .logistic:
                sum += log1p(exp(target[0] == 1 ? -outputs[0] : outputs[0]))
            case .multinomial:
                sum += log(outputs.reduce(0) { $0 + exp($1) }) - outputs[Int(target[0])]
            }
        }
        return sum / Double(features.count) + penalty(at: weights)
    }

    private func penalty(at weights: [Double]) -> Double {
        let parameters = optimum.parameters
        let norm = { (values: [Double]) in values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        var sum = (parameters.l1 ?? 0) * weights.reduce(0) { $0 + abs($1) }
        sum += (parameters.l2 ?? 0) / 2 * weights.reduce(0) { $0 + $1 * $1 }
        for (index, group) in (parameters.groups ?? []).enumerated() {
            sum +=
                (parameters.group ?? 0) * parameters.group_weights![index] * norm(group.map { weights[$0] })
        }
        let inputs = features[0].count
        for input in 0..<inputs {
            sum += (parameters.rows ?? 0) * norm((0..<outputs).map { weights[$0 * inputs + input] })
        }
        return sum
    }
}
