/// What a regularizer is a function of.
enum Kind: String, CaseIterable {
    case elementwise
    case groupwise
    case tensor

    /// The source of a regularizer of this kind.
    func source(_ name: String) -> String {
        switch self {
        case .elementwise: elementwiseSource(name)
        case .groupwise: groupwiseSource(name)
        case .tensor: tensorSource(name)
        }
    }

    /// The source of its test, for a regularizer in a module.
    func test(_ name: String, in module: String) -> String {
        let imports = [module, "RegularizationLaws", "Testing"].sorted().map { "import \($0)\n" }.joined()
        return imports + """

            struct \(name)Tests {
                @Test(arguments: [0.01, 1, 100])
                func obeysEveryLaw(a: Double) {
                    #expect(RegularizerLaws.violations(of: \(name)(factor: a)) == [])
                }
            }

            """
    }

    /// What a proximal step has to be told to serve under every optimizer, Adam too.
    var proximalArguments: String {
        self == .tensor ? ", metric: .euclidean" : ""
    }
}
