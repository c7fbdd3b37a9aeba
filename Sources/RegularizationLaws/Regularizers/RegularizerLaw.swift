/// What must hold of every regularizer that has the capability or makes the claim.
///
/// The raw value is the law in words.
public enum RegularizerLaw: String, Sendable, Hashable, CaseIterable {
    /// At least one of the shapes is accepted; otherwise nothing was checked.
    case acceptsSomeShape = "at least one shape is accepted"
    /// Beside the gradient, the weights that are moved and nothing else can be written to, but through unsafe pointers.
    case staysWithinItsTensor = "nothing is changed but the gradient, or the weights to be moved"
    /// Also after a call at other weights: a regularizer is a function.
    case isRepeatable = "the same weights give the same value, gradient and proximal point again"
    /// Of an `ElementwiseRegularizer`, which an optimizer gives any piece of a tensor; and of what claims
    /// `.groupsAlike` of rows, which it gives some rows.
    case holdsInPieces = "value, gradient and proximal point of a part are those of the whole"
    /// Of a `Codable` one, or of a composition whose parts all are.
    case survivesConfiguration = "what is read from a configuration is what was written"

    /// On zeros, one row, one column and empty tensors too.
    case isFinite = "the value is a number, and gradient and proximal point are finite at finite weights"
    /// A weight that the value depends on and that is NaN makes the value NaN, and stays NaN.
    case propagatesNaN = "NaN in, NaN out"

    /// Away from kinks.
    case gradientIsDerivative = "the gradient is the derivative of the value"
    /// With the scale, and never in place of what the gradient holds.
    case gradientIsAdded = "scale times the gradient is added to what is there"
    /// The same value and gradient as one after the other.
    case valueComesWithGradient = "value and gradient are the same in one call"
    /// Unless the value falls from there.
    case gradientVanishesAtZero = "the gradient is 0 at zero weights"

    /// No probe has a lower objective.
    case proximalPointIsMinimal = "the proximal point minimizes ½‖p − w‖² + t·R(p)"
    /// Where the value is finite.
    case zeroScaleIsIdentity = "the proximal point at scale 0 is the point itself"
    /// No probe has a lower objective.
    case metricProximalPointIsMinimal =
        "the proximal point in a diagonal metric minimizes Σ (pᵢ − wᵢ)²/(2tᵢ) + R(p)"
    /// The Euclidean metric is a diagonal one; whether its scale comes alone, as uniform scales or as one for each element.
    case equalScalesAreOneScale = "the proximal point at equal scales is that at one scale"
    /// Whatever becomes of their neighbors, where the value is finite.
    case zeroScalesStay = "elements with scale 0 stay"

    /// Claimed by `.convex`.
    case isConvex = "the value at a midpoint is at most the mean of the values"
    /// Follows from `.convex`.
    case isFirmlyNonexpansive = "‖prox x − prox y‖² ≤ ⟨prox x − prox y, x − y⟩"
    /// Claimed by `.positivelyHomogeneous`.
    case isPositivelyHomogeneous = "R(c·w) = c·R(w)"

    /// Claimed by `.monotoneInMagnitudes`.
    case isMonotoneInMagnitudes = "the value does not rise where magnitudes fall, whatever the signs"
    /// Claimed by `.permutationInvariant`.
    case isPermutationInvariant = "the value stays when elements of a group are exchanged"
    /// Claimed by `.groupsAlike`.
    case treatsGroupsAlike = "the value stays when whole groups of one size are exchanged"
    /// Claimed by `.linearInOrder`.
    case isLinearInOrder = "R(v + w) = R(v) + R(w) where the elements of v and w are in one order"
    /// Claimed by `.linearInOrderOfMagnitudes`.
    case isLinearInOrderOfMagnitudes =
        "R(v + w) = R(v) + R(w) where signs are equal and magnitudes in one order"

    /// Claimed by `.clamping`.
    case isClamping = "the proximal point limits the elements of a group to one interval"
    /// Claimed by `.keepingLargest`.
    case keepsLargest = "the proximal point keeps the largest elements of a group, always as many"
    /// Claimed by `.supportOnly`.
    case dependsOnSupport = "the value stays while the same elements are zero"

    /// Claimed by `.elementwise` and `.separable`.
    case isElementwise = "the value is a sum over the elements"
    /// Claimed by `.elementwise`, and not by `.separable`.
    case isUniform = "the value is a sum of one function over all elements"
    /// Claimed by `.interval`.
    case isInterval = "the value is 0 within the interval and infinite outside"
    /// Claimed by `.grouped`.
    case isSumOverGroups = "the value is a sum over the groups"
    /// Claimed by `.radial`.
    case isRadial = "the value is a sum over the groups of a nondecreasing function of the norm"
    /// Claimed by `.normwise`.
    case isNormwise = "the value is a nondecreasing function of the groups' norms"
    /// Claimed by `.ridge`.
    case isRidge = "the value is the coefficient times ½‖w − center‖²"
    /// Claimed by `SpectralRegularizer`.
    case isSpectral = "the value is the stated function of the singular values, in any order"

    /// Claimed by `kink`.
    case isAsSharpAsStated = "the value rises from 0 as the kink says, and nowhere less"
}
