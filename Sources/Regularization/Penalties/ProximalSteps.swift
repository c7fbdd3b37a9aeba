/// The proximal steps of all views, in an order in which they are exact.
///
/// The steps that act on a tensor piece by piece come first, then those that need whole views. Views cover whole
/// tensors, so two views meet if and only if they have a tensor in common:
/// - Penalties on the same view are planned together, see `ProximalPlan`; a sum over elements that covers all
///   tensors of a view counts as a penalty on that view.
/// - Other sums over elements are not gathered: they act on each of their tensors. On a part of another penalty's view
///   they come first, where `CompositionRule.elementwiseFirst` or `.intervalLast` says that this is exact: these rules
///   require nothing of the elements that the sums do not act on.
/// - Squared L2 on a part of another penalty's view changes the scales of that part, so it folds in a diagonal metric
///   alone.
/// - Other penalties whose views differ and have a tensor in common are refused.
struct ProximalSteps: Sendable {
    /// The steps that act on each tensor piece by piece; nil if there are none.
    private(set) var piecewise: [ViewPlan?]
    /// The steps that need whole views, in their order.
    private(set) var whole: [ViewPlan] = []
    private let tensors: [ResolvedView]
    private let planMetric: PlanMetric

    init(_ steps: [Attachment], in layout: Layout, _ planMetric: PlanMetric) throws(PenaltyError) {
        self.planMetric = planMetric
        tensors = layout.tensors.indices.map { ResolvedView(ViewMatrix($0, in: layout), in: layout) }
        piecewise = Array(repeating: nil, count: tensors.count)
        var wholeViews: [WholeViewSteps] = []
        var piecewiseSteps: [[Attachment]] = Array(repeating: [], count: tensors.count)
        for step in steps where !step.isElementwise { try wholeViews.add(step, planMetric) }
        for step in steps where step.isElementwise {
            if let same = wholeViews.firstIndex(where: { $0.view == step.view }) {
                wholeViews[same].sources.append(step)
                continue
            }
            for tensor in step.view.tensors {
                let part = step.moved(to: tensors[tensor])
                if let other = wholeViews.firstIndex(where: { $0.view.tensors.contains(tensor) }) {
                    wholeViews[other].add(part)
                } else {
                    piecewiseSteps[tensor].append(part)
                }
            }
        }
        for wholeView in wholeViews { try add(wholeView) }
        for (tensor, sources) in piecewiseSteps.enumerated() where !sources.isEmpty {
            let metric = try ViewPlan.metric(of: sources, planMetric)
            let plan = try ViewPlan(tensors[tensor], sources, in: metric, planMetric)
            if plan.isElementwise { piecewise[tensor] = plan } else { whole.append(plan) }
        }
    }

    /// Whether the step sizes of a tensor are needed after all of the tensor has been updated.
    func keepsStepSizes(of tensor: Int) -> Bool {
        planMetric == .diagonal
            && whole.contains { $0.metric == .optimizer && $0.view.tensors.contains(tensor) }
    }

    /// Plans the steps on a whole view and the steps on its parts that come before them; throws if they do not compose.
    private mutating func add(_ wholeView: WholeViewSteps) throws(PenaltyError) {
        var wholeView = wholeView
        let metric = try ViewPlan.metric(of: wholeView.sources + wholeView.parts, planMetric)
        wholeView.gatherSums()
        let plan = try ViewPlan(wholeView.view, wholeView.sources, in: metric, planMetric)
        for part in wholeView.parts {
            try wholeView.check(part, comesFirstIn: plan, metric == .euclidean ? .euclidean : planMetric)
        }
        for tensor in Set(wholeView.parts.map(\.view.tensors[0])) {
            let parts = wholeView.parts.filter { $0.view.tensors == [tensor] }
            let first = try ViewPlan(tensors[tensor], parts, in: metric, planMetric)
            if !first.isElementwise {
                throw wholeView.refusal(
                    of: parts[0], beside: wholeView.sources[0], "one of them is found by iteration")
            }
            piecewise[tensor] = first
        }
        whole.append(plan)
    }
}

/// The penalties on a view whose elements are needed all at once, and those on parts of it.
private struct WholeViewSteps {
    let view: ResolvedView
    /// The penalties on the view itself.
    var sources: [Attachment]
    /// Sums over elements on single tensors of the view.
    var parts: [Attachment] = []

    /// Adds a sum over elements on the view or on one of its tensors.
    mutating func add(_ part: Attachment) {
        if part.view == view { sources.append(part) } else { parts.append(part) }
    }

