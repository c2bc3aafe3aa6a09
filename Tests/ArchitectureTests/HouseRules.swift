/// The rules of the floors, as functions from what was read to sentences about what is wrong.
struct HouseRules {
    /// Modules that come with Swift on every platform we build for.
    static let platform: Set<String> = [
        "Dispatch", "Foundation", "FoundationEssentials", "FoundationNetworking", "Glibc", "Synchronization",
    ]
    /// Names that tell which engine stores the records.
    static let engines: Set<String> = ["CLibPQ", "GRDB", "GRDBSQLite", "StorePostgres", "StoreSQLite"]

    let manifest: Manifest
    let imports: [Import]

    func undeclaredImports() -> [String] {
        imports.compactMap { found in
            guard let room = manifest.room(found.room) else { return "\(found.place): no room named \(found.room)" }
            let allowed = room.dependencies.contains(found.module) || Self.platform.contains(found.module)
            return allowed ? nil : "\(found.place): \(room.name) imports \(found.module) without declaring it"
        }
    }

    /// A room uses lower floors, and rooms above it in its own list; the command alone may use what is beside them.
    func upwardDependencies() -> [String] {
        manifest.house.flatMap { room in
            room.dependencies.compactMap(manifest.room).compactMap { used in
                let below = used.floor < room.floor || (used.floor == room.floor && used.place < room.place)
                let besides = used.floor == .beside && room.kind == .executableTarget
                return below || besides ? nil : "\(room.name) depends on \(used.name), which is not below it"
            }
        }
    }

    func slicesUsingSlices() -> [String] {
        manifest.house.filter { $0.floor == .slices }.flatMap { slice in
            slice.dependencies.compactMap(manifest.room).filter { $0.floor == .slices }
                .map { "\(slice.name) depends on \($0.name): a slice never uses a slice" }
        }
    }

    func hummingbirdOutsideWeb() -> [String] {
        imports.filter { $0.module.hasPrefix("Hummingbird") && $0.room != "Web" }
            .map { "\($0.place): only Web imports Hummingbird" }
    }

    /// Pages are values: they must be drawable in a test without a server.
    func httpInPages() -> [String] {
        imports.filter { $0.room == "Pages" && ($0.module.hasPrefix("NIO") || $0.module.hasPrefix("HTTP")) }
            .map { "\($0.place): Pages knows no HTTP" }
    }

    func enginesOutsideTheCommand() -> [String] {
        imports.filter { Self.engines.contains($0.module) && !$0.room.hasPrefix("Store") && $0.room != "holdfast" }
            .map { "\($0.place): only the command and the tests name an engine" }
    }

    /// A door that nobody uses invites the next person through it.
    func unusedDependencies() -> [String] {
        let used = Dictionary(grouping: imports, by: \.room).mapValues { Set($0.map(\.module)) }
        return manifest.house.filter { used[$0.name] != nil }.flatMap { room in
            room.dependencies.filter { used[room.name]?.contains($0) == false }
                .map { "\(room.name) declares \($0) and never imports it" }
        }
    }
}
