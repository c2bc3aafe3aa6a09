import CLibPQ

/// Statements that a connection has prepared, by text and types. The least used of late goes when there are too many.
struct PGStatements {
    struct Key: Hashable {
        let sql: String
        let types: [Oid]
    }

    private static let most = 200
    private var known: [Key: (name: String, used: Int)] = [:]
    private var clock = 0
    private var made = 0

    /// The name of a statement that is prepared.
    mutating func name(_ key: Key) -> String? {
        guard let found = known[key] else { return nil }
        clock += 1
        known[key] = (found.name, clock)
        return found.name
    }

    mutating func newName() -> String {
        made += 1
        return "s\(made)"
    }

    /// - Returns: the name of the statement that has to make room.
    mutating func keep(_ key: Key, _ name: String) -> String? {
        clock += 1
        known[key] = (name, clock)
        guard known.count > Self.most, let oldest = known.min(by: { $0.value.used < $1.value.used }) else { return nil }
        known[oldest.key] = nil
        return oldest.value.name
    }
}
