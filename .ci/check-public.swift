// Prints the public interface of modules, given the folder of their symbol graphs; checks it, given an index store as
// well.
import Foundation

struct Graph: Decodable {
    struct Module: Decodable { let name: String }
    struct Edge: Decodable {
        let kind, source, target: String, targetFallback: String?, sourceOrigin: [String: String]?
    }
    let module: Module, symbols: [Symbol], relationships: [Edge]
}

struct Symbol: Decodable {
    struct Location: Decodable { let uri: URL, position: [String: Int] }
    struct Comment: Decodable {}
    struct Fragment: Decodable { let kind, spelling: String, preciseIdentifier: String? }
    struct Constraint: Decodable { let kind, lhs, rhs: String }
    struct Extension: Decodable { let constraints: [Constraint]? }
    let identifier, kind: [String: String], pathComponents: [String], declarationFragments: [Fragment]
    let location: Location?, docComment: Comment?, swiftExtension: Extension?

    /// The unified symbol resolution (USR), which identifies the symbol in the index too.
    var usr: String { identifier["precise"]! }
    var name: String { pathComponents.joined(separator: ".") }
    var isType: Bool { isA("class", "enum", "protocol", "struct", "typealias") }
    func isA(_ kinds: String...) -> Bool { kinds.contains { "swift." + $0 == kind["identifier"] } }
}

