import Regularization

/// Tensors of a file that are not those that are wanted, all of them at once.
///
/// Nothing was loaded.
public struct LoadingMismatch: Sendable, Hashable, CustomStringConvertible {
    /// The path of the file as it was given.
    public let path: String
    /// What a lenient loading would load, and what is missing, unexpected and misshapen.
    public let summary: LoadingSummary
    /// Rules of renaming with which more tensors fit, those that were given included; empty if none were found.
    public internal(set) var proposal: [TensorRenaming] = []
    /// A sentence that says what to do, with a space before it; empty if there is nothing but to take another file.
    var advice = ""

    init(_ path: String, _ summary: LoadingSummary) { (self.path, self.summary) = (path, summary) }

    /// What is missing, with the nearest names, what is unexpected and what has another shape, at most 20 of each; and
    /// the rules that would help.
    ///
    /// Control characters are escaped.
    public var description: String {
        // Searching many names for each name would take long.
        let candidates = summary.unexpected.prefix(250).map(\.name)
        let lists = [
            summary.missing.counted("missing") { words(for: $0, candidates) },
            summary.unexpected.counted("unexpected", \.description),
            summary.misshapen.counted("misshapen", \.description),
        ].compactMap(\.self).map { " \($0)." }
        return "\(escapingControls(path)): The tensors do not fit.\(advice)\(lists.joined())"
    }

    /// A missing name, and those of the file that are nearest to it.
    private func words(for name: String, _ candidates: [String]) -> String {
        let length = name.utf8.count
        let near = candidates.filter { $0.utf8.count <= 2 * length + 8 }.nearest(to: name)
        return near.isEmpty ? quoted(name) : "\(quoted(name)) (near: \(near.shown { quoted($0) }))"
    }
}

extension LoadingMismatch {
    /// The mismatch of a plan with parameters, with rules that help if some are found.
    init(
        _ plan: LoadingPlan, _ targets: [LoadingPlan.Target], from file: TensorFile,
        renaming rules: [TensorRenaming]
    ) {
        self.init(file.path, plan.summary)
        let search = LoadingProposal(after: rules, plan, targets, from: file)
        guard search.rules.count > rules.count else {
            advice = """
                 Name them, or leave them out, by renaming:, select parameters by on:, or load what fits by \
                lenient: true.
                """
            return
        }
        proposal = search.rules
        let code = "renaming: [\(proposal.map(\.description).joined(separator: ", "))]"
        let rest = search.summary.problems
        advice = rest == 0 ? " All of them fit with \(code)." : " All but \(rest) fit with \(code)."
    }
}
