import Access
import Actions
import Inspection
import Kernel
import Ledger
import Measures

/// What programs are given. Names stay: a member that changes its meaning gets another name.
struct ReportItem: Encodable {
    let id, title, force, pillar, year, brought: String

    init(_ record: Record<InspectionReport>) {
        let draft = record.body.draft
        (id, title, force) = (record.id.text, record.body.title, draft.force)
        (pillar, year, brought) = (draft.pillar.rawValue, "\(draft.year)", record.at.description)
    }

    static let shape = APIShape.object([
        ("id", .text("The report.")), ("title", .text("Force, pillar and year.")), ("force", .text("The force.")),
        ("pillar", .text("Effectiveness, efficiency or legitimacy.")), ("year", .text("2017, or 2021/22.")),
        ("brought", .text("When it was brought, ISO 8601 in UTC.")),
    ])
}

struct AreaItem: Encodable {
    let id, report, question, text, statusOfForce, statusOfInspectorate: String
    let number, version: Int
    let owner, due: String?

    init(_ record: Record<AreaForImprovement>) {
        let area = record.body
        (id, report, question, text) = (record.id.text, area.report.text, area.question, area.text)
        (number, version) = (area.number, record.version)
        (owner, due) = (area.owner?.id, area.due?.description)
        statusOfForce = area.status(.force)?.status ?? ""
        statusOfInspectorate = area.status(.inspectorate)?.status ?? ""
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        for (key, text) in [
            (Keys.id, id), (.report, report), (.question, question), (.text, text), (.statusOfForce, statusOfForce),
            (.statusOfInspectorate, statusOfInspectorate),
        ] { try container.encode(text, forKey: key) }
        try container.encode(number, forKey: .number)
        try container.encode(version, forKey: .version)
        // A null says that there is none; a member that is left out says nothing.
        try container.encode(owner, forKey: .owner)
        try container.encode(due, forKey: .due)
    }

    private enum Keys: CodingKey {
        case id, report, question, text, statusOfForce, statusOfInspectorate, number, version, owner, due
    }

    static let shape = APIShape.object([
        ("id", .text("The area for improvement.")), ("report", .text("The report it is of.")),
        ("question", .text("The question of the report.")), ("text", .text("The inspectorate’s words.")),
        ("statusOfForce", .text("The force’s view; empty while it has none.")),
        ("statusOfInspectorate", .text("The inspectorate’s view; empty while it has none.")),
        ("number", .integer("Its place in the report, from 1.")),
        ("version", .integer("Which version of the record this is; also its ETag.")),
        ("owner", .optional(.text("The user or team that owns it."))),
        ("due", .optional(.text("The day by which it is due, such as 2026-12-01."))),
    ])
}

struct MeasureItem: Encodable {
    let id, title, unit, source, caveat: String

    init(_ definition: MeasureDefinition) {
        (id, title, unit) = (definition.id, definition.title, definition.unit)
        (source, caveat) = (definition.source, definition.caveat)
    }

    static let shape = APIShape.object([
        ("id", .text("The measure.")), ("title", .text("What it is called.")), ("unit", .text("What is counted.")),
        ("source", .text("Where its figures come from.")), ("caveat", .text("What to be careful of.")),
    ])
}

struct LogItem: Encodable {
    let number: Int64
    let at, person, agency, purpose, operation, kind, about: String
    let record: String?
    let allowed: Bool

    init(_ entry: AuditEntry) {
        (number, at, person, agency) = (entry.sequence, entry.at.description, entry.user, entry.agency)
        (purpose, operation, kind) = (entry.purpose, entry.operation.rawValue, entry.kind)
        (about, record, allowed) = (entry.about, entry.record, entry.wasAllowed)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(number, forKey: .number)
        for (key, text) in [
            (Keys.at, at), (.person, person), (.agency, agency), (.purpose, purpose), (.operation, operation),
            (.kind, kind), (.about, about),
        ] { try container.encode(text, forKey: key) }
        try container.encode(record, forKey: .record)
        try container.encode(allowed, forKey: .allowed)
    }

    private enum Keys: CodingKey { case number, at, person, agency, purpose, operation, kind, about, record, allowed }

    static let shape = APIShape.object([
        ("number", .integer("The order of entries, from 1, without gaps.")), ("at", .text("When, ISO 8601 in UTC.")),
        ("person", .text("Who.")), ("agency", .text("For whom.")), ("purpose", .text("Why.")),
        ("operation", .text("A word of the Data Protection Act 2018, section 62.")),
        ("kind", .text("The kind of record or of facts.")), ("about", .text("What was asked for, in identifiers.")),
        ("record", .optional(.text("The record, where it was one."))),
        ("allowed", .boolean("Whether it was allowed.")),
    ])
}