let folder = CommandLine.arguments[1]
let graphs = try FileManager.default.contentsOfDirectory(atPath: folder).map {
    try JSONDecoder().decode(Graph.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/" + $0)))
}
var symbols: [String: Symbol] = [:]
var modules: [String: String] = [:]
for graph in graphs {
    // Symbols that the compiler synthesizes have no location.
    for symbol in graph.symbols where symbol.location != nil {
        symbols[symbol.usr] = symbol
        modules[symbol.usr] = graph.module.name
    }
}
func edges(_ kind: String) -> [Graph.Edge] { graphs.flatMap(\.relationships).filter { $0.kind == kind } }
// For a default implementation the graph states the requirement that it implements, but not the type that it is in.
let memberships = edges("memberOf") + edges("requirementOf") + edges("defaultImplementationOf")
let members = Dictionary(grouping: memberships, by: \.target).mapValues { $0.map(\.source) }
let parents = Dictionary(memberships.map { ($0.source, $0.target) }, uniquingKeysWith: { first, _ in first })
let conformances = Dictionary(grouping: edges("conformsTo"), by: \.source)
let requirements = Set(edges("requirementOf").map(\.source))
let defaults = Set(edges("defaultImplementationOf").map(\.source))
let witnesses = Set(memberships.filter { $0.sourceOrigin != nil }.map(\.source)).union(defaults)

/// The declaration of a symbol in one line, with the conformances of a type and the constraints of an extension.
func line(of symbol: Symbol) -> String {
    var line = symbol.declarationFragments.map(\.spelling).joined()
        .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if symbol.isType, !symbol.isA("protocol") {
        let names = conformances[symbol.usr, default: []]
            .compactMap { symbols[$0.target]?.name ?? $0.targetFallback?.components(separatedBy: ".").last }
        let told = Set(names).subtracting(["BitwiseCopyable", "Copyable", "Escapable", "SendableMetatype"])
        var clauses = line.components(separatedBy: " where ")
        clauses[0] += told.isEmpty ? "" : " : " + told.sorted().joined(separator: ", ")
        line = clauses.joined(separator: " where ")
    }
    let constraints = (symbol.swiftExtension?.constraints ?? [])
        .map { "\($0.lhs) \($0.kind == "sameType" ? "==" : ":") \($0.rhs)" }
    line += constraints.isEmpty ? "" : " where " + constraints.joined(separator: ", ")
    return defaults.contains(symbol.usr) ? line + "  // default" : line
}

guard CommandLine.arguments.count > 2 else {
    let rows = symbols.values.map { symbol in
        let type = symbol.isType ? symbol.name : symbol.pathComponents.dropLast().joined(separator: ".")
        return (modules[symbol.usr]!, type, symbol.isType ? "" : symbol.kind["identifier"]!, line(of: symbol))
    }
    for row in rows.sorted(by: <) { print(row.0, row.1, row.3, separator: "  ") }
    exit(0)
}

// The index store's C interface takes functions that capture nothing, so that the variables that they share are global.
var mentioned: Set<String> = []
var used: Set<String> = []
var ownModules: Set<String> = []
let root = FileManager.default.currentDirectoryPath + "/"
let store = indexstore_store_create(CommandLine.arguments[2], nil)

func string(_ text: indexstore_string_ref_t) -> String {
    String(decoding: UnsafeRawBufferPointer(start: text.data, count: text.length), as: UTF8.self)
}

_ = indexstore_store_units_apply_f(store, 0, nil) { _, name in
    let unit = indexstore_unit_reader_create(store, string(name), nil)
    defer { indexstore_unit_reader_dispose(unit) }
    let file = string(indexstore_unit_reader_get_main_file(unit))
    // The store also has units of files that no longer exist.
    guard file.hasPrefix(root), let text = try? String(contentsOfFile: file, encoding: .utf8) else {
        return true
    }
    // A symbol that a test sees by `@testable` need not be public for it.
    ownModules = Set(modules.values).filter {
        file.hasPrefix("\(root)Sources/\($0)/") || text.contains("@testable import \($0)\n")
    }
    _ = indexstore_unit_reader_dependencies_apply_f(unit, nil) { _, part in
        guard indexstore_unit_dependency_get_kind(part) == INDEXSTORE_UNIT_DEPENDENCY_RECORD else {
            return true
        }
        let record = indexstore_record_reader_create(
            store, string(indexstore_unit_dependency_get_name(part)), nil)
        defer { indexstore_record_reader_dispose(record) }
        _ = indexstore_record_reader_symbols_apply_f(record, true, nil) { _, symbol in
            let usr = string(indexstore_symbol_get_usr(symbol))
            // A type that uses a default implementation refers to it implicitly.
            let roles = UInt64(INDEXSTORE_SYMBOL_ROLE_REFERENCE | INDEXSTORE_SYMBOL_ROLE_IMPLICIT)
            guard indexstore_symbol_get_roles(symbol) & roles != 0, let module = modules[usr] else {
                return true
            }
            mentioned.insert(usr)
            if !ownModules.contains(module) { used.insert(usr) }
            return true
        }
        return true
    }
    return true
}
guard !used.isEmpty else {
    print("The index store \(CommandLine.arguments[2]) tells of no use of a public symbol.")
    exit(1)
}

/// Whether a member has to be as public as its type: it is a requirement, implements one, or is a case.
///
/// A requirement or a case that not even its own module mentions counts as not needed.
func isBound(_ usr: String) -> Bool {
    let isPart = requirements.contains(usr) || symbols[usr]?.isA("enum.case") ?? false
    return witnesses.contains(usr) || isPart && mentioned.contains(usr)
}

/// Whether the symbol is an error type or a member of one.
func isOfError(_ usr: String) -> Bool {
    conformances[usr, default: []].contains { $0.targetFallback == "Swift.Error" }
        || parents[usr].map(isOfError) ?? false
}

var needed: Set<String> = []
// The implementation of a requirement in a type of another module, such as `Double`, does not depend on whether that
// type is needed.
var open = Array(used) + parents.filter { symbols[$0.value] == nil && isBound($0.key) }.map(\.key)
while let next = open.popLast() {
    guard let symbol = symbols[next], needed.insert(next).inserted else { continue }
    let parts = members[next, default: []]
    // A needed symbol needs the types in its declaration, the type that it is in, and those of its own members that
    // have to be public.
    open += symbol.declarationFragments.compactMap(\.preciseIdentifier) + parts.filter(isBound)
    if !defaults.contains(next), let parent = parents[next] { open.append(parent) }
    if symbol.isA("protocol") { open += conformances[next, default: []].map(\.target) }
    // Properties of an error are there to be read, and so are the properties that an initializer sets from its
    // parameters.
    if isOfError(next) { open += parts.filter { symbols[$0]?.isA("property") ?? false } }
    if symbol.isA("init"), let parent = parents[next] {
        let taken = Set(symbol.declarationFragments.filter { $0.kind.hasSuffix("Param") }.map(\.spelling))
        open += members[parent]!.filter { taken.contains(symbols[$0]?.pathComponents.last ?? "") }
    }
}

func report(_ sentence: String, _ wrong: [Symbol]) {
    let lines = wrong.map {
        "    \($0.location!.uri.path.dropFirst(root.count)):\($0.location!.position["line"]! + 1)  \($0.name)"
    }
    let sorted = lines.sorted { $0.compare($1, options: .numeric) == .orderedAscending }
    if !lines.isEmpty { print(([sentence] + sorted).joined(separator: "\n")) }
}
// Members of a type that is not needed are not listed on their own.
let unneeded = symbols.values.filter { symbol in
    let parent = parents[symbol.usr].flatMap { symbols[$0]?.usr }
    return !needed.contains(symbol.usr) && parent.map(needed.contains) ?? true
}
let undocumented = symbols.values.filter { $0.docComment == nil }
report("Public symbols without a documentation comment:", undocumented)
report("Public symbols that nothing outside of their module needs; they may be internal, or go:", unneeded)
if !(undocumented.isEmpty && unneeded.isEmpty) { exit(1) }
print("\(symbols.count) public symbols, each documented and needed outside of its module")
