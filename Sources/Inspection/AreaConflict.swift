import Actions
public import Kernel
public import Ledger

/// Two people changed one area: what it was, what stands now and what the second one sent, field by field.
public struct AreaConflict: Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        public let name: String
        public let base: String
        public let stored: String
        public let sent: String

        /// The second writer's text is not what stands.
        public var differs: Bool { stored != sent }
    }

    public let fields: [Field]
    public let storedVersion: Int
    public let storedBy: String
    public let storedAt: Moment

    public init(_ conflict: Conflict, statuses: AreaStatuses) throws {
        let bodies = try conflict.bodies(AreaForImprovement.self)
        let stored = bodies.stored.shown(statuses)
        let sent = bodies.sent.shown(statuses)
        let base = bodies.base?.shown(statuses) ?? stored.map { ($0.0, "") }
        fields = zip(base, zip(stored, sent)).map { Field(name: $0.0, base: $0.1, stored: $1.0.1, sent: $1.1.1) }
        (storedVersion, storedBy, storedAt) = (conflict.storedVersion, conflict.storedBy, conflict.storedAt)
    }
}

extension AreaForImprovement {
    /// The fields that people change, as they are shown.
    func shown(_ statuses: AreaStatuses) -> [(String, String)] {
        func words(_ strand: StatusStrand) -> String {
            guard let event = status(strand) else { return "" }
            let title = statuses.status(event.status)?.title ?? event.status
            return [title, LondonTime.inWords(event.on), event.words].filter { !$0.isEmpty }.joined(separator: ", ")
        }
        return [
            ("Owner", owner?.name ?? ""), ("Due date", due.map(LondonTime.inWords) ?? ""),
            ("The force’s view", words(.force)), ("The inspectorate’s view", words(.inspectorate)),
            ("Linked measures", measures.map(\.title).joined(separator: "; ")),
            ("Evidence", evidence.map(\.claim).joined(separator: "; ")),
            ("What became of it", later.map(\.statement).joined(separator: "; ")),
        ]
    }
}
