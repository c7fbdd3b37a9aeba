internal import CKernels

/// The updates of the built-in rules, whose buffers are found by their index in the state.
extension UpdatePiece {
    /// Adam's, with the largest square in a third buffer if that is kept.
    func run(_ adam: CKAdam, keepsLargest: Bool) {
        ck_adam(
            count, adam, weights, gradient, buffer(0), buffer(1), keepsLargest ? buffer(2) : nil, stepSizes)
    }

    /// RMSprop's and Adagrad's, with the mean and the velocity in the buffers after the square, if they are kept.
    func run(_ rmsprop: CKRMSprop, keepsMean: Bool = false, keepsVelocity: Bool = false) {
        ck_rmsprop(
            count, rmsprop, weights, gradient, buffer(0), keepsMean ? buffer(1) : nil,
            keepsVelocity ? buffer(keepsMean ? 2 : 1) : nil, stepSizes)
    }

    /// That of SGD with momentum.
    func run(_ momentum: CKMomentum) { ck_momentum(count, momentum, weights, gradient, buffer(0)) }

    /// Lion's.
    func run(_ lion: CKLion) { ck_lion(count, lion, weights, gradient, buffer(0), buffer(1)) }

    /// That of gradient descent.
    func descend(rate: Float) { ck_add_multiple(count, gradient, -rate, weights) }

    /// Multiplies the gradients by a number.
    public mutating func scaleGradient(by factor: Float) { ck_scale(count, gradient, factor) }
}

extension StatePiece {
    /// Writes rate / root of a buffer times a correction.
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

    /// Writes the step sizes of RMSprop.
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
