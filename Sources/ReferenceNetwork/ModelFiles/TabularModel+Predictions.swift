import Regularization

extension TabularModel {
    /// The predictions for the rows of a table, whose columns are found by their names, in any order.
    ///
    /// The columns of the target may be there, and are not read.
    ///
    /// - Parameters:
    ///   - source: The file or the text.
    ///   - more: The names of columns to leave out beside those that were left out of the training table.
    ///   - extraColumns: Whether the table may have other columns.
    ///   - format: The separator and the decimal mark, if they are not those of the training table.
    /// - Throws: `PredictionError` for a table that cannot be read or lacks columns, all of which it names, for a
    ///   feature that cannot be scaled, and for an output that is not finite.
    /// - Complexity: O(bytes + rows × weights) in time, and O(rows × units) in memory.
    public func predictions(
        in source: TableSource, excluding more: [String] = [],
        extraColumns: TableSchema.ExtraColumns = .refused, format: TableFormat? = nil
    ) throws(PredictionError) -> TablePredictions {
        let reading: TableReading
        do {
            reading = try schema.readFeatures(
                in: source, excluding: more, extraColumns: extraColumns, format: format)
        } catch {
            throw .table(error)
        }
        return try predictions(for: reading.features, rows: reading.rows)
    }

    /// The predictions for features that are in memory, row-major, rows × features, not scaled.
    ///
    /// Traps if they are no whole number of rows. Without features there are no rows.
    ///
    /// - Throws: `PredictionError` for a feature that cannot be scaled, and for an output that is not finite.
    /// - Complexity: O(rows × weights) in time, and O(rows × units) in memory.
    public func predictions(for features: [Float]) throws(PredictionError) -> TablePredictions {
        let inputs = network.inputs
        require(
            features.count.isMultiple(of: inputs),
            "\(features.count) features are no whole rows of the \(inputs) of the model.")
        return try predictions(for: features, rows: inputs == 0 ? 0 : features.count / inputs)
    }

    private func predictions(
        for features: [Float], rows: Int
    ) throws(PredictionError) -> TablePredictions {
        // Features that are not scaled are finite too.
        let scaling =
            scaling
            ?? FeatureScaling(
                offsets: Array(repeating: 0, count: network.inputs),
                factors: Array(repeating: 1, count: network.inputs))
        var samples = Samples(
            features: features, inputs: network.inputs,
            targets: .values(Array(repeating: 0, count: rows), outputs: 1), featureNames: schema.features)
        do {
            samples = try scaling.scaled(samples)
        } catch {
            throw .features(error)
        }
        let logits = network.logits(for: samples.features, samples: rows)
        try checkFinite(logits)
        var results = logits
        network.finish(&results)
        switch schema.target {
        case .classes(_, let names):
            let outputs = network.outputs
            let classes = (0..<rows).map {
                network.predictedClass(logits[$0 * outputs..<($0 + 1) * outputs])!
            }
            if network.loss == .binaryCrossEntropy {
                results = zip(logits, results).flatMap { [logistic(-$0), $1] }
            }
            return .classes(classes, names: names, probabilities: results)
        case .values(let columns):
            if let targetScaling {
                results = targetScaling.unscaled(results)
                try checkFinite(results)
            }
            return .values(results, columns: columns)
        }
    }

    private func checkFinite(_ outputs: [Float]) throws(PredictionError) {
        if let index = outputs.firstIndex(where: { !$0.isFinite }) {
            throw .notFinite(row: index / network.outputs, output: index % network.outputs)
        }
    }
}
