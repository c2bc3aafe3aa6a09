/// What `Package.swift` says of the rooms, read from its text: the order and the floors are in it and nowhere else.
struct Manifest {
    enum Floor: Int, Comparable {
        case ground = 1
        case record, subject, slices, delivery, beside

        static func < (one: Floor, other: Floor) -> Bool { one.rawValue < other.rawValue }
    }

    enum Kind: String, CaseIterable {
        case target, executableTarget, systemLibrary, testTarget
    }

    struct Room {
        let name: String
        let kind: Kind
        let floor: Floor
        /// Position in the manifest: a room may use rooms above it in its own floor.
        let place: Int
        let purpose: String
        /// Rooms and products of packages alike, by the name that is imported.
        let dependencies: [String]
        let path: String
    }

    let rooms: [Room]

    func room(_ name: String) -> Room? { rooms.first { $0.name == name } }

    /// The rooms of the house, without the rooms of its tests.
    var house: [Room] { rooms.filter { $0.kind != .testTarget && $0.path.hasPrefix("Sources/") } }

    init(parsing text: String) {
        var floor = Floor.ground
        var rooms: [Room] = []
        var above = ""
        var rest = text.firstRange(of: "    targets: [").map { text[$0.upperBound...] } ?? text[...]
        while let end = rest.firstIndex(of: "\n") {
            let line = rest[..<end].trimmed
            if let comment = line.after("// ") {
                floor = Manifest.floor(named: comment) ?? floor
                above = String(comment)
            }
            if let kind = Kind.allCases.first(where: { line.hasPrefix(".\($0.rawValue)(") }) {
                let call = rest.balanced(from: rest.firstIndex(of: "(") ?? rest.startIndex)
                rooms.append(Room(kind, floor: floor, place: rooms.count, purpose: above, call: call))
                rest = rest[call.endIndex...]
                continue
            }
            rest = rest[rest.index(after: end)...]
        }
        self.rooms = rooms
    }

    /// A floor is announced in the manifest by a comment such as `// 2 RECORD: one gateway`.
    private static func floor(named comment: Substring) -> Floor? {
        if comment.hasPrefix("BESIDE THE FLOORS") { return .beside }
        let words = comment.split(separator: " ", maxSplits: 1)
        guard words.count == 2, let number = Int(words[0]) else { return nil }
        return Floor(rawValue: number)
    }
}

extension Manifest.Room {
    init(_ kind: Manifest.Kind, floor: Manifest.Floor, place: Int, purpose: String, call: Substring) {
        let name = call.argument("name").map { $0.quoted.first ?? "" } ?? ""
        let folder = kind == .testTarget ? "Tests" : "Sources"
        self.init(
            name: name, kind: kind, floor: floor, place: place, purpose: purpose,
            dependencies: call.argument("dependencies")?.dependencyNames ?? [],
            path: call.argument("path")?.quoted.first ?? "\(folder)/\(name)")
    }
}

extension Substring {
    /// From an opening bracket to just past the one that closes it; text in quotes is passed over.
    func balanced(from opening: Index) -> Substring {
        var depth = 0
        var quoted = false
        for index in self[opening...].indices {
            if self[index] == "\"" { quoted.toggle() }
            if quoted { continue }
            if "([".contains(self[index]) { depth += 1 }
            if ")]".contains(self[index]) { depth -= 1 }
            if depth == 0 { return self[opening...index] }
        }
        return self[opening...]
    }

    /// The value of an argument of this call: one list, or the text up to the next comma.
    fileprivate func argument(_ label: String) -> Substring? {
        guard let found = firstRange(of: "\(label): ") else { return nil }
        let value = self[found.upperBound...]
        if value.first == "[" { return value.balanced(from: value.startIndex) }
        return value.prefix { !",)".contains($0) }
    }

    /// What stands in quotes, in order.
    var quoted: [String] {
        split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .compactMap { $0.offset.isMultiple(of: 2) ? nil : String($0.element) }
    }

    /// The quoted names of a list of dependencies, without the names of packages.
    fileprivate var dependencyNames: [String] {
        var names: [String] = []
        for line in split(separator: ",") {
            if line.contains("package: \"") { continue }
            names += line.quoted.prefix(1)
        }
        return names
    }

    var trimmed: Substring {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return self[first...last]
    }

    func after(_ prefix: String) -> Substring? { hasPrefix(prefix) ? dropFirst(prefix.count) : nil }
}
