/// A root that Newton's method has found, and the number of steps that it took.
package struct NewtonRoot: Sendable {
    /// The root.
    package var value: Double
    /// The number of steps, each of which is a pass over the elements.
    package var steps = 0
}
