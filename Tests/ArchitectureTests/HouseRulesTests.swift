import Testing

/// The rules must be able to fail, so each is shown a house with one fault.
@Suite("The rules of the house find faults")
struct HouseRulesTests {
    private static let text = """
        let package = Package(
            targets: [
                // 1 GROUND: pure.

                // Words and numbers.
                .target(name: "Kernel", swiftSettings: strict),
                // 2 RECORD: one gateway.

                // Keeps records.
                .target(
                    name: "Ledger",
                    dependencies: ["Kernel", .product(name: "Crypto", package: "swift-crypto"),
                    ],
                    swiftSettings: strict),
                // 4 SLICES: one capability each.

                // Reports.
                .target(name: "Inspection", dependencies: ["Ledger"], resources: [.copy("Reference")]),
                // Meetings.
                .target(name: "Marac", dependencies: ["Inspection", "Web"]),
                // 5 DELIVERY: pages.

                // Pages.
                .target(name: "Pages", dependencies: []),
                // Routes.
                .target(name: "Web", dependencies: ["Pages"]),
                // BESIDE THE FLOORS

                // For tests.
                .target(name: "TestKit", dependencies: ["Kernel"], path: "Tests/TestKit"),
                .testTarget(name: "KernelTests", dependencies: ["Kernel"]),
            ]
        )
        """

    private func rules(_ source: String = "", room: String = "Inspection") -> HouseRules {
        let imports = Import.all(in: source, of: "Sources/\(room)/A.swift")
        return HouseRules(manifest: Manifest(parsing: Self.text), imports: imports)
    }

    @Test func `the manifest is read with floors, purposes and products`() throws {
        let manifest = rules().manifest
        #expect(
            manifest.rooms.map(\.name) == [
                "Kernel", "Ledger", "Inspection", "Marac", "Pages", "Web", "TestKit", "KernelTests",
            ])
        let ledger = try #require(manifest.room("Ledger"))
        #expect(ledger.dependencies == ["Kernel", "Crypto"])
        #expect(ledger.floor == .record)
        #expect(ledger.purpose == "Keeps records.")
        #expect(manifest.room("TestKit")?.path == "Tests/TestKit")
        #expect(manifest.house.map(\.name) == ["Kernel", "Ledger", "Inspection", "Marac", "Pages", "Web"])
    }

    @Test(arguments: [
        ("import Kernel", "Kernel"), ("public import Ledger", "Ledger"), ("@testable import Web", "Web"),
        ("import struct Foundation.Date", "Foundation"), ("@preconcurrency internal import NIOCore", "NIOCore"),
        ("    import Glibc", "Glibc"), ("import Crypto  // for digests", "Crypto"),
    ])
    func `an import is read in each of its forms`(line: String, module: String) {
        #expect(Import.module(importedBy: line[...]) == module)
    }

    @Test(arguments: ["// import Kernel", "importer.run()", "let import = 1", "import", "", "/// import Kernel"])
    func `what is no import is not read as one`(line: String) {
        #expect(Import.module(importedBy: line[...]) == nil)
    }

    @Test func `an undeclared import is found with its line`() {
        let found = rules("import Foundation\nimport Ledger\nimport Kernel\n").undeclaredImports()
        #expect(found == ["Sources/Inspection/A.swift:3: Inspection imports Kernel without declaring it"])
        #expect(rules("import Kernel", room: "Attic").undeclaredImports().count == 1)
    }

    @Test func `an upward dependency and a slice that uses a slice are found`() {
        #expect(rules().upwardDependencies() == ["Marac depends on Web, which is not below it"])
        #expect(rules().slicesUsingSlices() == ["Marac depends on Inspection: a slice never uses a slice"])
    }

    @Test func `Hummingbird, HTTP and engines are found where they do not belong`() {
        #expect(rules("import HummingbirdCore").hummingbirdOutsideWeb().count == 1)
        #expect(rules("import Hummingbird", room: "Web").hummingbirdOutsideWeb() == [])
        #expect(rules("import NIOCore", room: "Pages").httpInPages().count == 1)
        #expect(rules("import GRDB").enginesOutsideTheCommand().count == 1)
        #expect(rules("import GRDB", room: "StoreSQLite").enginesOutsideTheCommand() == [])
    }

    @Test func `a dependency that is never imported is found`() {
        #expect(rules("import Foundation").unusedDependencies() == ["Inspection declares Ledger and never imports it"])
        #expect(rules("import Ledger").unusedDependencies() == [])
    }
}
