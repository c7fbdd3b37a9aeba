// swift-tools-version: 6.2
import PackageDescription

/// `Weights` and `MutableWeights` are non-escapable views; whoever uses them needs no flag.
let lifetimes: [SwiftSetting] = [.enableExperimentalFeature("Lifetimes")]

let package = Package(
    name: "swift-regularization",
    platforms: [.macOS(.v26), .iOS(.v26)],
    dependencies: [],
    targets: [
        .target(name: "CKernels"),
        .target(name: "Regularization", dependencies: ["CKernels"], swiftSettings: lifetimes),
    ]
)
