// swift-tools-version: 6.2
import PackageDescription

/// Writes files for `check.py`, which reads them with other libraries; `.ci/check-interchange` runs both.
let package = Package(
    name: "interchange",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "swift-regularization", path: "../..")],
    targets: [
        .executableTarget(
            name: "Interchange",
            dependencies: [
                .product(name: "Regularization", package: "swift-regularization"),
                .product(name: "ReferenceNetwork", package: "swift-regularization"),
                .product(name: "TensorFiles", package: "swift-regularization"),
            ])
    ]
)
