/// A property that every regularizer must have, or every regularizer with a capability or a statement about itself.
///
/// The raw value is the law in words.
public enum RegularizerLaw: String, Sendable, Hashable, CaseIterable {
    /// If the regularizer accepts none of the shapes, no other law was checked.
    case acceptsSomeShape = "at least one shape is accepted"
    /// Nothing else can be written to except through unsafe pointers, which this law is for.
    case staysWithinItsTensor = "nothing is changed but the gradient, or the weights to be moved"
    /// A regularizer is a function: a call at other weights changes nothing.
    case isRepeatable = "the same weights give the same value, gradient and proximal point again"
    /// For an `ElementwiseRegularizer`, which an optimizer applies to any piece of a tensor, and for a regularizer of
    /// rows that states `.groupsAlike`, which it applies to some of the rows.
    case holdsInPieces = "value, gradient and proximal point of a part are those of the whole"
    /// For a `Codable` regularizer, or a composition of `Codable` parts.
    case survivesConfiguration = "what is read from a configuration is what was written"

    /// Checked also at zeros, one row, one column and empty tensors.
    case isFinite = "the value is a number, and gradient and proximal point are finite at finite weights"
    /// NaN in a weight on which the value depends makes the value NaN, and that element of gradient and proximal
    /// points.
    case propagatesNaN = "NaN in, NaN out"
    /// An infinite weight on which the value depends makes the value infinite or NaN; in proximal points an infinite
    /// element stays infinite or becomes NaN.
    case keepsInfinity = "infinity in, no finite number out"

    /// Checked except at kinks, where a gradient is any subgradient.
    case gradientIsDerivative = "the gradient is the derivative of the value"
    /// The gradient is multiplied by the scale and never replaces what is there.
    case gradientIsAdded = "scale times the gradient is added to what is there"
    /// `valueAddingGradient` gives the value and the gradient that separate calls give.
    case valueComesWithGradient = "value and gradient are the same in one call"
    /// Required for each element along which the value does not fall.
    case gradientVanishesAtZero = "the gradient is 0 at zero weights"

    /// Checked against many points: none of them may have a lower objective.
    case proximalPointIsMinimal = "the proximal point minimizes ½‖p − w‖² + t·R(p)"
    /// Not required where the value is infinite: the projection of a constraint is the same at every scale.
    case zeroScaleIsIdentity = "the proximal point at scale 0 is the point itself"
    /// Checked against many points: none of them may have a lower objective.
    case metricProximalPointIsMinimal =
        "the proximal point in a diagonal metric minimizes Σ (pᵢ − wᵢ)²/(2tᵢ) + R(p)"
    /// The Euclidean metric is a diagonal one: its scale may come as one number, as uniform scales or as one scale for
    /// each element.
    case equalScalesAreOneScale = "the proximal point at equal scales is that at one scale"
    /// Other elements do not matter; not required where the value is infinite.
    case zeroScalesStay = "elements with scale 0 stay"

    /// Required by `.convex`.
    case isConvex = "the value at a midpoint is at most the mean of the values"
    /// Required by `.convex`, of which it is a consequence.
    case isFirmlyNonexpansive = "‖prox x − prox y‖² ≤ ⟨prox x − prox y, x − y⟩"
    /// Required by `.positivelyHomogeneous`.
    case isPositivelyHomogeneous = "R(c·w) = c·R(w)"

    /// Required by `.monotoneInMagnitudes`.
    case isMonotoneInMagnitudes = "the value does not rise where magnitudes fall, whatever the signs"
    /// Required by `.permutationInvariant`.
    case isPermutationInvariant = "the value stays when elements of a group are exchanged"
    /// Required by `.groupsAlike`.
    case treatsGroupsAlike = "the value stays when whole groups of one size are exchanged"
    /// Required by `.linearInOrder`.
    case isLinearInOrder = "R(v + w) = R(v) + R(w) where the elements of v and w are in one order"
    /// Required by `.linearInOrderOfMagnitudes`.
    case isLinearInOrderOfMagnitudes =
        "R(v + w) = R(v) + R(w) where signs are equal and magnitudes in one order"

    /// Required by `.clamping`.
    case isClamping = "the proximal point limits the elements of a group to one interval"
    /// Required by `.keepingLargest`; the number of elements kept is the same for all weights, as far as they are not
    /// 0.
    case keepsLargest = "the proximal point keeps the largest elements of a group, always as many"
    /// Required by `.supportOnly`.
    case dependsOnSupport = "the value stays while the same elements are zero"

    /// Required by `.elementwise` and `.separable`.
    case isElementwise = "the value is a sum over the elements"
    /// Required by `.elementwise`, not by `.separable`.
    case isUniform = "the value is a sum of one function over all elements"
    /// Required by `.interval`.
    case isInterval = "the value is 0 within the interval and infinite outside"
    /// Required by `.grouped`.
    case isSumOverGroups = "the value is a sum over the groups"
    /// Required by `.radial`.
    case isRadial = "the value is a sum over the groups of a nondecreasing function of the norm"
    /// Required by `.normwise`.
    case isNormwise = "the value is a nondecreasing function of the groups' norms"
    /// Required by `.ridge`.
    case isRidge = "the value is the coefficient times ½‖w − center‖²"
    /// Required of a `SpectralRegularizer`.
    case isSpectral = "the value is the stated function of the singular values, in any order"

    /// Required by `kink`, unless it is `.unknown`.
    case isAsSharpAsStated = "the value rises from 0 as the kink says, and nowhere less"
}
