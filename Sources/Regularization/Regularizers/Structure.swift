/// The form of a regularizer, which decides with which proximal points its own composes exactly.
public enum Structure: Sendable, Hashable {
    /// The form is not stated.
    case unknown
    /// Σ φ(wᵢ): one function of every element.
    case elementwise
    /// Σ φᵢ(wᵢ): a sum of functions of one element each, which may differ from element to element.
    case separable
    /// 0 if every element is in the interval, else +∞.
    case interval(ClosedRange<Float>)
    /// A sum over the groups of a nondecreasing function of each group's L2 norm.
    case radial(Groups)
    /// A nondecreasing function of the groups' L2 norms that need not be a sum, such as the largest of them.
    case normwise(Groups)
    /// A sum over the groups of functions of each group's elements.
    case grouped(Groups)
    /// coefficient · ½‖w − center‖², where an empty center stands for 0; it folds into every other proximal point.
    case ridge(Double, center: [Float] = [])
}
