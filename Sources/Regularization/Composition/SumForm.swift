/// What the structures and properties of summands say of their sum.
struct SumForm {
    /// The structure that holds for all summands: the common one, or a sum over elements; `.unknown` if there is none.
    let structure: Structure
    /// The properties that all summands have, without those of a proximal point, which the sum's need not have.
    ///
    /// Elements can be exchanged only if all summands have the same structure.
    let properties: CompositionProperties

    private init(_ structure: Structure, _ properties: CompositionProperties) {
        (self.structure, self.properties) = (structure, properties)
    }

    init(of regularizer: some Regularizer) { self.init(regularizer.structure, regularizer.properties) }

    static func + (a: SumForm, b: SumForm) -> SumForm {
        let common = a.properties.intersection(b.properties).subtracting([.clamping, .keepingLargest])
        let areAlike = a.structure == b.structure
        return SumForm(
            structure(a.structure, b.structure, areAlike: areAlike),
            areAlike ? common : common.subtracting(.permutationInvariant))
    }

    private static func structure(_ a: Structure, _ b: Structure, areAlike: Bool) -> Structure {
        if case .ridge(let first, []) = a, case .ridge(let second, []) = b { return .ridge(first + second) }
        if a.isUniform, b.isUniform { return .elementwise }
        if a.isSumOverElements, b.isSumOverElements { return .separable }
        return areAlike ? a : .unknown
    }
}
