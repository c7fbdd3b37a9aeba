/// A root, and how many steps of Newton's method found it.
package struct NewtonRoot: Sendable {
    /// The root.
    package var value: Double
    /// The number of steps, each of which is a pass over the elements.
    package var steps = 0
}

/// A regularizer whose proximal point in a diagonal metric is found by Newton's method, a root for each group.
///
/// It shows how many steps that takes; what is shown is what `applyProx` does, or does where no kernel can.
package protocol NewtonRegularizer: MetricProximalRegularizer {
    /// How elements form groups.
    var groups: Groups { get }

    /// Moves a group to its proximal point and returns the number of steps, 0 where the group needs no root.
    func move(_ group: Group, of weights: inout MutableWeights, scales: Scales) -> Int
}
