import Regularization

/// The weights at which regularizers are examined, for one shape.
enum Inputs {
    /// Tensors of one shape: random weights, dense and sparse, of many magnitudes; zeros; and weights at which
    /// functions have kinks.
    ///
    /// The same seed gives the same weights on every platform. An empty shape has one input, without elements.
    static func all(of shape: Shape, seed: UInt64) -> [[Float]] {
        let count = shape.count
        if count == 0 { return [[]] }
        var generator = SeededGenerator(seed: seed)
        let dense = generator.grid(count)
        let sparse = generator.grid(count).map { generator.next() % 2 == 0 ? $0 : 0 }
        let (large, tiny) = (generator.next() % 31 + 20, generator.next() % 31 + 20)
        var inputs = [
            dense, sparse, Array(repeating: 0, count: count), generator.grid(count, magnitude: 0x1p-8),
            generator.grid(count, magnitude: 0x1p6),
            generator.grid(count, magnitude: Float(sign: .plus, exponent: Int(large), significand: 1)),
            generator.grid(count, magnitude: Float(sign: .plus, exponent: -Int(tiny), significand: 1)),
            generator.kinks(count), generator.spread(count),
        ]
        if shape.rows > 1 || shape.columns > 1 { inputs.append(permutation(shape)) }
        if shape.rows > 1 && shape.columns > 1 {
            inputs += [equalRows(shape), withZeroRowAndColumn(dense, shape)]
        }
        return inputs
    }

    /// The scale, in units of the weights' magnitude, at which elements and norms of the inputs lie on the threshold of
    /// L1 or of a group lasso.
    static let threshold: Float = 0.375

    /// One nonzero number in each row, 1 in the last and `threshold` in all others: repeated singular values, and norms
    /// on a threshold.
    private static func permutation(_ shape: Shape) -> [Float] {
        var weights = [Float](repeating: 0, count: shape.count)
        for row in 0..<shape.rows {
            weights[row * shape.columns + row % shape.columns] = row == shape.rows - 1 ? 1 : threshold
        }
        return weights
    }

    /// A matrix of rank one whose rows are equal: 1 in the first column, `threshold` in all others.
    private static func equalRows(_ shape: Shape) -> [Float] {
        (0..<shape.count).map { $0 % shape.columns == 0 ? 1 : threshold }
    }

    /// The weights with zeros in the first row and in the last column.
    private static func withZeroRowAndColumn(_ weights: [Float], _ shape: Shape) -> [Float] {
        weights.indices.map { index in
            let isZero = index < shape.columns || index % shape.columns == shape.columns - 1
            return isZero ? 0 : weights[index]
        }
    }
}

extension SeededGenerator {
    /// Random numbers of different magnitudes, up to a factor of 2¹⁶ apart.
    fileprivate mutating func spread(_ count: Int) -> [Float] {
        grid(count).map { $0 * Float(sign: .plus, exponent: Int(next() % 17) - 10, significand: 1) }
    }

    /// Random multiples of 2⁻⁹ · magnitude in [−2, 2] · magnitude without 0, so that sums, halves and small differences
    /// are exact.
    mutating func grid(_ count: Int, magnitude: Float = 1) -> [Float] {
        (0..<count).map { _ in
            let steps = Float(next() % 1024) + 1
            return (next() % 2 == 0 ? steps : -steps) * 0x1p-9 * magnitude
        }
    }

    /// Random numbers of five magnitudes, so that many are equal: zeros, and numbers on the thresholds of L1.
    mutating func kinks(_ count: Int) -> [Float] {
        let magnitudes: [Float] = [0, 1, Inputs.threshold, 0.125, 0x1p-6]
        return (0..<count).map { element in
            // The first number has the largest magnitude, 1, to which the scales are relative.
            let magnitude = element == 0 ? 1 : magnitudes[Int(next() % UInt64(magnitudes.count))]
            return next() % 2 == 0 ? magnitude : -magnitude + 0
        }
    }
}
