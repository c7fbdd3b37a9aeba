// swift-tools-version: 6.2
import PackageDescription

/// Fuzzers of what reads texts and files from outside; `.ci/fuzz` builds and runs them.
///
/// This is a package of its own because libFuzzer brings the `main` of each executable: without `--sanitize=fuzzer`
/// none of them links.
let package = Package(
    name: "fuzzers",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "swift-regularization", path: "../..")],
    targets: [
        .target(name: "FuzzerSupport"),
        .executableTarget(
            name: "ModelsFuzzer",
            dependencies: [
                "FuzzerSupport",
                .product(name: "ReferenceNetwork", package: "swift-regularization"),
                .product(name: "TensorFiles", package: "swift-regularization"),
            ]),
        .executableTarget(
            name: "PatternsFuzzer",
            dependencies: [
                "FuzzerSupport", .product(name: "Regularization", package: "swift-regularization"),
            ]),
        .executableTarget(
            name: "PenaltiesFuzzer",
            dependencies: [
                "FuzzerSupport",
                .product(name: "Regularization", package: "swift-regularization"),
                .product(name: "RegularizationJSON", package: "swift-regularization"),
            ]),
        .executableTarget(
            name: "TablesFuzzer",
            dependencies: [
                "FuzzerSupport", .product(name: "ReferenceNetwork", package: "swift-regularization"),
            ]),
        .executableTarget(
            name: "TensorFilesFuzzer",
            dependencies: [
                "FuzzerSupport",
                .product(name: "Regularization", package: "swift-regularization"),
                .product(name: "TensorFiles", package: "swift-regularization"),
            ]),
    ]
)
