extension Penalty {
    /// The gradient of strength · R joins the gradients, its value the loss, for a regularizer of several tensors.
    public static func lossTerm(
        _ regularizer: some DifferentiableCoupledRegularizer, strength: Schedule = 1,
        on filter: ParameterFilter, _ otherFilters: ParameterFilter..., label: String? = nil
    ) -> Penalty {
        Penalty(
            subject: .coupled(regularizer), stage: .lossTerm, strength: strength,
            filters: [filter] + otherFilters, metric: .optimizer, label: label ?? regularizer.name)
    }

    /// The same with a strength that is computed.
    @_disfavoredOverload
    public static func lossTerm(
        _ regularizer: some DifferentiableCoupledRegularizer, strength: some BinaryFloatingPoint,
        on filter: ParameterFilter, _ otherFilters: ParameterFilter..., label: String? = nil
    ) -> Penalty {
        Penalty(
            subject: .coupled(regularizer), stage: .lossTerm, strength: .constant(Double(strength)),
            filters: [filter] + otherFilters, metric: .optimizer, label: label ?? regularizer.name)
    }

    /// After each update the weights of several tensors move to the proximal point of step size · strength · R.
    public static func proximalStep(
        _ regularizer: some ProximalCoupledRegularizer, strength: Schedule = 1,
        on filter: ParameterFilter, _ otherFilters: ParameterFilter..., metric: ProximalMetric = .optimizer,
        label: String? = nil
    ) -> Penalty {
        Penalty(
            subject: .coupled(regularizer), stage: .proximalStep, strength: strength,
            filters: [filter] + otherFilters, metric: metric, label: label ?? regularizer.name)
    }

    /// The same with a strength that is computed.
    @_disfavoredOverload
    public static func proximalStep(
        _ regularizer: some ProximalCoupledRegularizer, strength: some BinaryFloatingPoint,
        on filter: ParameterFilter, _ otherFilters: ParameterFilter..., metric: ProximalMetric = .optimizer,
        label: String? = nil
    ) -> Penalty {
        Penalty(
            subject: .coupled(regularizer), stage: .proximalStep, strength: .constant(Double(strength)),
            filters: [filter] + otherFilters, metric: metric, label: label ?? regularizer.name)
    }
}
