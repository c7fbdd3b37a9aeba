/// What a penalty cannot be made of, so that the compiler says why.
extension Penalty {
    /// Does not compile: there is no gradient to add.
    @available(
        *, unavailable,
        message: "a regularizer without a gradient cannot be a loss term; make it a .proximalStep"
    )
    public static func lossTerm(
        _ regularizer: some Regularizer, strength: Schedule = 1, on filter: ParameterFilter = .weights,
        label: String? = nil
    ) -> Penalty {
        fatalError("unavailable")
    }

    /// Does not compile: there is no gradient to add.
    @available(
        *, unavailable,
        message: "a regularizer without a gradient cannot be a loss term; make it a .proximalStep"
    )
    @_disfavoredOverload
    public static func lossTerm(
        _ regularizer: some Regularizer, strength: some BinaryFloatingPoint,
        on filter: ParameterFilter = .weights,
        label: String? = nil
    ) -> Penalty {
        fatalError("unavailable")
    }

    /// Does not compile: there is no proximal point to move to.
    @available(
        *, unavailable,
        message: "a regularizer without a proximal point cannot be a proximal step; make it a .lossTerm"
    )
    public static func proximalStep(
        _ regularizer: some Regularizer, strength: Schedule = 1, on filter: ParameterFilter = .weights,
        metric: ProximalMetric = .optimizer, label: String? = nil
    ) -> Penalty {
        fatalError("unavailable")
    }

    /// Does not compile: there is no proximal point to move to.
    @available(
        *, unavailable,
        message: "a regularizer without a proximal point cannot be a proximal step; make it a .lossTerm"
    )
    @_disfavoredOverload
    public static func proximalStep(
        _ regularizer: some Regularizer, strength: some BinaryFloatingPoint,
        on filter: ParameterFilter = .weights,
        metric: ProximalMetric = .optimizer, label: String? = nil
    ) -> Penalty {
        fatalError("unavailable")
    }
}

/// The same for regularizers of several tensors.
extension Penalty {
    /// Does not compile: there is no gradient to add.
    @available(
        *, unavailable,
        message: "a coupled regularizer without a gradient cannot be a loss term; make it a .proximalStep"
    )
    public static func lossTerm(
        _ regularizer: some CoupledRegularizer, strength: Schedule = 1, on filter: ParameterFilter,
        _ otherFilters: ParameterFilter..., label: String? = nil
    ) -> Penalty {
        fatalError("unavailable")
    }

    /// Does not compile: there is no proximal point to move to.
    @available(
        *, unavailable,
        message:
            "a coupled regularizer without a proximal point cannot be a proximal step; make it a .lossTerm"
    )
    public static func proximalStep(
        _ regularizer: some CoupledRegularizer, strength: Schedule = 1, on filter: ParameterFilter,
        _ otherFilters: ParameterFilter..., metric: ProximalMetric = .optimizer, label: String? = nil
    ) -> Penalty {
        fatalError("unavailable")
    }

    /// Does not compile: there is no tensor that it applies to.
    @available(
        *, unavailable,
        message: "a coupled regularizer needs a filter for each of its tensors: on: .named(…), .named(…)"
    )
    public static func lossTerm(
        _ regularizer: some CoupledRegularizer, strength: Schedule = 1, label: String? = nil
    ) -> Penalty {
        fatalError("unavailable")
    }

    /// Does not compile: there is no tensor that it applies to.
    @available(
        *, unavailable,
        message: "a coupled regularizer needs a filter for each of its tensors: on: .named(…), .named(…)"
    )
    public static func proximalStep(
        _ regularizer: some CoupledRegularizer, strength: Schedule = 1, metric: ProximalMetric = .optimizer,
        label: String? = nil
    ) -> Penalty {
        fatalError("unavailable")
    }
}
