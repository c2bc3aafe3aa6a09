import Actions
import Federation
import Inspection
import Kernel
import Ledger

extension APIItem {
    /// One version of an area for improvement.
    static func area(_ record: Record<AreaForImprovement>) -> StrictJSON {
        let area = record.body
        return .object([
            "id": .text(record.id.text), "version": .whole(record.version), "changed": .text(record.at.description),
            "changedBy": .text(record.author), "report": .text(area.report.text), "question": .text(area.question),
            "number": .whole(area.number), "text": .text(area.text), "owner": .orNull(area.owner?.id),
            "due": .orNull(area.due?.description),
            "statusOfForce": .orNull(area.status(.force)?.status),
            "statusOfInspectorate": .orNull(area.status(.inspectorate)?.status),
            "statuses": .list(area.statuses.map(status)),
            "measures": .list(area.measures.map { .text($0.id) }), "evidence": .list(area.evidence.map(evidence)),
            "later": .list(area.later.map(later)),
        ])
    }

    static let area = APIShape.object([
        ("id", .name("The area for improvement.")),
        ("version", .integer("Which version of the record this is; also its ETag.")),
        ("changed", .text("When this version came, ISO 8601 in UTC.")), ("changedBy", .text("Who brought it.")),
        ("report", .name("The report it is of.")), ("question", .text("The question of the report.")),
        ("number", .integer("Its place in the report, from 1.")), ("text", .text("The inspectorate’s words.")),
        ("owner", .optional(.text("The user or team that owns it."))),
        ("due", .optional(.day("The day by which it is due."))),
        ("statusOfForce", .optional(.text("The force’s view; null while it has none."))),
        ("statusOfInspectorate", .optional(.text("The inspectorate’s view; null while it has none."))),
        ("statuses", .list(statusShape)), ("measures", .list(.text("A measure linked to it."))),
        ("evidence", .list(evidenceShape)), ("later", .list(laterShape)),
    ])

    private static func status(_ event: StatusEvent) -> StrictJSON {
        .object([
            "strand": .text(event.strand.rawValue), "status": .text(event.status), "on": .text(event.on.description),
            "words": .text(event.words), "by": .text(event.by), "at": .text(event.recordedAt.description),
        ])
    }

    private static let statusShape = APIShape.object([
        ("strand", .choice("Whose view.", StatusStrand.allCases.map(\.rawValue))), ("status", .text("The status.")),
        ("on", .day("Since when.")), ("words", .text("In words.")), ("by", .text("Who recorded it.")),
        ("at", .text("When it was recorded, ISO 8601 in UTC.")),
    ])

    private static func evidence(_ item: EvidenceItem) -> StrictJSON {
        .object([
            "id": .text(item.id), "claim": .text(item.claim), "on": .text(item.on.description),
            "marking": .text(item.marking.rawValue), "realityTest": .text(item.realityTest), "by": .text(item.by),
            "at": .text(item.at.description), "measure": .orNull(item.figure?.measure),
            "period": .orNull(item.figure?.period), "value": .orNull(item.figure?.value),
            "document": .orNull(item.document?.digest),
        ])
    }

    private static let evidenceShape = APIShape.object([
        ("id", .text("Which evidence.")), ("claim", .text("What it shows.")), ("on", .day("The day it speaks of.")),
        ("marking", .choice("How it must be handled.", Inspection.Marking.allCases.map(\.rawValue))),
        ("realityTest", .text("How it was tested against what really happens.")), ("by", .text("Who added it.")),
        ("at", .text("When, ISO 8601 in UTC.")), ("measure", .optional(.text("The measure that is quoted."))),
        ("period", .optional(.text("Of when, in words."))), ("value", .optional(.text("The figure, in words."))),
        ("document", .optional(.text("SHA-256 of a document; it is taken on a page."))),
    ])

    private static func later(_ item: LaterStatement) -> StrictJSON {
        .object([
            "report": .text(item.report.text), "statement": .text(item.statement), "words": .text(item.words),
            "by": .text(item.by), "at": .text(item.at.description),
        ])
    }

    private static let laterShape = APIShape.object([
        ("report", .name("The later report.")), ("statement", .text("Its words.")),
        ("words", .text("What the person makes of it.")), ("by", .text("Who linked it.")),
        ("at", .text("When, ISO 8601 in UTC.")),
    ])
}
