/// The proximal steps of all views, in an order in which they are exact: those that act on tensors piece by piece, then
/// those that need whole views.
///
/// Views cover whole tensors, so whether two of them meet is a question about their tensors:
/// - Penalties on the same view are planned together, see `ProximalPlan`.
/// - A sum over elements is not gathered: on a view of its own it acts on each of the view's tensors. On a part of
///   another penalty's view it comes first, where `CompositionRule.elementwiseFirst` says that this is exact: the rule
///   asks nothing of the elements that it leaves alone.
/// - Squared L2 on a part of another's view changes the scales of that part, so it folds in a diagonal metric alone;
///   on all of it, it folds in every metric. Decoupled weight decay is a step of its own, before all others.
/// - Others whose views differ and have a tensor in common are refused.
struct ProximalArrangement: Sendable {
    /// For each tensor, the steps that act on it piece by piece.
    private(set) var piecewise: [ViewPlan?]
    /// In their order.
    private(set) var whole: [ViewPlan] = []

    init(_ steps: [Attachment], in layout: Layout, _ kind: MetricKind) throws(PenaltyError) {
        let tensors = layout.tensors.indices.map { ResolvedView(ViewMatrix($0, in: layout), in: layout) }
        piecewise = Array(repeating: nil, count: tensors.count)
        var meetings: [Meeting] = []
        var loose: [[Attachment]] = Array(repeating: [], count: tensors.count)
        for step in steps where !step.isElementwise && !(step.isDecay && kind != .learningRate) {
            try meetings.add(step, in: layout)
        }
        for step in steps where !step.isElementwise && step.isDecay && kind != .learningRate {
            if let other = meetings.firstIndex(where: { $0.overlaps(step.view) }),
                meetings[other].view != step.view
            {
                meetings[other].decays.append(step)
            } else {
                try meetings.add(step, in: layout)
            }
        }
        for step in steps where step.isElementwise {
            if let same = meetings.firstIndex(where: { $0.view == step.view }) {
                meetings[same].sources.append(step)
                continue
            }
            for tensor in step.view.tensors {
                let part = step.moved(to: tensors[tensor])
                if let other = meetings.firstIndex(where: { $0.view.tensors.contains(tensor) }) {
                    meetings[other].add(part)
                } else {
                    loose[tensor].append(part)
                }
            }
        }
        for meeting in meetings { try add(meeting, kind) }
        for (tensor, sources) in loose.enumerated() where !sources.isEmpty {
            let metric = try ViewPlan.metric(of: sources, kind)
            add(try ViewPlan(tensors[tensor], sources, in: metric, kind))
        }
    }

    /// Whether the step sizes of a tensor are needed after all of it was updated.
    func keepsStepSizes(of tensor: Int, _ kind: MetricKind) -> Bool {
        kind == .diagonal && whole.contains { $0.metric == .optimizer && $0.view.tensors.contains(tensor) }
    }

    private mutating func add(_ plan: ViewPlan) {
        if plan.isElementwise, plan.view.isTensor {
            piecewise[plan.view.tensors[0]] = plan
        } else {
            whole.append(plan)
        }
    }

    private mutating func add(_ meeting: Meeting, _ kind: MetricKind) throws(PenaltyError) {
        var meeting = meeting
        let metric = try ViewPlan.metric(of: meeting.sources + meeting.parts + meeting.decays, kind)
        if metric == .euclidean, let decay = meeting.decays.first {
            throw meeting.overlap(with: decay)
        }
        meeting.gatherRidges(in: metric)
        meeting.sources.sort { $0.penalty < $1.penalty }
        var plan = try ViewPlan(meeting.view, meeting.sources, in: metric, kind)
        let planKind = metric == .euclidean ? .learningRate : kind
        for part in meeting.parts where !(metric == .optimizer && part.isDecay) {
            try meeting.check(part, comesFirstIn: plan, planKind)
            plan.isPreceded = true
        }
        for tensor in Set(meeting.parts.map(\.view.tensors[0])).sorted() {
            let parts = meeting.parts.filter { $0.view.tensors == [tensor] }
            add(try ViewPlan(parts[0].view, parts, in: metric, kind))
        }
        for decay in meeting.decays { add(try ViewPlan(decay.view, [decay], in: metric, kind)) }
        add(plan)
    }
}

