internal import CKernels

/// Updates every weight from its gradient, in one pass.
///
/// For optimizers of one's own; the body is specialised where it is written.
@inlinable
public func updateEach(
    _ parameters: inout Parameters, along gradients: borrowing Gradients,
    _ body: (_ weight: inout Float, _ gradient: Float) -> Void
) {
    require(parameters.count == gradients.elements.count, "Parameters and gradients differ in count.")
    var weights = parameters.mutableElements
    let slopes = gradients.elements
    for index in 0..<slopes.count {
        body(&weights[unchecked: index], slopes[unchecked: index])
    }
}

/// Updates every weight and its state from its gradient, in one pass.
///
/// An empty state is made zero first; traps if a state has another count than the parameters.
@inlinable
public func updateEach(
    _ parameters: inout Parameters, along gradients: borrowing Gradients, _ state: inout [Float],
    _ body: (_ weight: inout Float, _ gradient: Float, _ state: inout Float) -> Void
) {
    require(parameters.count == gradients.elements.count, "Parameters and gradients differ in count.")
    state.prepareAsState(count: parameters.count)
    var weights = parameters.mutableElements
    let slopes = gradients.elements
    var states = state.mutableSpan
    for index in 0..<slopes.count {
        body(&weights[unchecked: index], slopes[unchecked: index], &states[unchecked: index])
    }
}

/// Updates every weight and its two states from its gradient, in one pass.
///
/// An empty state is made zero first; traps if a state has another count than the parameters.
@inlinable
public func updateEach(
    _ parameters: inout Parameters, along gradients: borrowing Gradients,
    _ first: inout [Float], _ second: inout [Float],
    _ body: (_ weight: inout Float, _ gradient: Float, _ first: inout Float, _ second: inout Float) -> Void
) {
    require(parameters.count == gradients.elements.count, "Parameters and gradients differ in count.")
    first.prepareAsState(count: parameters.count)
    second.prepareAsState(count: parameters.count)
    var weights = parameters.mutableElements
    let slopes = gradients.elements
    var firsts = first.mutableSpan
    var seconds = second.mutableSpan
    for index in 0..<slopes.count {
        body(
            &weights[unchecked: index], slopes[unchecked: index],
            &firsts[unchecked: index], &seconds[unchecked: index])
    }
}

extension Array where Element == Float {
    @inlinable
    mutating func prepareAsState(count expected: Int) {
        if isEmpty { self = Array(repeating: 0, count: expected) }
        require(
            count == expected,
            "An optimizer's state belongs to one model; make a new optimizer for another.")
    }
}

/// Replaces each element by its square root, for the step sizes of an optimizer of one's own.
///
///     for index in 0..<sizes.count { sizes[index] = squares[range.lowerBound + index] }
///     takeSquareRoots(of: &sizes)
///
/// A loop around `Float.squareRoot()` takes them one at a time on Linux; this takes as many at once as the
/// processor can. They are correctly rounded; the root of a negative number is NaN.
public func takeSquareRoots(of elements: inout MutableSpan<Float>) {
    elements.withUnsafeMutableBufferPointer { ck_square_roots($0.count, $0.baseAddress) }
}
