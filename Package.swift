// swift-tools-version: 6.2
import PackageDescription

/// A room keeps its doors: `ArchitectureTests` reads every `import` in `Sources/` against this list.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "holdfast",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "holdfast", targets: ["holdfast"])
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
    ],
    targets: [
        // 1 GROUND: pure, no input or output, no police words.

        // Identifiers, moments and months, dated reference data, safe errors, seeded randomness, CSV.
        .target(name: "Kernel", swiftSettings: strict),
        // Dated reference data in YAML, read with the line of each mistake.
        .target(
            name: "Reference", dependencies: ["Kernel", .product(name: "Yams", package: "Yams")],
            swiftSettings: strict),
        // Chi-square, normal and Student's distributions from Boost.Math behind a C door.
        .target(name: "CBoostMath"),
        // Linear algebra from LAPACK, from the system.
        .systemLibrary(name: "CLAPACK", providers: [.apt(["liblapack-dev"])]),
        // Intervals, control charts, regression and survival: pure functions that cite their source.
        .target(name: "Statistics", dependencies: ["CBoostMath", "CLAPACK"], swiftSettings: strict),
        // Decimal numbers read by the C++ library: fast, exact, without a locale.
        .target(name: "CDecimal"),
        // GEOS, the geometry engine, from the system.
        .systemLibrary(name: "CGEOS", pkgConfig: "geos", providers: [.apt(["libgeos-dev"])]),
        // Areas and their vintages; which area holds a point.
        .target(name: "Geography", dependencies: ["CGEOS", "Kernel"], swiftSettings: strict),
        // Is this the same person? Comparison, blocking, weights learnt without labels, explanation, look-up.
        .target(name: "Linkage", resources: [.copy("Reference")], swiftSettings: strict),

        // 2 RECORD: one gateway, everything audited.

        // Roles, purposes, relations: one pure function decides.
        .target(name: "Access", dependencies: ["Kernel"], swiftSettings: strict),
        // Versioned records, the audit of reads and writes, as-known-at; the contract of an engine.
        .target(
            name: "Ledger",
            dependencies: ["Access", "Kernel", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),
        // The embedded engine: SQLite in WAL mode, one writer with grouped commits, readers that cannot checkpoint.
        .target(
            name: "StoreSQLite",
            dependencies: [
                "Ledger", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        // The client library of PostgreSQL, from the system.
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        // The engine for several nodes: PostgreSQL through libpq, grouped commits, an unknown outcome looked up.
        .target(name: "StorePostgres", dependencies: ["CLibPQ", "Kernel", "Ledger"], swiftSettings: strict),

        // 3 SUBJECT: what every slice shares.

        // How long records are kept: reviews, decisions, holds, and the end of what was lent.
        .target(
            name: "Retention",
            dependencies: ["Access", "Kernel", "Ledger", "Reference", .product(name: "Yams", package: "Yams")],
            resources: [.copy("Reference")], swiftSettings: strict),

        // Password hashing (Argon2id) from libsodium, from the system.
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        // OpenID Connect: what a force's own sign-in says, and whether it may be believed.
        .target(
            name: "Federation",
            dependencies: [
                "Access", "Kernel", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"), .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),
        // Agencies, teams, users; how a person signs in and how it is taken away.
        .target(
            name: "Accounts",
            dependencies: [
                "Access", "CSodium", "Federation", "Kernel", "Ledger",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict),
        // Tells other systems that something changed: signed, in order, at least once, never what a record says.
        .target(
            name: "Webhooks",
            dependencies: [
                "Access", "Accounts", "Kernel", "Ledger",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict),
        // Structured questions as dated, versioned files: answers, concerns, standards of quality, copied text.
        .target(
            name: "Instruments", dependencies: ["Kernel", "Reference", .product(name: "Yams", package: "Yams")],
            resources: [.copy("Reference")], swiftSettings: strict),
        // Who must do what by when: mechanics only, never the kind of case.
        .target(name: "Actions", dependencies: ["Access", "Kernel", "Ledger", "Retention"], swiftSettings: strict),
        // Conflicts of interest and emergency access, and who reviews them.
        .target(name: "Conduct", dependencies: ["Access", "Kernel", "Ledger"], swiftSettings: strict),
        // Persons as each agency holds them; what one agency tells another of a person.
        .target(
            name: "People",
            dependencies: [
                "Access", "Accounts", "Kernel", "Ledger", "Linkage", "Reference", "Retention",
                .product(name: "Yams", package: "Yams"),
            ],
            resources: [.copy("Reference")], swiftSettings: strict),
        // gzip and zip from libarchive, from the system.
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        // XML read piece by piece, from the system.
        .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        // Bulk facts from other systems: streamed, validated, idempotent, with provenance by batch.
        .target(
            name: "Feeds",
            dependencies: [
                "Access", "CArchive", "CXML2", "Kernel", "Ledger", .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict),
        // Definitions of figures, their series, control limits and the rows behind each point.
        .target(
            name: "Measures", dependencies: ["Access", "Feeds", "Kernel", "Ledger", "Statistics"],
            swiftSettings: strict),

        // 4 SLICES: one capability each; slices never import slices.

        // Inspection reports, grades, areas for improvement and their evidence.
        .target(
            name: "Inspection",
            dependencies: [
                "Access", "Actions", "Kernel", "Ledger", "Reference", "Retention",
                .product(name: "Crypto", package: "swift-crypto"), .product(name: "Yams", package: "Yams"),
            ],
            resources: [.copy("Reference")], swiftSettings: strict),

        // Risk at the call and at the doorstep: answers, grade, first response, review, quality.
        .target(
            name: "RiskAssessment",
            dependencies: [
                "Access", "Instruments", "Kernel", "Ledger", "People", "Reference", "Retention", "Statistics",
                .product(name: "Crypto", package: "swift-crypto"), .product(name: "Yams", package: "Yams"),
            ],
            resources: [.copy("Reference")], swiftSettings: strict),

        // 5 DELIVERY: pages, routes, the command.

        // Page and form models, components and charts in a typed HTML builder; knows no HTTP.
        .target(name: "Pages", dependencies: ["Kernel"], resources: [.copy("Assets")], swiftSettings: strict),
        // Routes, sessions, security headers; one folder per slice.
        .target(
            name: "Web",
            dependencies: [
                "Access", "Accounts", "Actions", "Conduct", "Federation", "Feeds", "Inspection", "Instruments",
                "Kernel",
                "Ledger", "Linkage", "Measures", "Pages", "People", "Retention", "RiskAssessment", "Webhooks",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        // The command and composition root: only it and the tests name an engine.
        .executableTarget(
            name: "holdfast",
            dependencies: [
                "Access", "Accounts", "Actions", "CArchive", "CDecimal", "Federation", "Feeds", "Geography",
                "Inspection",
                "Instruments", "Kernel", "Ledger", "Linkage", "Measures", "Pages", "People", "Reference", "Retention",
                "RiskAssessment", "Samples", "Statistics", "StorePostgres", "StoreSQLite", "Web", "Webhooks",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),

        // BESIDE THE FLOORS

        // A seeded, synthetic force with known truth, plainly marked as such.
        .target(
            name: "Samples", dependencies: ["Access", "Kernel"], resources: [.copy("Texts")],
            swiftSettings: strict),
        // Builders, temporary stores, a small WebDriver client: for tests only.
        .target(
            name: "TestKit",
            dependencies: [
                "Access", "Federation", "Kernel", "Ledger", "StorePostgres", "StoreSQLite",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            path: "Tests/TestKit", swiftSettings: strict),

        .testTarget(name: "ArchitectureTests"),
        .testTarget(name: "KernelTests", dependencies: ["Kernel"], swiftSettings: strict),
        .testTarget(name: "StatisticsTests", dependencies: ["Statistics"], swiftSettings: strict),
        .testTarget(name: "GeographyTests", dependencies: ["Geography", "Kernel", "TestKit"], swiftSettings: strict),
        .testTarget(name: "LinkageTests", dependencies: ["Kernel", "Linkage"], swiftSettings: strict),
        .testTarget(name: "AccessTests", dependencies: ["Access"], swiftSettings: strict),
        .testTarget(
            name: "LedgerTests", dependencies: ["Access", "Kernel", "Ledger", "StoreSQLite", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "StorePostgresTests", dependencies: ["Kernel", "Ledger", "StorePostgres", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "FederationTests",
            dependencies: [
                "Access", "Federation", "Kernel", "TestKit", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "AccountsTests", dependencies: ["Access", "Accounts", "Federation", "Kernel", "Ledger", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "PeopleTests",
            dependencies: ["Access", "Accounts", "Kernel", "Ledger", "Linkage", "People", "Retention", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "WebhooksTests",
            dependencies: [
                "Access", "Accounts", "Kernel", "Ledger", "TestKit", "Webhooks",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ConductTests", dependencies: ["Access", "Conduct", "Kernel", "Ledger", "People", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "FeedsTests", dependencies: ["Access", "Feeds", "Kernel", "Ledger", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "MeasuresTests",
            dependencies: ["Access", "Feeds", "Kernel", "Ledger", "Measures", "Statistics", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "InstrumentsTests", dependencies: ["Instruments", "Kernel", "Reference"], swiftSettings: strict),
        .testTarget(
            name: "InspectionTests",
            dependencies: ["Access", "Actions", "Inspection", "Kernel", "Ledger", "Reference", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "RiskAssessmentTests",
            dependencies: [
                "Access", "Instruments", "Kernel", "Ledger", "People", "Retention", "RiskAssessment", "Samples",
                "Statistics", "TestKit",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "RetentionTests",
            dependencies: ["Access", "Kernel", "Ledger", "Reference", "Retention", "StorePostgres", "TestKit"],
            swiftSettings: strict),
        .testTarget(name: "PagesTests", dependencies: ["Kernel", "Pages"], swiftSettings: strict),
        .testTarget(
            name: "SamplesTests", dependencies: ["Access", "Geography", "Kernel", "Samples", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Access", "Accounts", "Actions", "Conduct", "Federation", "Feeds", "Inspection", "Instruments",
                "Kernel",
                "Ledger", "Measures", "Pages", "People", "Retention", "RiskAssessment", "StoreSQLite", "TestKit", "Web",
                "Webhooks",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
            ],
            swiftSettings: strict),
        .testTarget(name: "CommandTests", dependencies: ["Kernel", "TestKit"], swiftSettings: strict),
        .testTarget(name: "PageTests", dependencies: ["Kernel", "TestKit"], swiftSettings: strict),
    ]
)
