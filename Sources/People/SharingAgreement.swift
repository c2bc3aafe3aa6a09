public import Access
public import Kernel
public import Ledger

/// What a partner agency agreed to share: by which law, and until when. What came by it goes when it ends.
public struct SharingAgreement: RecordBody {
    public static let kind = RecordKind("people.agreement", .sharing, schema: 2)

    /// The agency that shares.
    public let agency: String
    public let title: String
    /// A code of `LegalBasis`.
    public let basis: String
    /// The last day on which what was shared may be held, in London.
    public let until: Day
    /// Why it was ended before its day; nil while it was not, as in bodies of form 1.
    public private(set) var endedBecause: String?

    public var keys: [IndexKey] {
        [IndexKey("until", "\(until) \(title)"), IndexKey("agency", agency)]
    }

    /// Whether something may still be loaded by it.
    public func isLive(on day: Day) -> Bool { day <= until && endedBecause == nil }

    /// Its last day becomes today.
    /// - Throws: `Problem.invalid` without words, `.conflict` when it is over.
    func ended(because words: String, on day: Day) throws -> SharingAgreement {
        guard isLive(on: day) else { throw Problem(.conflict, "This agreement is over already.") }
        let reason = words.trimmed()
        if reason.isEmpty { throw Problem.fields([.init("reason", "Enter why it ends")]) }
        if reason.count > 500 { throw Problem.fields([.init("reason", "Use 500 characters or fewer")]) }
        return SharingAgreement(agency: agency, title: title, basis: basis, until: day, endedBecause: reason)
    }

    /// - Throws: `Problem.invalid` with field errors, `.conflict` when it was ended.
    func changed(_ draft: Draft, for own: String, on day: Day) throws -> SharingAgreement {
        guard endedBecause == nil else {
            throw Problem(.conflict, "This agreement was ended.", next: "Enter the new agreement.")
        }
        var draft = draft
        draft.agency = agency
        return try SharingAgreement(draft, for: own, on: day)
    }

    private init(agency: String, title: String, basis: String, until: Day, endedBecause: String?) {
        (self.agency, self.title, self.basis) = (agency, title, basis)
        (self.until, self.endedBecause) = (until, endedBecause)
    }

    /// What a form asks for.
    public struct Draft: Sendable {
        public var agency: String
        public var title: String
        public var basis: String
        public var until: Day?

        public init(agency: String, title: String, basis: String, until: Day?) {
            (self.agency, self.title, self.basis, self.until) = (agency, title, basis, until)
        }
    }

    /// - Throws: `Problem.invalid` with field errors.
    init(_ draft: Draft, for own: String, on day: Day) throws {
        var faults: [Problem.Field] = []
        let title = draft.title.trimmed()
        if draft.agency.isEmpty || draft.agency == own {
            faults.append(.init("agency", "Choose the agency that shares"))
        }
        if title.isEmpty { faults.append(.init("title", "Enter what the agreement is called")) }
        if title.count > 200 { faults.append(.init("title", "Use 200 characters or fewer")) }
        if !LegalBasis.dated.holding(on: day).contains(where: { $0.code == draft.basis }) {
            faults.append(.init("basis", "Choose the law that allows it"))
        }
        if draft.until.map({ $0 < day }) ?? true {
            faults.append(.init("until", "Enter the last day on which it may be held: today or a later day"))
        }
        guard faults.isEmpty, let until = draft.until else { throw Problem.fields(faults) }
        (agency, self.title, basis, self.until) = (draft.agency, title, draft.basis, until)
    }
}

/// Where a person came from: by which load, in which line, under which agreement.
public struct PersonSource: Codable, Sendable, Hashable {
    /// The agency that shared her.
    public var agency: String
    /// Nil where an agency loads what is its own.
    public var agreement: String?
    /// The last day on which she may be held.
    public var until: Day?
    /// The agency's own number for her.
    public var number: String
    /// The load that brought what stands now, and the line of its file.
    public var intake: String
    public var line: Int
    /// As what the agency knows her, such as a child.
    public var capacity: RecordSubject.Capacity?
    /// What the agency last said, by field: told apart from what others wrote since.
    var said: [String: String]

    /// One number of one agency is one person.
    static func key(_ agency: String, _ number: String) -> String { "\(agency) \(number.lowercased())" }
}
