import Testing

@Suite("The rooms of the house")
struct HouseTests {
    let rules: HouseRules

    init() throws {
        rules = HouseRules(manifest: try Repository.manifest(), imports: try Repository.imports())
    }

    @Test func `every import is declared in the manifest`() {
        #expect(rules.undeclaredImports() == [])
    }

    @Test func `no room depends on a room above it`() {
        #expect(rules.upwardDependencies() == [])
    }

    @Test func `no slice uses another slice`() {
        #expect(rules.slicesUsingSlices() == [])
    }

    @Test func `only Web imports Hummingbird`() {
        #expect(rules.hummingbirdOutsideWeb() == [])
    }

    @Test func `Pages knows no HTTP`() {
        #expect(rules.httpInPages() == [])
    }

    @Test func `only the command names an engine`() {
        #expect(rules.enginesOutsideTheCommand() == [])
    }

    @Test func `every declared dependency is used`() {
        #expect(rules.unusedDependencies() == [])
    }

    @Test func `every folder of Sources is a room and every room has files`() throws {
        let named = Set(rules.manifest.house.map(\.name))
        #expect(try Set(Repository.folders(in: "Sources")) == named)
        for room in rules.manifest.house {
            #expect(!Repository.files(under: room.path, suffix: "").isEmpty, "\(room.name) is empty")
        }
    }

    @Test func `every room says what it is for in one line`() {
        for room in rules.manifest.house {
            #expect(room.purpose.hasSuffix("."), "\(room.name) has no line of purpose above it")
        }
    }
}
