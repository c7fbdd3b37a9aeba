/// The proximal steps of all views, in an order in which they are exact: those that act on a tensor piece by piece, then those
/// that need whole views.
///
/// Views cover whole tensors, so whether two of them meet is a question about their tensors:
/// - Penalties on the same view are planned together, see `ProximalPlan`; a sum over elements of all tensors of a view is
///   one on that view.
/// - Other sums over elements are not gathered: they act on each of their tensors. On a part of another penalty's view they
///   come first, where `CompositionRule.elementwiseFirst` or `.intervalLast` says that this is exact: these rules ask
///   nothing of the elements that they leave alone.
/// - Squared L2 on a part of another's view changes the scales of that part, so it folds in a diagonal metric alone.
/// - Others whose views differ and have a tensor in common are refused.
struct ProximalArrangement: Sendable {
    /// For each tensor, the steps that act on it piece by piece.
    private(set) var piecewise: [ViewPlan?]
    /// In their order.
    private(set) var whole: [ViewPlan] = []
    private let tensors: [ResolvedView]
    private let kind: MetricKind

    init(_ steps: [Attachment], in layout: Layout, _ kind: MetricKind) throws(PenaltyError) {
        self.kind = kind
        tensors = layout.tensors.indices.map { ResolvedView(ViewMatrix($0, in: layout), in: layout) }
        piecewise = Array(repeating: nil, count: tensors.count)
        var meetings: [Meeting] = []
        var loose: [[Attachment]] = Array(repeating: [], count: tensors.count)
        for step in steps where !step.isElementwise { try meetings.add(step, kind) }
        for step in steps where step.isElementwise {
            if let same = meetings.firstIndex(where: { $0.view == step.view }) {
                meetings[same].sources.append(step)
                continue
            }
            for tensor in step.view.tensors {
                let part = step.lowered(to: tensors[tensor])
                if let other = meetings.firstIndex(where: { $0.view.tensors.contains(tensor) }) {
                    meetings[other].add(part)
                } else {
                    loose[tensor].append(part)
                }
            }
        }
        for meeting in meetings { try add(meeting) }
        for (tensor, sources) in loose.enumerated() where !sources.isEmpty {
            let metric = try ViewPlan.metric(of: sources, kind)
            let plan = try ViewPlan(tensors[tensor], sources, in: metric, kind)
            if plan.isElementwise { piecewise[tensor] = plan } else { whole.append(plan) }
        }
    }

    /// Whether the step sizes of a tensor are needed after all of it was updated.
    func keepsStepSizes(of tensor: Int) -> Bool {
        kind == .diagonal && whole.contains { $0.metric == .optimizer && $0.view.tensors.contains(tensor) }
    }

    private mutating func add(_ meeting: Meeting) throws(PenaltyError) {
        var meeting = meeting
        let metric = try ViewPlan.metric(of: meeting.sources + meeting.parts, kind)
        meeting.gatherSums()
        let plan = try ViewPlan(meeting.view, meeting.sources, in: metric, kind)
        for part in meeting.parts {
            try meeting.check(part, comesFirstIn: plan, metric == .euclidean ? .learningRate : kind)
        }
        for tensor in Set(meeting.parts.map(\.view.tensors[0])) {
            let parts = meeting.parts.filter { $0.view.tensors == [tensor] }
            let first = try ViewPlan(tensors[tensor], parts, in: metric, kind)
            if !first.isElementwise {
                throw meeting.refusal(
                    of: parts[0], beside: meeting.sources[0], "one of them is found by iteration")
            }
            piecewise[tensor] = first
        }
        whole.append(plan)
    }
}

/// A view whose elements are needed all at once, and whatever else acts on its tensors.
private struct Meeting {
    let view: ResolvedView
    /// On the view itself.
    var sources: [Attachment]
    /// On one of its tensors, element by element.
    var parts: [Attachment] = []

    mutating func add(_ part: Attachment) {
        if part.view == view { sources.append(part) } else { parts.append(part) }
    }

    /// A sum over the elements of all tensors of the view is one on the view.
    mutating func gatherSums() {
        for part in parts {
            let all = parts.filter { $0.penalty == part.penalty }
            guard all.map(\.view.tensors[0]).sorted() == view.tensors,
                all.allSatisfy({ $0.factor == part.factor })
            else { continue }
            parts.removeAll { $0.penalty == part.penalty }
            sources.append(part.lowered(to: view))
        }
        sources.sort { $0.penalty < $1.penalty }
    }

    /// Throws unless a sum over elements of a part of the view comes before all steps of the view.
    func check(_ part: Attachment, comesFirstIn plan: ViewPlan, _ kind: MetricKind) throws(PenaltyError) {
        for candidate in part.parts {
            if case .ridge = candidate.regularizer.structure {
                if kind == .diagonal { continue }
                throw refusal(
                    of: part, beside: sources[0],
                    "squared L2 on a part of a view changes the scales of that part, so it folds in a diagonal metric alone"
                )
            }
            for step in plan.steps.steps {
                switch CompositionRule(letting: step.regularizer, follow: candidate.regularizer, in: kind) {
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
            // A center is not 0, so what it draws to is not monotone in magnitudes.
            if let ridge = plan.steps.ridges.first(where: { !$0.center.isEmpty }) {
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

    func refusal(of part: Attachment, beside other: Attachment, _ reason: String) -> PenaltyError {
        .composition(
            penalties: [other.label, part.label], parameter: part.view.name,
            reason: "\(reason); \(Self.waysOut(for: part, other, sameView: true))")
    }

    /// That of a step whose view is another and has a tensor in common.
    func overlap(with other: Attachment, _ kind: MetricKind) -> PenaltyError {
        let common = Set(view.tensors).intersection(other.view.tensors)
        let names = zip(view.tensors, view.names).filter { common.contains($0.0) }.map(\.1)
        if sources[0].penalty == other.penalty {
            return .composition(
                penalties: [other.label], parameter: names.joined(separator: ", "),
                reason: """
                    two of its views share that, and proximal points that overlap have no proven composition; leave the \
                    outgoing weights out, which are incoming ones of the next layer, take every other layer\
                    \(other.differentiable == nil ? "" : ", or make it a .lossTerm")
                    """)
        }
        let both = [sources[0], other]
        let isKnown = (try? ProximalPlan.combining(both, on: view, in: kind)) != nil
        return .composition(
            penalties: both.map(\.label), parameter: names.joined(separator: ", "),
            reason: """
                their views differ and share that, and proximal points that overlap have no proven composition; \
                \(Self.waysOut(for: other, sources[0], sameView: isKnown))
                """)
    }

    private static func waysOut(for one: Attachment, _ other: Attachment, sameView: Bool) -> String {
        let isLossTerm = one.differentiable != nil || other.differentiable != nil
        return (sameView ? "give both the same view, " : "") + "filter them to different parameters"
            + (isLossTerm ? ", or make one of them a .lossTerm" : "")
    }
}

extension [Meeting] {
    fileprivate mutating func add(_ step: Attachment, _ kind: MetricKind) throws(PenaltyError) {
        if let same = firstIndex(where: { $0.view == step.view }) {
            self[same].sources.append(step)
        } else if let other = first(where: { !Set($0.view.tensors).isDisjoint(with: step.view.tensors) }) {
            throw other.overlap(with: step, kind)
        } else {
            append(Meeting(view: step.view, sources: [step]))
        }
    }
}
