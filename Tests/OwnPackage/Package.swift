// swift-tools-version: 6.2
import PackageDescription

/// A package as a user writes it, outside of the framework: nothing here but its public products.
///
/// The `name` is what the products below call the package, whatever its folder is called.
let package = Package(
    name: "own-package",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "swift-regularization", path: Context.environment["REGULARIZATION_PATH"] ?? "../..")
    ],
    targets: [
        .target(
            name: "OwnParts",
            dependencies: [
                .product(name: "Regularization", package: "swift-regularization"),
                .product(name: "ReferenceNetwork", package: "swift-regularization"),
            ]),
        .testTarget(
            name: "OwnPartsTests",
            dependencies: [
                "OwnParts",
                .product(name: "ReferenceNetwork", package: "swift-regularization"),
                .product(name: "Regularization", package: "swift-regularization"),
                .product(name: "RegularizationJSON", package: "swift-regularization"),
                .product(name: "RegularizationLaws", package: "swift-regularization"),
            ]),
    ]
)

for target in package.targets { target.swiftSettings = [.treatAllWarnings(as: .error)] }
