public import Access
public import Kernel
public import Ledger

/// What one agency told another about a person: which fields of which version, why, by what law, until when. The
/// recipient sees these fields as they stood, and nothing else of the record.
public struct Disclosure: Quoting {
    public typealias Quoted = Person

    public static let kind = RecordKind("people.disclosure", .disclosure, schema: 2)

    public let quoted: Identifier<Person>
    public let quotedVersion: Int
    public let quotedFields: Set<FieldClass>
    /// The agency that is told.
    public let recipient: String
    /// A code of `LegalBasis`.
    public let basis: String
    public let words: String
    /// The last day on which it may be read, in London; nil for no end.
    public let until: Day?
    /// Why it was taken back; nil while it stands. What was read before stays read.
    public private(set) var withdrawnBecause: String?
    /// The day of it; nil where it was taken back under form 1.
    public private(set) var withdrawnOn: Day?

    public var subjects: [RecordSubject] { [RecordSubject(person: quoted.text, capacity: .other)] }

    public var keys: [IndexKey] { [IndexKey("person", quoted.text), IndexKey("recipient", recipient)] }

    public func agencies(at moment: Moment) -> Set<String> { isLive(at: moment) ? [recipient] : [] }

    public func isLive(at moment: Moment) -> Bool {
        withdrawnBecause == nil && (until.map { LondonTime.day(of: moment) <= $0 } ?? true)
    }

    /// What a form asks for.
    public struct Draft: Sendable {
        public var recipient: String
        public var fields: Set<FieldClass>
        public var basis: String
        public var words: String
        public var until: Day?

        public init(recipient: String, fields: Set<FieldClass>, basis: String, words: String, until: Day?) {
            (self.recipient, self.fields, self.basis) = (recipient, fields, basis)
            (self.words, self.until) = (words, until)
        }
    }

    /// - Throws: `Problem.invalid` with field errors.
    init(_ draft: Draft, of person: Record<Person>, on day: Day) throws {
        var faults: [Problem.Field] = []
        if draft.recipient.isEmpty || draft.recipient == person.owner {
            faults.append(.init("recipient", "Choose the agency that is told"))
        }
        if draft.fields.isEmpty { faults.append(.init("fields", "Choose what is told")) }
        if !LegalBasis.dated.holding(on: day).contains(where: { $0.code == draft.basis }) {
            faults.append(.init("basis", "Choose the law that allows it"))
        }
        if draft.words.trimmed().isEmpty { faults.append(.init("words", "Enter why they need to know")) }
        if let until = draft.until, until < day { faults.append(.init("until", "Enter today or a later day")) }
        guard faults.isEmpty else { throw Problem.fields(faults) }
        (quoted, quotedVersion, quotedFields) = (person.id, person.version, draft.fields)
        (recipient, basis, words, until) = (draft.recipient, draft.basis, draft.words.trimmed(), draft.until)
    }

    /// - Throws: `Problem.invalid` without words, `.conflict` when it was taken back before.
    func withdrawn(because words: String, on day: Day) throws -> Disclosure {
        guard !words.trimmed().isEmpty else { throw Problem.fields([.init("reason", "Enter why it is taken back")]) }
        guard withdrawnBecause == nil else { throw Problem(.conflict, "This was taken back before.") }
        var withdrawn = self
        (withdrawn.withdrawnBecause, withdrawn.withdrawnOn) = (words.trimmed(), day)
        return withdrawn
    }
}

/// A law that allows telling another agency. A force edits the list; a code is never given another meaning.
public struct LegalBasis: Sendable, Hashable {
    public let code: String
    public let title: String

    public static let dated: [Dated<LegalBasis>] = [
        LegalBasis(code: "crime-disorder-115", title: "Crime and Disorder Act 1998, section 115"),
        LegalBasis(code: "children-47", title: "Children Act 1989, section 47: a child at risk of significant harm"),
        LegalBasis(code: "care-42", title: "Care Act 2014, section 42: an adult with care needs at risk"),
        LegalBasis(code: "dpa-vital", title: "Data Protection Act 2018: to protect somebody’s life"),
        LegalBasis(code: "dpa-part-3", title: "Data Protection Act 2018, part 3: law enforcement"),
        LegalBasis(code: "consent", title: "She asked for it or agreed to it"),
    ].map { Dated(from: Day(daysSince1970: 17_676), until: nil, source: "Statute, as in force", value: $0) }
}