/// A view whose elements are needed all at once, and whatever else acts on its tensors.
private struct Meeting {
    let view: ResolvedView
    /// On the view itself.
    var sources: [Attachment]
    /// Sums over the elements of one of its tensors.
    var parts: [Attachment] = []
    /// Towards centers, on other views.
    var decays: [Attachment] = []

    func overlaps(_ other: ResolvedView) -> Bool { !Set(view.tensors).isDisjoint(with: other.tensors) }

    mutating func add(_ part: Attachment) {
        if part.view == view { sources.append(part) } else { parts.append(part) }
    }

    /// A squared L2 on all tensors of the view is one on the view.
    mutating func gatherRidges(in metric: ProximalMetric) {
        for part in parts where part.isRidge && !(metric == .optimizer && part.isDecay) {
            let all = parts.filter { $0.penalty == part.penalty }
            if all.map(\.view.tensors[0]).sorted() != view.tensors { continue }
            guard all.allSatisfy({ $0.factor == part.factor }) else { continue }
            parts.removeAll { $0.penalty == part.penalty }
            sources.append(part.moved(to: view))
        }
    }

    func overlap(with other: Attachment) -> PenaltyError {
        let common = Set(view.tensors).intersection(other.view.tensors)
        let names = zip(view.tensors, view.names).filter { common.contains($0.0) }.map(\.1)
        let isOne = sources[0].penalty == other.penalty
        return .composition(
            penalties: isOne ? [other.label] : [sources[0].label, other.label],
            parameter: names.joined(separator: ", "),
            reason: isOne
                ? """
                two of its views share that, and proximal points that overlap have no proven composition; leave the \
                outgoing weights out, which are incoming ones of the next layer, take every other layer, or make it \
                a .lossTerm
                """
                : """
                their views differ and share that, and proximal points that overlap have no proven composition; give \
                both the same view, filter them to different parameters, or make one of them a .lossTerm
                """)
    }
}

extension [Meeting] {
    fileprivate mutating func add(_ step: Attachment, in layout: Layout) throws(PenaltyError) {
        if let same = firstIndex(where: { $0.view == step.view }) {
            // Two places of one penalty that see the same would count twice.
            self[same].sources.append(step)
        } else if let other = first(where: { $0.overlaps(step.view) }) {
            throw other.overlap(with: step)
        } else {
            append(Meeting(view: step.view, sources: [step]))
        }
    }
}

extension Meeting {
    /// Throws unless a sum over elements of a part of the view comes before all steps of the view.
    func check(_ part: Attachment, comesFirstIn plan: ViewPlan, _ kind: MetricKind) throws(PenaltyError) {
        for candidate in part.parts {
            if case .ridge = candidate.regularizer.structure {
                if kind == .diagonal { continue }
                throw refusal(
                    of: part, beside: sources[0].penalty,
                    """
                    squared L2 on a part of a view folds into the steps on the view in a diagonal metric alone, since it \
                    changes the scales of that part; put it on all of \(view.name), or make it a .lossTerm
                    """)
            }
            for step in plan.main.steps {
                let rule = CompositionRule(letting: step.regularizer, follow: candidate.regularizer, in: kind)
                if rule == .elementwiseFirst { continue }
                throw refusal(
                    of: part, beside: step.terms[0].source,
                    """
                    the proximal points of \(candidate.regularizer.name) there and of \(step.regularizer.name) on \
                    \(view.name) have no proven composition; give both the same view, filter them to different \
                    parameters, or make one of them a .lossTerm
                    """)
            }
        }
    }

    private func refusal(of part: Attachment, beside penalty: Int, _ reason: String) -> PenaltyError {
        let others = sources.filter { $0.penalty == penalty }.map(\.label)
        return .composition(penalties: others + [part.label], parameter: part.view.name, reason: reason)
    }
}
