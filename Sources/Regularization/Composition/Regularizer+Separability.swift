extension Regularizer {
    /// Whether all summands are sums of one function over all elements, which `ElementwiseRegularizer` promises.
    var isElementwise: Bool {
        summands().allSatisfy { $0.regularizer is any ElementwiseRegularizer }
    }
}

extension Regularizer {
    /// Whether R is a sum of one function over rows, so that its value, gradient and proximal point at some rows do not
    /// depend on the others.
    var isSumOverRows: Bool {
        structure.isUniform
            || structure.isSum(over: .rows) && structure.groups == .rows && properties.contains(.groupsAlike)
    }
}
