import Access
public import Kernel
public import Ledger

/// While a hold stands nothing that it covers is destroyed, whoever decided so and whatever was agreed: an inquiry or a
/// court may ask for it.
public struct RetentionHold: RecordBody {
    public static let kind = RecordKind("retention-hold", .retention)
    static let standingIndex = "standing"

    /// What it covers.
    public enum Scope: Sendable, Codable, Equatable {
        case everything
        case kind(String)
        case record(String)
        /// Every record about this person.
        case person(String)
    }

    public let title: String
    public let why: String
    public let scope: Scope
    /// The last day on which it stands; nil until it is lifted.
    public let until: Day?
    public let setBy: String
    public let setAt: Moment
    public private(set) var liftedBy: String?
    public private(set) var liftedAt: Moment?
    public private(set) var liftedWhy: String?

    public var keys: [IndexKey] { [IndexKey(Self.standingIndex, liftedAt == nil ? "yes" : "no")] }

    public func stands(on day: Day) -> Bool { liftedAt == nil && (until.map { day <= $0 } ?? true) }

    public func covers(_ record: RetainedRecord) -> Bool {
        switch scope {
        case .everything: true
        case .kind(let name): name == record.kind.name
        case .record(let id): id == record.id
        case .person(let id): id == record.id || record.subjects.contains { $0.person == id }
        }
    }
}

extension RetentionHold {
    /// A new hold.
    /// - Throws: `Problem` with the fields to put right.
    static func make(
        _ title: String, why: String, _ scope: Scope, until: Day?, by user: String, at now: Moment
    ) throws -> RetentionHold {
        let (title, why) = (title.trimmed(), why.trimmed())
        var faults: [Problem.Field] = []
        if title.isEmpty { faults.append(.init("title", "Name the inquiry or the case.")) }
        if title.count > 200 { faults.append(.init("title", "Use at most 200 characters.")) }
        if why.isEmpty { faults.append(.init("why", "Say who asked for it, and why.")) }
        if why.count > 2000 { faults.append(.init("why", "Use at most 2,000 characters.")) }
        if let until, until < LondonTime.day(of: now) {
            faults.append(.init("until", "The last day must be today or later."))
        }
        guard faults.isEmpty else { throw Problem.fields(faults) }
        return RetentionHold(title: title, why: why, scope: scope, until: until, setBy: user, setAt: now)
    }

    func lifted(why: String, by user: String, at now: Moment) throws -> RetentionHold {
        guard liftedAt == nil else { throw Problem(.refused, "This hold was lifted already.") }
        let why = why.trimmed()
        guard !why.isEmpty, why.count <= 2000 else {
            throw Problem.fields([.init("why", "Say why it may be lifted, in at most 2,000 characters.")])
        }
        var hold = self
        (hold.liftedBy, hold.liftedAt, hold.liftedWhy) = (user, now, why)
        return hold
    }

    /// Those that keep this record today.
    static func keeping(_ record: RetainedRecord, on day: Day, _ reading: any Reading) throws -> [RetentionHold] {
        try RecordUpkeep.records(RetentionHold.self, index: standingIndex, key: "yes", reading).map(\.body)
            .filter { $0.stands(on: day) && $0.covers(record) }
    }
}
