internal import CKernels

/// The updates of the built-in rules, which also write the step sizes if these are wanted, and see what is not finite.
///
/// Buffers are found by their index in the state.
extension UpdatePiece {
    /// Updates by Adam: the mean is buffer 0, the square 1, and the largest square, if it is kept, 2.
    mutating func run(_ adam: CKAdam, keepsLargest: Bool) {
        isFinite = ck_adam(
            count, adam, weights, gradient, buffer(0), buffer(1), keepsLargest ? buffer(2) : nil, stepSizes)
    }

    /// Updates by RMSprop or Adagrad: the square is buffer 0, followed by the mean and the velocity as far as they
    /// are kept.
    mutating func run(_ rmsprop: CKRMSprop, keepsMean: Bool = false, keepsVelocity: Bool = false) {
        isFinite = ck_rmsprop(
            count, rmsprop, weights, gradient, buffer(0), keepsMean ? buffer(1) : nil,
            keepsVelocity ? buffer(keepsMean ? 2 : 1) : nil, stepSizes)
    }

    /// Updates by SGD with momentum, without step sizes; the velocity is buffer 0.
    mutating func run(_ momentum: CKMomentum) {
        isFinite = ck_momentum(count, momentum, weights, gradient, buffer(0))
    }

    /// Updates by Lion, without step sizes; the mean is buffer 0 and the average square 1.
    mutating func run(_ lion: CKLion) {
        isFinite = ck_lion(count, lion, weights, gradient, buffer(0), buffer(1))
    }

    /// Updates by SGD without momentum, w ← w − rate · g, without step sizes.
    mutating func descend(rate: Float) { isFinite = ck_descend(count, rate, gradient, weights) }

    /// Multiplies the gradients of this piece by a factor.
    public mutating func scaleGradient(by factor: Float) { ck_scale(count, gradient, factor) }
}

extension StatePiece {
    /// Writes the step sizes rate / root(v · correction), with the elements v of a buffer.
    func writeStepSizes(
        _ rate: Float, overRoot root: CKRoot, of buffer: Int, correction: Float = 1,
        to sizes: inout MutableSpan<Float>
    ) {
        self[buffer].withUnsafeBufferPointer { squares in
            sizes.withUnsafeMutableBufferPointer { sizes in
                ck_root_sizes(squares.count, rate, root, correction, squares.baseAddress, sizes.baseAddress)
            }
        }
    }

    /// Writes the step sizes of RMSprop, from the same buffers as its update.
    func writeStepSizes(of rmsprop: CKRMSprop, keepsMean: Bool, to sizes: inout MutableSpan<Float>) {
        self[0].withUnsafeBufferPointer { squares in
            self[keepsMean ? 1 : 0].withUnsafeBufferPointer { means in
                sizes.withUnsafeMutableBufferPointer { sizes in
                    ck_rmsprop_sizes(
                        squares.count, rmsprop, squares.baseAddress, keepsMean ? means.baseAddress : nil,
                        sizes.baseAddress)
                }
            }
        }
    }
}