    /// Makes sums over the elements of all tensors of the view penalties on the view, where their factors are equal.
    mutating func gatherSums() {
        for part in parts {
            let all = parts.filter { $0.penalty == part.penalty }
            guard all.map(\.view.tensors[0]).sorted() == view.tensors,
                all.allSatisfy({ $0.factor == part.factor })
            else { continue }
            parts.removeAll { $0.penalty == part.penalty }
            sources.append(part.moved(to: view))
        }
        sources.sort { $0.penalty < $1.penalty }
    }

    /// Throws unless a sum over elements of a part of the view may come before all steps of the view.
    func check(_ part: Attachment, comesFirstIn plan: ViewPlan, _ planMetric: PlanMetric) throws(PenaltyError)
    {
        for candidate in part.summands {
            if case .ridge = candidate.regularizer.structure {
                if planMetric == .diagonal { continue }
                throw refusal(
                    of: part, beside: sources[0],
                    """
                    squared L2 on a part of a view changes the scales of that part, so it folds in a diagonal \
                    metric alone
                    """)
            }
            for step in plan.proximalPlan.steps {
                switch CompositionRule(
                    letting: step.regularizer, follow: candidate.regularizer, in: planMetric)
                {
                case .elementwiseFirst, .intervalLast: continue
                default: break
                }
                throw refusal(
                    of: part, beside: sources.first { $0.penalty == step.terms[0].source } ?? sources[0],
                    """
                    \(candidate.regularizer.name) on a part of \(view.name) has no proven composition with \
                    \(step.regularizer.name)
                    """
                )
            }
            // A center is not 0, so a step that draws weights to it is not monotone in magnitudes.
            if let ridge = plan.proximalPlan.ridges.first(where: { !$0.center.isEmpty }) {
                throw refusal(
                    of: part, beside: sources.first { $0.penalty == ridge.term.source } ?? sources[0],
                    """
                    \(candidate.regularizer.name) on a part of \(view.name) has no proven composition with a center \
                    on all of it
                    """
                )
            }
        }
    }

    /// The refusal of a penalty on a part of the view beside another one, with the reason and ways out.
    func refusal(of part: Attachment, beside other: Attachment, _ reason: String) -> PenaltyError {
        .composition(
            penalties: [other.label, part.label], parameter: part.view.name,
            reason: "\(reason); \(Self.waysOut(for: part, other, sameView: true))")
    }

    /// The refusal of a penalty whose view differs from this one and has a tensor in common with it.
    func overlap(with other: Attachment, _ planMetric: PlanMetric) -> PenaltyError {
        let common = Set(view.tensors).intersection(other.view.tensors)
        let names = zip(view.tensors, view.names).filter { common.contains($0.0) }.map(\.1)
        if sources[0].penalty == other.penalty {
            return .composition(
                penalties: [other.label], parameter: names.joined(separator: ", "),
                reason: """
                    two of its views cover that, and proximal points that overlap have no proven composition; leave \
                    the outgoing weights out, which are incoming ones of the next layer, take every other layer\
                    \(other.differentiable == nil ? "" : ", or make it a .lossTerm")
                    """)
        }
        let both = [sources[0], other]
        let isKnown = (try? ProximalPlan.combining(both, on: view, in: planMetric)) != nil
        return .composition(
            penalties: both.map(\.label), parameter: names.joined(separator: ", "),
            reason: """
                their views differ and both cover that, and proximal points that overlap have no proven composition; \
                \(Self.waysOut(for: other, sources[0], sameView: isKnown))
                """)
    }

    /// The changes to two penalties that would let them act together, as a clause.
    private static func waysOut(for one: Attachment, _ other: Attachment, sameView: Bool) -> String {
        let isLossTerm = one.differentiable != nil || other.differentiable != nil
        return (sameView ? "give both the same view, " : "") + "filter them to different parameters"
            + (isLossTerm ? ", or make one of them a .lossTerm" : "")
    }
}

extension [WholeViewSteps] {
    /// Adds a penalty to those on its view; throws if its view overlaps another one.
    fileprivate mutating func add(_ step: Attachment, _ planMetric: PlanMetric) throws(PenaltyError) {
        if let same = firstIndex(where: { $0.view == step.view }) {
            self[same].sources.append(step)
        } else if let other = first(where: { !Set($0.view.tensors).isDisjoint(with: step.view.tensors) }) {
            throw other.overlap(with: step, planMetric)
        } else {
            append(WholeViewSteps(view: step.view, sources: [step]))
        }
    }
}
