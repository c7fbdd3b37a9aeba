// swift-tools-version: 6.2
import PackageDescription

/// For the module that declares the non-escapable views `Weights` and `MutableWeights`; modules that use them need no
/// flag.
let lifetimes: [SwiftSetting] = [.enableExperimentalFeature("Lifetimes")]

let package = Package(
    name: "swift-regularization",
    platforms: [.macOS(.v26), .iOS(.v26), .tvOS(.v26), .watchOS(.v26), .visionOS(.v26)],
    products: [
        .library(name: "Regularization", targets: ["Regularization"]),
        .library(name: "RegularizationJSON", targets: ["RegularizationJSON"]),
        .library(name: "RegularizationLaws", targets: ["RegularizationLaws"]),
        .library(name: "TensorFiles", targets: ["TensorFiles"]),
        .library(name: "ReferenceNetwork", targets: ["ReferenceNetwork"]),
        .library(name: "AdaMaxPlugin", targets: ["AdaMaxPlugin"]),
        .library(name: "CharbonnierPlugin", targets: ["CharbonnierPlugin"]),
        .library(name: "CosineOrthogonalityPlugin", targets: ["CosineOrthogonalityPlugin"]),
        .library(name: "GroupGemanPlugin", targets: ["GroupGemanPlugin"]),
        .library(name: "MinMaxNormPlugin", targets: ["MinMaxNormPlugin"]),
        .library(name: "SquaredDifferencesPlugin", targets: ["SquaredDifferencesPlugin"]),
        .plugin(name: "NewRegularizer", targets: ["NewRegularizer"]),
    ],
    dependencies: [],
    targets: [
        .target(
            name: "CKernels",
            linkerSettings: [
                .linkedLibrary("m", .when(platforms: [.linux, .android])),
                .linkedFramework(
                    "Accelerate", .when(platforms: [.macOS, .iOS, .tvOS, .watchOS, .visionOS, .macCatalyst])),
            ]),
        .target(name: "Regularization", dependencies: ["CKernels"], swiftSettings: lifetimes),
        .target(name: "Files"),
        .target(name: "StrictJSON"),
        .target(name: "RegularizationJSON", dependencies: ["Regularization", "Files", "StrictJSON"]),
        .target(name: "RegularizationLaws", dependencies: ["Regularization", "RegularizationJSON"]),
        .target(name: "TensorFiles", dependencies: ["Regularization", "Files", "StrictJSON"]),
        .target(
            name: "ReferenceNetwork", dependencies: ["Regularization", "Files", "StrictJSON", "TensorFiles"]),
        .target(
            name: "AdaMaxPlugin",
            dependencies: ["Regularization"],
            path: "Plugins/AdaMaxPlugin",
            packageAccess: false),
        .target(
            name: "CharbonnierPlugin",
            dependencies: ["Regularization"],
            path: "Plugins/CharbonnierPlugin",
            packageAccess: false),
        .target(
            name: "CosineOrthogonalityPlugin",
            dependencies: ["Regularization"],
            path: "Plugins/CosineOrthogonalityPlugin",
            packageAccess: false),
        .target(
            name: "GroupGemanPlugin",
            dependencies: ["Regularization"],
            path: "Plugins/GroupGemanPlugin",
            packageAccess: false),
        .target(
            name: "MinMaxNormPlugin",
            dependencies: ["Regularization"],
            path: "Plugins/MinMaxNormPlugin",
            packageAccess: false),
        .target(
            name: "SquaredDifferencesPlugin",
            dependencies: ["Regularization"],
            path: "Plugins/SquaredDifferencesPlugin",
            packageAccess: false),
        .plugin(
            name: "NewRegularizer",
            capability: .command(
                intent: .custom(
                    verb: "new-regularizer",
                    description:
                        "Writes a regularizer that obeys the laws, and its test, to edit into one's own."),
                permissions: [
                    .writeToPackageDirectory(reason: "It writes the source of a regularizer and of its test.")
                ]),
            path: "Plugins/NewRegularizer"),
        .executableTarget(
            name: "Digits",
            dependencies: [
                "Regularization", "RegularizationJSON", "ReferenceNetwork", "TensorFiles", "Files",
                "CharbonnierPlugin", "CosineOrthogonalityPlugin", "GroupGemanPlugin", "MinMaxNormPlugin",
                "SquaredDifferencesPlugin",
            ],
            resources: [.copy("Data")]),
        .executableTarget(
            name: "Benchmarks", dependencies: ["Regularization", "ReferenceNetwork", "TensorFiles"]),

        .testTarget(
            name: "RegularizationTests",
            dependencies: ["Regularization", "RegularizationLaws"],
            resources: [.copy("Reference")]),
        .testTarget(name: "FilesTests", dependencies: ["Files"]),
        .testTarget(name: "StrictJSONTests", dependencies: ["StrictJSON"]),
        .testTarget(
            name: "RegularizationJSONTests", dependencies: ["Regularization", "RegularizationJSON"]),
        .testTarget(
            name: "TensorFilesTests",
            dependencies: ["Regularization", "Files", "StrictJSON", "TensorFiles", "ReferenceNetwork"],
            resources: [.copy("Reference")]),
        .testTarget(name: "RegularizationLawsTests", dependencies: ["Regularization", "RegularizationLaws"]),
        .testTarget(
            name: "ReferenceNetworkTests",
            dependencies: ["Regularization", "RegularizationJSON", "ReferenceNetwork", "TensorFiles"],
            resources: [.copy("Reference")]),
        .testTarget(
            name: "AdaMaxPluginTests",
            dependencies: ["Regularization", "AdaMaxPlugin", "RegularizationLaws"]),
        .testTarget(
            name: "CharbonnierPluginTests",
            dependencies: ["Regularization", "CharbonnierPlugin", "RegularizationLaws"]),
        .testTarget(
            name: "CosineOrthogonalityPluginTests",
            dependencies: ["Regularization", "CosineOrthogonalityPlugin", "RegularizationLaws"],
            resources: [.copy("Reference")]),
        .testTarget(
            name: "GroupGemanPluginTests",
            dependencies: ["Regularization", "GroupGemanPlugin", "RegularizationLaws"],
            resources: [.copy("Reference")]),
        .testTarget(
            name: "MinMaxNormPluginTests",
            dependencies: ["Regularization", "MinMaxNormPlugin", "RegularizationLaws"],
            resources: [.copy("Reference")]),
        .testTarget(
            name: "SquaredDifferencesPluginTests",
            dependencies: ["Regularization", "SquaredDifferencesPlugin", "RegularizationLaws"],
            resources: [.copy("Reference")]),
        .testTarget(
            name: "DocumentationTests",
            dependencies: [
                "Regularization", "RegularizationJSON", "RegularizationLaws", "ReferenceNetwork",
                "TensorFiles", "CharbonnierPlugin",
            ]),
    ]
)
