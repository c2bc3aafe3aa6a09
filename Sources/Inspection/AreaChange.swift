public import Access
public import Actions
public import Kernel

/// One thing a person does to an area for improvement.
public enum AreaChange: Sendable {
    /// Owner and due day, together as on the form; nil takes them away.
    case plan(owner: Assignee?, due: Day?)
    case status(StatusStrand, id: String, on: Day, words: String)
    case link(measure: String, title: String)
    case unlink(measure: String)
    case evidence(EvidenceDraft)
    case later(report: Identifier<InspectionReport>, title: String, statement: String, words: String)

    /// Adding commutes with what others did meanwhile; planning and status do not.
    var isAddition: Bool {
        switch self {
        case .plan, .status, .unlink: false
        case .link, .evidence, .later: true
        }
    }
}

/// Evidence as a person gives it.
public struct EvidenceDraft: Sendable {
    /// Of the request, when it has one: a request that is sent twice adds once.
    public var id: String?
    public var claim: String
    public var figure: EvidenceFigure?
    public var document: EvidenceDocument?
    public var on: Day
    public var marking: Marking
    public var realityTest: String

    public init(
        id: String? = nil, claim: String, figure: EvidenceFigure? = nil, document: EvidenceDocument? = nil, on: Day,
        marking: Marking = .official, realityTest: String = ""
    ) {
        (self.id, self.claim, self.figure, self.document) = (id, claim, figure, document)
        (self.on, self.marking, self.realityTest) = (on, marking, realityTest)
    }
}

/// The rules of working on an area for improvement: pure, with the person and the moment passed in.
public struct AreaRules: Sendable {
    let statuses: AreaStatuses

    public init(statuses: AreaStatuses) { self.statuses = statuses }

    /// The area after the change.
    /// - Throws: `Problem` with the fields to put right, or when it is not hers to do.
    public func apply(
        _ change: AreaChange, to area: AreaForImprovement, by actor: Actor, at moment: Moment
    ) throws -> AreaForImprovement {
        var area = area
        switch change {
        case .plan(let owner, let due): try plan(&area, owner, due, actor, moment)
        case .status(let strand, let id, let on, let words):
            area.statuses.append(try status(strand, id, on, words, actor, moment))
        case .link(let id, let title):
            guard !id.isEmpty else { throw Problem.fields([.init("measure", "Choose a measure.")]) }
            guard !area.measures.contains(where: { $0.id == id }) else { return area }
            area.measures.append(LinkedMeasure(id: id, title: title, by: actor.user, at: moment))
        case .unlink(let id): area.measures.removeAll { $0.id == id }
        case .evidence(let draft):
            guard !area.evidence.contains(where: { $0.id == draft.id }) else { return area }
            area.evidence.append(try evidence(draft, area, actor, moment))
        case .later(let report, let title, let statement, let words):
            let checked = try later(report, title, statement, words, area, actor, moment)
            if !area.later.contains(where: { $0.report == report && $0.statement == statement }) {
                area.later.append(checked)
            }
        }
        return area
    }

    private func plan(
        _ area: inout AreaForImprovement, _ owner: Assignee?, _ due: Day?, _ actor: Actor, _ moment: Moment
    ) throws {
        try requireLead(actor, "choose the owner and the due date")
        var fields: [Problem.Field] = []
        if let owner, owner.id.isEmpty || owner.name.isEmpty { fields.append(.init("owner", "Choose who owns it.")) }
        if let due, due != area.due, due < LondonTime.day(of: moment) {
            fields.append(.init("due", "The due date must be today or later."))
        }
        if due != nil, owner == nil {
            fields.append(.init("owner", "Choose who owns it, so that somebody keeps the date."))
        }
        guard fields.isEmpty else { throw Problem.fields(fields) }
        (area.owner, area.due) = (owner, due)
    }

    private func status(
        _ strand: StatusStrand, _ id: String, _ on: Day, _ words: String, _ actor: Actor, _ moment: Moment
    ) throws -> StatusEvent {
        if strand == .inspectorate { try requireLead(actor, "record what the inspectorate says") }
        let words = words.trimmed()
        var fields: [Problem.Field] = []
        let status = statuses.status(id)
        if status == nil || status?.strand != strand { fields.append(.init("status", "Choose a status.")) }
        if on > LondonTime.day(of: moment) { fields.append(.init("on", "The date must be today or earlier.")) }
        if let status, on < status.from { fields.append(.init("on", "This status did not exist on that date.")) }
        if words.isEmpty, strand == .inspectorate {
            fields.append(.init("words", "Say where the inspectorate says so, such as a letter and its date."))
        } else if words.isEmpty, status?.closes == true {
            fields.append(.init("words", "Say why the force holds this to be done."))
        }
        fields += tooLong("words", words, 4000)
        guard fields.isEmpty else { throw Problem.fields(fields) }
        return StatusEvent(strand: strand, status: id, on: on, words: words, by: actor.user, recordedAt: moment)
    }

    private func evidence(
        _ draft: EvidenceDraft, _ area: AreaForImprovement, _ actor: Actor, _ moment: Moment
    ) throws -> EvidenceItem {
        let (claim, test) = (draft.claim.trimmed(), draft.realityTest.trimmed())
        var fields: [Problem.Field] = []
        if claim.isEmpty { fields.append(.init("claim", "Say what this shows.")) }
        fields += tooLong("claim", claim, 1000) + tooLong("reality-test", test, 4000)
        if draft.figure == nil, draft.document == nil, test.isEmpty {
            fields.append(.init("document", "Add a figure, a document, or how you tested it."))
        }
        if draft.on > LondonTime.day(of: moment) { fields.append(.init("on", "The date must be today or earlier.")) }
        guard fields.isEmpty else { throw Problem.fields(fields) }
        return EvidenceItem(
            id: draft.id ?? "evidence-\(area.evidence.count + 1)", claim: claim, figure: draft.figure,
            document: draft.document,
            on: draft.on, marking: draft.marking, realityTest: test, by: actor.user, at: moment)
    }

    private func later(
        _ report: Identifier<InspectionReport>, _ title: String, _ statement: String, _ words: String,
        _ area: AreaForImprovement, _ actor: Actor, _ moment: Moment
    ) throws -> LaterStatement {
        try requireLead(actor, "link what a later report says")
        var fields: [Problem.Field] = []
        if statement.trimmed().isEmpty { fields.append(.init("statement", "Choose what the later report says.")) }
        if report == area.report {
            fields.append(.init("report", "Choose a later report than the one that asked for this."))
        }
        fields += tooLong("words", words, 4000)
        guard fields.isEmpty else { throw Problem.fields(fields) }
        return LaterStatement(
            report: report, reportTitle: title, statement: statement, words: words.trimmed(), by: actor.user, at: moment
        )
    }

    private func requireLead(_ actor: Actor, _ what: String) throws {
        guard actor.roles.contains(.inspectionLead) else {
            throw Problem(
                .refused, "Only an inspection lead can \(what).", next: "Ask an inspection lead in your force.")
        }
    }

    private func tooLong(_ field: String, _ text: String, _ limit: Int) -> [Problem.Field] {
        text.unicodeScalars.count > limit ? [.init(field, "Use \(limit) characters or fewer.")] : []
    }
}
