// swift-tools-version: 6.2
import PackageDescription

/// One settings array for every target: Swift 6, warnings are errors, imports say what they leak.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")

let package = Package(
    name: "ashar",
    products: [.executable(name: "ashar", targets: ["ashar"])],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1",
            traits: ["FullFoundation"]),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    ],
    targets: [
        .target(name: "Participation", swiftSettings: settings),
        .target(
            name: "SyncCore", dependencies: [crypto], path: "Sync/Core", swiftSettings: settings),
        // Debian's header stands where the compiler looks, so no pkg-config: SwiftPM would warn of
        // the -D_REENTRANT in its file.
        .systemLibrary(
            name: "CDNSService", path: "Sync/Transport/CDNSService",
            providers: [.apt(["libavahi-compat-libdnssd-dev"])]),
        .target(
            name: "SyncTransport",
            dependencies: [
                "CDNSService", "SyncCore", crypto, logging,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            path: "Sync/Transport", exclude: ["CDNSService"], swiftSettings: settings),
        .target(
            name: "SyncSimulation", dependencies: ["SyncCore", crypto], path: "Sync/Simulation",
            swiftSettings: settings),
        .executableTarget(
            name: "simulate", dependencies: ["SyncSimulation"], path: "Sync/Simulate",
            swiftSettings: settings),
        .target(
            name: "Store",
            dependencies: [
                "Participation", "SyncCore", crypto,
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .target(name: "Pictures", dependencies: ["Participation"], swiftSettings: settings),
        // Debian's headers again.
        .systemLibrary(
            name: "CImageCodecs", path: "Sources/Photographs/CImageCodecs",
            providers: [.apt(["libturbojpeg0-dev", "libpng-dev", "libwebp-dev"])]),
        .target(
            name: "Photographs", dependencies: ["CImageCodecs"], exclude: ["CImageCodecs"],
            swiftSettings: settings),
        .target(
            name: "Documents", dependencies: ["Participation", "Pictures"],
            swiftSettings: settings),
        .systemLibrary(
            name: "CQREncode", path: "WebUI/Hall/CQREncode",
            providers: [.apt(["libqrencode-dev"])]),
        // The hall is a target of its own so that nothing of it can see the store.
        .target(
            name: "Hall",
            dependencies: [
                "CQREncode", "Participation", crypto, hummingbird, logging,
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            path: "WebUI/Hall", exclude: ["CQREncode"], swiftSettings: settings),
        .target(
            name: "WebUI",
            dependencies: [
                "Documents", "Hall", "Participation", "Photographs", "Pictures", "Store",
                cryptoExtras, crypto,
                hummingbird, logging,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            path: "WebUI", exclude: ["Hall"],
            resources: [.copy("Templates"), .copy("Static"), .copy("Text")],
            swiftSettings: settings),
        .target(
            name: "Commands",
            dependencies: [
                "CImageCodecs", "Documents", "Hall", "Photographs", "Store", "SyncCore",
                "SyncTransport", "WebUI", crypto, hummingbird, logging,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            resources: [.copy("Demo")],
            swiftSettings: settings),
        .executableTarget(name: "ashar", dependencies: ["Commands"], swiftSettings: settings),
        .testTarget(
            name: "ParticipationTests", dependencies: ["Participation"], swiftSettings: settings),
        .testTarget(
            name: "SyncCoreTests", dependencies: ["SyncCore", crypto], swiftSettings: settings),
        .testTarget(
            name: "SyncTransportTests",
            dependencies: [
                "SyncCore", "SyncTransport", crypto, logging,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "SyncSimulationTests", dependencies: ["SyncCore", "SyncSimulation"],
            swiftSettings: settings),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "Store", "SyncSimulation", crypto,
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "PicturesTests", dependencies: ["Participation", "Pictures"],
            swiftSettings: settings),
        .testTarget(
            name: "PhotographsTests", dependencies: ["CImageCodecs", "Photographs"],
            swiftSettings: settings),
        .testTarget(
            name: "DocumentsTests", dependencies: ["Documents", "Participation"],
            swiftSettings: settings),
        .testTarget(
            name: "HallTests",
            dependencies: [
                "Hall", "Participation", "SyncSimulation", crypto, hummingbird, logging,
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "WebUITests",
            dependencies: [
                "Hall", "WebUI", "Participation", "Photographs", "Store", "SyncSimulation", crypto,
                hummingbird, logging,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "CommandsTests",
            dependencies: [
                "CImageCodecs", "Commands", "Participation", "Photographs", "ashar",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .testTarget(name: "TidyTests", dependencies: ["Participation"], swiftSettings: settings),
    ]
)
