import Access
import Actions
import Federation
import Feeds
import Foundation
import Inspection
import Kernel
import Ledger
import Measures

/// What programs are given, each with its shape. Names stay: a member that changes its meaning gets another name. A null
/// says that there is none; no member is ever left out.
enum APIItem {
    static func report(_ record: Record<InspectionReport>) -> StrictJSON {
        let draft = record.body.draft
        return .object([
            "id": .text(record.id.text), "title": .text(record.body.title), "force": .text(draft.force),
            "pillar": .text(draft.pillar.rawValue), "year": .text("\(draft.year)"),
            "brought": .text(record.at.description),
        ])
    }

    static let report = APIShape.object([
        ("id", .name("The report.")), ("title", .text("Force, pillar and year.")), ("force", .text("The force.")),
        ("pillar", .text("Effectiveness, efficiency or legitimacy.")), ("year", .text("2017, or 2021/22.")),
        ("brought", .text("When it was brought, ISO 8601 in UTC.")),
    ])

    static func action(_ record: Record<Action>) -> StrictJSON {
        let action = record.body
        return .object([
            "id": .text(record.id.text), "version": .whole(record.version), "about": .text(action.subject),
            "title": .text(action.title), "owner": .text(action.owner.id), "due": .text(action.due.description),
            "state": .text(action.state.rawValue),
            "events": .list(
                action.events.map {
                    .object([
                        "what": .text($0.what.rawValue), "by": .text($0.by), "at": .text($0.at.description),
                        "words": .text($0.words),
                    ])
                }),
        ])
    }

    static let action = APIShape.object([
        ("id", .name("The action.")), ("version", .integer("Which version of the record this is; also its ETag.")),
        ("about", .text("What it belongs to: a kind, a slash and a name.")), ("title", .text("What must be done.")),
        ("owner", .text("The user or team that is to do it.")), ("due", .day("The day by which it is due.")),
        ("state", .choice("Where it stands.", Action.State.allCases.map(\.rawValue))),
        (
            "events",
            .list(
                .object([
                    ("what", .choice("What happened.", Action.Event.What.allCases.map(\.rawValue))),
                    ("by", .text("Who.")), ("at", .text("When, ISO 8601 in UTC.")), ("words", .text("In words.")),
                ]))
        ),
    ])

    static func measure(_ definition: MeasureDefinition) -> StrictJSON {
        .object([
            "id": .text(definition.id), "title": .text(definition.title), "unit": .text(definition.unit),
            "source": .text(definition.source), "caveat": .text(definition.caveat),
            "numerator": .text(definition.numerator), "denominator": .orNull(definition.denominator),
            "dimensions": .list(definition.dimensions.map { .text($0.rawValue) }),
        ])
    }

    static let measure = APIShape.object([
        ("id", .text("The measure.")), ("title", .text("What it is called.")), ("unit", .text("What is counted.")),
        ("source", .text("Where its figures come from.")), ("caveat", .text("What to be careful of.")),
        ("numerator", .text("What is counted, in words.")),
        ("denominator", .optional(.text("Out of what, in words; null for a plain count."))),
        ("dimensions", .list(.text("What it can be shown by."))),
    ])

    static func entry(_ entry: AuditEntry) -> StrictJSON {
        .object([
            "number": .number(Double(entry.sequence)), "at": .text(entry.at.description), "person": .text(entry.user),
            "agency": .text(entry.agency), "purpose": .text(entry.purpose),
            "operation": .text(entry.operation.rawValue), "kind": .text(entry.kind), "about": .text(entry.about),
            "record": .orNull(entry.record), "version": entry.version.map { .whole($0) } ?? .null,
            "recipient": .orNull(entry.recipient), "allowed": .bool(entry.wasAllowed),
        ])
    }

    static let entry = APIShape.object([
        ("number", .integer("The order of entries, from 1, without gaps.")), ("at", .text("When, ISO 8601 in UTC.")),
        ("person", .text("Who.")), ("agency", .text("For whom.")), ("purpose", .text("Why.")),
        ("operation", .text("A word of the Data Protection Act 2018, section 62.")),
        ("kind", .text("The kind of record or of facts.")), ("about", .text("What was asked for, in identifiers.")),
        ("record", .optional(.text("The record, where it was one."))),
        ("version", .optional(.integer("The version that it brought, where it was a change."))),
        ("recipient", .optional(.text("Who got it, where it was disclosed and somebody is named."))),
        ("allowed", .boolean("Whether it was allowed.")),
    ])
}

extension StrictJSON {
    static func orNull(_ text: String?) -> StrictJSON { text.map { .text($0) } ?? .null }
    static func whole(_ number: Int) -> StrictJSON { .number(Double(number)) }
}

/// Writes JSON with names in order.
struct APIText: Encodable {
    let json: StrictJSON

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch json {
        case .null: try container.encodeNil()
        case .bool(let bool): try container.encode(bool)
        case .number(let number):
            if let whole = Int(exactly: number) { try container.encode(whole) } else { try container.encode(number) }
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list.map(APIText.init))
        case .object(let members): try container.encode(members.mapValues(APIText.init))
        }
    }

    static func text(_ json: StrictJSON) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(APIText(json: json))).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
