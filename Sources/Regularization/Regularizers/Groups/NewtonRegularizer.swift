/// A regularizer whose proximal point in a diagonal metric takes one root for each group, found by Newton's method.
///
/// It shows tests and benchmarks how many steps that takes. The steps are those that `applyProx` makes, or would make
/// where a kernel moves the group instead.
package protocol NewtonRegularizer: MetricProximalRegularizer {
    /// The division of the elements into groups.
    var groups: Groups { get }

    /// Moves a group to its proximal point, and returns the number of steps; 0 where the group needs no root.
    func move(_ group: Group, of weights: inout MutableWeights, scales: Scales) -> Int
}
