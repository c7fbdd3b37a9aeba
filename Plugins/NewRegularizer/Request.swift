/// What the command line asks for.
struct Request {
    static let usage = """
        Usage: swift package --allow-writing-to-package-directory new-regularizer <Name> [options]

        Writes a regularizer that compiles, for both stages, and a test of its laws. Edit it into your own.

        Options
          --kind elementwise   a function of each weight (the default)
          --kind groupwise     a function of each group's norm
          --kind tensor        anything else
          --target <target>    write into a target that exists, and into its tests, in place of new targets
          --help               print this
        """

    let name: String
    private(set) var kind = Kind.elementwise
    private(set) var target: String?

    /// Nil if only help is asked for.
    init?(_ arguments: [String]) throws {
        var names: [String] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--help", "-h": return nil
            case "--kind": kind = try Kind(named: rest.popFirst())
            case "--target":
                target = rest.popFirst()
                if target == nil { throw Refusal("--target needs the name of a target.") }
            // SwiftPM passes on what comes after the command.
            case "--allow-writing-to-package-directory": continue
            case _ where argument.hasPrefix("-"):
                throw Refusal("\(argument) is no option of new-regularizer.\n\n\(Self.usage)")
            default: names.append(argument)
            }
        }
        guard names.count == 1 else {
            throw Refusal("One name is needed, \(names.count) are given.\n\n\(Self.usage)")
        }
        name = names[0]
        // With a longer name lines of the templates would need a break.
        guard name.wholeMatch(of: /[A-Z][A-Za-z0-9]{0,39}/) != nil else {
            throw Refusal(
                """
                "\(name)" cannot name a regularizer; take a capital letter and up to 39 more ASCII letters and \
                digits, as in SmoothL1.
                """)
        }
        if target == name {
            throw Refusal("A module hides a type of its own name; choose another name than \(name).")
        }
    }
}

extension Kind {
    fileprivate init(named name: String?) throws {
        let kinds = Self.allCases.map(\.rawValue).joined(separator: ", ")
        guard let name else { throw Refusal("--kind needs one of \(kinds).") }
        guard let kind = Kind(rawValue: name) else {
            throw Refusal("\"\(name)\" is no kind of regularizer; the kinds are \(kinds).")
        }
        self = kind
    }
}
