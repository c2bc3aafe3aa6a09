public import Access
public import Instruments
public import Kernel
public import Ledger
public import People

/// An assessment of the risk to one person, about one occurrence, in one version of one instrument. It names that version
/// for ever and is read in it.
public struct Assessment: RecordBody {
    public static let kind = RecordKind("risk.assessment", .riskAssessment)

    /// Somebody it is about.
    public struct Party: Sendable, Hashable, Codable {
        public let person: Identifier<Person>
        public let capacity: RecordSubject.Capacity

        public init(_ person: Identifier<Person>, _ capacity: RecordSubject.Capacity) {
            (self.person, self.capacity) = (person, capacity)
        }
    }

    /// A dated fact. The state follows from them; none is ever taken back.
    public struct Event: Sendable, Hashable, Codable {
        public enum What: String, Sendable, Codable, CaseIterable { case begun, sent, agreed, returned, reopened }

        public let what: What
        public let by: String
        public let at: Moment
        public let words: String
    }

    public let occurrence: Identifier<Occurrence>
    /// The agency's own number of the occurrence; empty where it has none.
    public let reference: String
    /// The day of the occurrence, as far as it is known.
    public let happened: PartialDate
    public let place: Identifier<Place>?
    public let parties: [Party]
    /// Whoever began it, as she signs in.
    public let officer: String
    /// The team that she belonged to when it was begun: its id here, or its name where the house holds no such team. Nil
    /// where it is not known, or where she is in several.
    public internal(set) var team: String?
    /// The district in which it was begun; nil where it is not known.
    public internal(set) var district: String?
    /// When the police were told.
    public let reportedAt: Moment
    /// With how it was asked, and every answer that was ever given to a question.
    public internal(set) var answers: AnswerSet
    public internal(set) var how = Saved()
    public internal(set) var response = InitialResponse()
    public internal(set) var responded = Saved()
    public internal(set) var grading: Grading?
    public internal(set) var graded = Saved()
    public internal(set) var overrides: [QualityOverride] = []
    /// What of it stands in earlier forms of hers, as it was found when it was sent.
    public internal(set) var copied: [CopiedPassage] = []
    public internal(set) var events: [Event]
    /// Where it came from; nil for one that was begun here.
    public internal(set) var imported: Provenance?

    /// How often a part was saved, by which a second device is found out.
    public struct Saved: Sendable, Hashable, Codable {
        public internal(set) var times = 0
        public internal(set) var by = ""

        mutating func again(by user: String) { (times, self.by) = (times + 1, user) }
    }

    public var victim: Identifier<Person>? { parties.first { $0.capacity == .victim }?.person }
    public var suspects: [Identifier<Person>] { parties.filter { $0.capacity == .suspect }.map(\.person) }

    /// The day on which rules have to hold for it.
    public var day: Day { LondonTime.day(of: events.first?.at ?? reportedAt) }

    public var subjects: [RecordSubject] {
        parties.map { RecordSubject(person: $0.person.text, capacity: $0.capacity) }
    }

    static let occurrenceIndex = "occurrence", victimIndex = "victim", officerIndex = "by"
    static let openIndex = "open", waitingIndex = "waiting", sentIndex = "sent"

    public var keys: [IndexKey] {
        var keys = [
            IndexKey(Assessment.occurrenceIndex, occurrence.text), IndexKey(Assessment.officerIndex, officer),
        ]
        if let victim { keys.append(IndexKey(Assessment.victimIndex, victim.text)) }
        if let imported {
            let key = Assessment.importedKey(imported.agency, imported.number)
            keys.append(IndexKey(Assessment.importedIndex, key))
        }
        let second = { (moment: Moment) in Int(moment.milliseconds / 1000) }
        if state.isOpen, isWorkedHere, let begun = events.first {
            keys.append(.number(Assessment.openIndex, second(begun.at)))
        }
        if let sent = events.first(where: { $0.what == .sent }) {
            keys.append(.number(Assessment.sentIndex, second(sent.at)))
        }
        if state == .sent, isOnAList, let sent = events.last {
            keys.append(.number(Assessment.waitingIndex, second(sent.at)))
        }
        return keys
    }

    /// Without the class of fields that holds what was said, nothing of it is left but that it is there.
    public func seen(_ fields: Set<FieldClass>) -> Assessment {
        var seen = self
        if !fields.contains(.narrative) {
            seen.answers = AnswerSet(to: answers.instrument, in: answers.language)
            (seen.response, seen.grading, seen.overrides, seen.copied) = (InitialResponse(), nil, [], [])
            seen.events = events.map { Event(what: $0.what, by: $0.by, at: $0.at, words: "") }
            seen.imported?.digest = ""
        }
        guard !fields.isSuperset(of: [.identity, .contact]) else { return seen }
        return Assessment(
            occurrence: occurrence, reference: reference, happened: happened,
            place: fields.contains(.contact) ? place : nil, parties: fields.contains(.identity) ? parties : [],
            of: seen)
    }
}

extension Assessment {
    init(
        occurrence: Identifier<Occurrence>, reference: String, happened: PartialDate, place: Identifier<Place>?,
        parties: [Party], of other: Assessment
    ) {
        (self.occurrence, self.reference, self.happened) = (occurrence, reference, happened)
        (self.place, self.parties, officer, reportedAt) = (place, parties, other.officer, other.reportedAt)
        (answers, how, response, responded) = (other.answers, other.how, other.response, other.responded)
        (grading, graded, overrides, copied) = (other.grading, other.graded, other.overrides, other.copied)
        (events, team, district, imported) = (other.events, other.team, other.district, other.imported)
    }

    /// A new one, about an occurrence as it stands.
    init(
        about occurrence: Record<Occurrence>, _ parties: [Party], in version: InstrumentVersion, reportedAt: Moment,
        by user: String, of team: String?, at now: Moment
    ) {
        self.occurrence = occurrence.id
        (reference, happened, place) = (occurrence.body.reference, occurrence.body.from, occurrence.body.place)
        (self.parties, officer, self.reportedAt, self.team) = (parties, user, reportedAt, team)
        answers = AnswerSet(to: version.key, in: version.language)
        events = [Event(what: .begun, by: user, at: now, words: "")]
    }
}
