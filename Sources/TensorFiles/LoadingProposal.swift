import Regularization

/// A search for rules of renaming with which more tensors of a file fit.
///
/// Each guess is tried: it counts only if fewer tensors are missing, unexpected or misshapen with it.
struct LoadingProposal {
    private let targets: [LoadingPlan.Target]
    private let file: TensorFile
    /// The rules that were given, and those found after them.
    private(set) var rules: [TensorRenaming]
    /// What is loaded, and what is not, with these rules.
    private(set) var summary: LoadingSummary

    /// The longest text, in bytes, and the largest number of rules that are proposed, so that a message stays short.
    private static let (longest, most) = (100, 20)

    /// Searches for rules to follow those with which a plan was made.
    ///
    /// - Complexity: that of a few plans.
    init(
        after rules: [TensorRenaming], _ plan: LoadingPlan, _ targets: [LoadingPlan.Target],
        from file: TensorFile
    ) {
        (self.rules, summary) = (rules, plan.summary)
        (self.targets, self.file) = (targets, file)
        attempt(prefixToRemove)
        attempt(prefixToAdd)
        attempt(numberedGroups)
        attempt(transposition)
    }

    private mutating func attempt(_ guess: [TensorRenaming]?) {
        guard let guess, guess.count <= Self.most else { return }
        let all = rules + guess
        guard let plan = try? LoadingPlan(targets, from: file, file.tensors, renaming: all),
            plan.summary.problems < summary.problems
        else { return }
        (rules, summary) = (all, plan.summary)
    }

    /// A prefix of names in the file, behind which most names of parameters stand.
    private var prefixToRemove: [TensorRenaming]? {
        mostFrequentPrefix(of: summary.unexpected.map(\.name), before: summary.missing)
            .map { [.prefix($0, to: "")] }
    }

    /// A prefix of names of parameters, behind which most names in the file stand.
    private var prefixToAdd: [TensorRenaming]? {
        mostFrequentPrefix(of: summary.missing, before: summary.unexpected.map(\.name))
            .map { [.prefix("", to: $0)] }
    }

    /// The prefix that ends with a dot or a slash and after which most names are among the others.
    private func mostFrequentPrefix(of names: [String], before others: [String]) -> String? {
        let known = Set(others.map(ExactName.init))
        let longestKnown = others.map(\.utf8.count).max() ?? 0
        var counts: [ExactName: Int] = [:]
        for name in names {
            let bytes = name.utf8
            for (offset, place) in bytes.indices.prefix(Self.longest).enumerated()
            where isSeparator(bytes[place]) && bytes.count - offset - 1 <= longestKnown {
                let start = bytes.index(after: place)
                guard known.contains(ExactName(String(name[start...]))) else { continue }
                counts[ExactName(String(name[..<start])), default: 0] += 1
            }
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key.name
    }

    /// Matrices that are transposed, by the last components of their names.
    private var transposition: [TensorRenaming]? {
        let matrices = summary.misshapen.filter {
            $0.expected.rank == 2 && $0.tensor.shape.dimensions == $0.expected.dimensions.reversed()
        }
        var patterns: Set<ExactName> = []
        for matrix in matrices {
            let (prefix, leaf) = parts(of: matrix.tensor.name)
            guard leaf.utf8.count <= Self.longest, patterns.count <= Self.most else { return nil }
            let separator = prefix.utf8.last.map { "*" + String(decoding: [$0], as: UTF8.self) } ?? ""
            patterns.insert(ExactName(separator + leaf))
        }
        return patterns.sorted().map { .pattern($0.name, to: $0.name, transposed: true) }
    }

    /// Layers that the file numbers in another way than the model, as net.0, net.3, net.6, in the order of their
    /// numbers; if they are as many as those that are missing, and have the same tensors with the same shapes.
    ///
    /// Layers whose number is one of the model's by chance, as fully.2 of fully.0, fully.2, fully.4, count too: left
    /// where they are they would change the order.
    private var numberedGroups: [TensorRenaming]? {
        let unexpected = groups(summary.unexpected)
        guard let stem = unexpected.first?.stem, stem.name.utf8.count <= Self.longest,
            unexpected.count <= Self.most, unexpected.allSatisfy({ $0.stem == stem })
        else { return nil }
        let named = summary.loaded + summary.misshapen.map(\.tensor)
        let given = groups(named + summary.unexpected).filter { $0.stem == stem }
            .sorted { $0.numbers.lexicographicallyPrecedes($1.numbers) }
        let prefixes = Set(given.map { ExactName($0.prefix) })
        let free = Set(
            (summary.missing + named.map(\.name).filter { prefixes.contains(ExactName(parts(of: $0).prefix)) })
                .map(ExactName.init))
        let wanted = groups(
            targets.filter { free.contains(ExactName($0.name)) }.map { ($0.name, $0.shape) })
        guard given.count == wanted.count, zip(given, wanted).allSatisfy({ $0.shapes == $1.shapes })
        else { return nil }
        return zip(given, wanted).filter { ExactName($0.prefix) != ExactName($1.prefix) }
            .map { .prefix($0.prefix, to: $1.prefix) }
    }

    /// The tensors whose names differ in the last component alone.
    private struct Group {
        let prefix: String
        var shapes: [ExactName: Shape] = [:]

        /// The prefix without digits.
        var stem: ExactName { ExactName(prefix.filter { !isDigit($0) }) }
        /// The numbers in the prefix.
        var numbers: [Int] { prefix.split { !isDigit($0) }.map { Int($0) ?? .max } }

        private func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
    }

    private func groups(_ tensors: [RenamedTensor]) -> [Group] { groups(tensors.map { ($0.name, $0.shape) }) }

    private func groups(_ tensors: [(name: String, shape: Shape)]) -> [Group] {
        var groups: [Group] = []
        var indices: [ExactName: Int] = [:]
        for (name, shape) in tensors {
            let (prefix, leaf) = parts(of: name)
            let index = indices[ExactName(prefix)] ?? groups.count
            if index == groups.count {
                groups.append(Group(prefix: prefix))
                indices[ExactName(prefix)] = index
            }
            groups[index].shapes[ExactName(leaf)] = shape
        }
        return groups
    }
}

private func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/") }

/// A name up to its last separator, and what follows it.
private func parts(of name: String) -> (prefix: String, leaf: String) {
    guard let last = name.utf8.lastIndex(where: isSeparator) else { return ("", name) }
    let start = name.utf8.index(after: last)
    return (String(name[..<start]), String(name[start...]))
}
