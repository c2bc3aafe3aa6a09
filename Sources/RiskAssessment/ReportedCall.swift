public import Access
public import Kernel
public import Ledger
public import People

/// A call about one occurrence: how its risk was judged at the telephone, whether anybody is vulnerable, and whether
/// whoever attends knew it before she knocked. Made of dated facts, none of which is ever taken back.
public struct ReportedCall: RecordBody {
    public static let kind = RecordKind("risk.call", .riskAssessment)

    public let occurrence: Identifier<Occurrence>
    /// The agency's own number of the occurrence; empty where it has none.
    public let reference: String
    /// The day of the occurrence, as far as it is known.
    public let happened: PartialDate
    public let place: Identifier<Place>?
    /// Whom the occurrence named, then or later.
    public internal(set) var parties: [Assessment.Party]
    /// Whoever took it, as she signs in.
    public let handler: String
    /// Hers, when she took it.
    public let teams: [String]
    public let reportedAt: Moment
    /// Who called, as it was told.
    public internal(set) var caller: String
    public internal(set) var said: String
    public internal(set) var thrives: [CallThrive] = []
    public internal(set) var checks: [VulnerabilityCheck] = []
    public internal(set) var flags: [VulnerabilityFlag] = []
    public internal(set) var orders: [KnownOrder] = []
    public internal(set) var sent: [CallSent] = []
    public internal(set) var seen: [FlagSeen] = []
    public internal(set) var arrivals: [CallArrival] = []
    public internal(set) var closings: [CallClosing] = []
    public internal(set) var reviews: [FlagReview] = []

    public var subjects: [RecordSubject] {
        parties.map { RecordSubject(person: $0.person.text, capacity: $0.capacity) }
    }

    /// Whoever is sent to a door sees what is known of it, also of somebody who is kept to others.
    public var assignees: Set<String> { Set(sent.map(\.to)) }

    static let occurrenceIndex = "occurrence", personIndex = "person", reportedIndex = "reported"
    static let openIndex = "open", goingIndex = "going"

    public var keys: [IndexKey] {
        let reported = Int(reportedAt.milliseconds / 1000)
        let keys =
            [IndexKey(ReportedCall.occurrenceIndex, occurrence.text)]
            + Set(parties.map(\.person.text)).map { IndexKey(ReportedCall.personIndex, $0) }
            + [.number(ReportedCall.reportedIndex, reported)]
        guard isOpen else { return keys }
        return keys + [.number(ReportedCall.openIndex, reported)]
            + Set(sent.map(\.to)).map { IndexKey(ReportedCall.goingIndex, $0) }
    }

    /// Without the class of fields that holds what was said, nothing of it is left but that it is there.
    public func seen(_ fields: Set<FieldClass>) -> ReportedCall {
        var seen = ReportedCall(
            occurrence: occurrence, reference: reference, happened: happened,
            place: fields.contains(.contact) ? place : nil, parties: fields.contains(.identity) ? parties : [],
            handler: handler, teams: teams, reportedAt: reportedAt, caller: "", said: "")
        guard fields.contains(.narrative) else {
            seen.closings = closings.map { CallClosing(isClosed: $0.isClosed, words: "", by: $0.by, at: $0.at) }
            return seen
        }
        (seen.caller, seen.said, seen.thrives, seen.checks) = (caller, said, thrives, checks)
        (seen.flags, seen.orders, seen.sent, seen.seen) = (flags, orders, sent, self.seen)
        (seen.arrivals, seen.closings, seen.reviews) = (arrivals, closings, reviews)
        return seen
    }
}

extension ReportedCall {
    /// What is typed to begin one.
    public struct Draft: Sendable {
        public var occurrence: Identifier<Occurrence>
        public var reportedAt: Moment
        public var caller: String
        public var said: String

        public init(occurrence: Identifier<Occurrence>, reportedAt: Moment, caller: String, said: String) {
            (self.occurrence, self.reportedAt, self.caller, self.said) = (occurrence, reportedAt, caller, said)
        }
    }

    init(_ draft: Draft, about occurrence: Record<Occurrence>, by actor: Actor) {
        self.init(
            occurrence: occurrence.id, reference: occurrence.body.reference, happened: occurrence.body.from,
            place: occurrence.body.place, parties: ReportedCall.parties(of: occurrence.body), handler: actor.user,
            teams: actor.teams.sorted(), reportedAt: draft.reportedAt, caller: draft.caller.trimmed(),
            said: draft.said.trimmed())
    }

    private init(
        occurrence: Identifier<Occurrence>, reference: String, happened: PartialDate, place: Identifier<Place>?,
        parties: [Assessment.Party], handler: String, teams: [String], reportedAt: Moment, caller: String, said: String
    ) {
        (self.occurrence, self.reference, self.happened) = (occurrence, reference, happened)
        (self.place, self.parties, self.handler, self.teams) = (place, parties, handler, teams)
        (self.reportedAt, self.caller, self.said) = (reportedAt, caller, said)
    }

    /// Whom it names now, each capacity by itself.
    static func parties(of occurrence: Occurrence) -> [Assessment.Party] {
        var parties: [Assessment.Party] = []
        for part in occurrence.involved where part.until == nil {
            let party = Assessment.Party(part.person, part.capacity)
            if !parties.contains(party) { parties.append(party) }
        }
        return parties
    }

    /// With whomever the occurrence names by now: who may see the call is asked of them.
    func joined(by occurrence: Occurrence) -> ReportedCall {
        var next = self
        next.parties += ReportedCall.parties(of: occurrence).filter { !parties.contains($0) }
        return next
    }

    public var persons: [Identifier<Person>] {
        var persons: [Identifier<Person>] = []
        for party in parties where !persons.contains(party.person) { persons.append(party.person) }
        return persons
    }
}
