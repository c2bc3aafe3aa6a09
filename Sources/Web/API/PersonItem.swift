import Access
import Federation
import Foundation
import Kernel
import Ledger
import People

/// A person as programs read and write her. What a program may not see is empty, as for its person.
enum PersonItem {
    static func item(_ record: Record<Person>) -> StrictJSON {
        let person = record.body
        return .object([
            "id": .text(record.id.text), "version": .whole(record.version), "agency": .text(record.owner),
            "changed": .text(record.at.description),
            "names": .list(
                person.names.map {
                    .object(["given": .text($0.given), "family": .text($0.family), "use": .text($0.use.rawValue)])
                }),
            "born": person.born.map(born) ?? .null, "sex": .orNull(person.sex?.value.rawValue),
            "addresses": .list(person.addresses.map(address)),
            "phones": .list(person.phones.map { .text($0) }),
            "identifiers": .list(
                person.identifiers.map { .object(["scheme": .text($0.scheme), "value": .text($0.value)]) }),
            "warnings": .list(person.warnings.map { .text($0.words) }), "narrative": .text(person.narrative),
            "sharedBy": .orNull(person.source?.agency), "sharedUntil": .orNull(person.source?.until?.description),
        ])
    }

    private static func born(_ date: PartialDate) -> StrictJSON {
        let part = { (number: Int?) -> StrictJSON in number.map { .whole($0) } ?? .null }
        return .object(["year": part(date.year), "month": part(date.month), "day": part(date.dayOfMonth)])
    }

    private static func address(_ address: PersonAddress) -> StrictJSON {
        .object([
            "lines": .text(address.lines), "postcode": .text(address.postcode), "uprn": .orNull(address.uprn),
            "from": .orNull(address.from?.description), "until": .orNull(address.until?.description),
        ])
    }

    // MARK: Shapes

    private static let sexes = RecordedSex.Value.allCases.map(\.rawValue)

    private static let known: [(name: String, shape: APIShape)] = [
        (
            "names",
            .list(
                .object([
                    ("given", .text("The given name.", 0...200)), ("family", .text("The family name.", 0...200)),
                    ("use", .choice("What kind of name it is.", KnownName.Use.allCases.map(\.rawValue))),
                ]))
        ),
        (
            "born",
            .optional(
                .object([
                    ("year", .optional(.integer("The year.", 1...9999))),
                    ("month", .optional(.integer("The month.", 1...12))),
                    ("day", .optional(.integer("The day of the month.", 1...31))),
                ]))
        ), ("sex", .optional(.choice("As it was recorded.", sexes))),
        ("phones", .list(.text("A telephone that is not sealed.", 1...100))),
        (
            "identifiers",
            .list(
                .object([
                    ("scheme", .text("Whose number it is, such as NHS.", 1...60)),
                    ("value", .text("The number.", 1...200)),
                ]))
        ), ("warnings", .list(.text("What an officer must know.", 1...500))),
        ("narrative", .text("What is known.", 0...20_000)),
    ]

    private static func addresses(_ times: [(name: String, shape: APIShape)]) -> (name: String, shape: APIShape) {
        let members: [(name: String, shape: APIShape)] = [
            ("lines", .text("Without the postcode; lines are parted by \\n.", 0...500)),
            ("postcode", .text("The postcode.", 0...20)),
        ]
        return ("addresses", .list(.object(members + times)))
    }

    static let shape = APIShape.object(
        [
            ("id", .name("The person.")), ("version", .integer("Which version of the record this is; also its ETag.")),
            ("agency", .text("The agency that holds her.")),
            ("changed", .text("When this version came, ISO 8601 in UTC.")),
            ("sharedBy", .optional(.text("The agency whose file brought her; null where none did."))),
            ("sharedUntil", .optional(.day("The last day on which she may be held by that agreement."))),
        ] + known + [
            addresses([
                ("uprn", .optional(.text("Unique Property Reference Number."))),
                ("from", .optional(.day("Since when."))),
                ("until", .optional(.day("Until when; null while it holds."))),
            ])
        ])

    /// What is sent: the whole of it each time. A member that is left out is empty.
    static func bodyShape(_ more: [(name: String, shape: APIShape)]) -> APIShape {
        let own = known.map { name, shape in (name: name, shape: name == "names" ? shape : .maybe(shape)) }
        let times = addresses([
            ("uprn", .maybe(.optional(.text("Unique Property Reference Number.", 1...12)))),
            ("from", .maybe(.optional(.day("Since when.")))), ("until", .maybe(.optional(.day("Until when.")))),
        ])
        return .object(own + [(name: times.name, shape: .maybe(times.shape))] + more)
    }

    // MARK: What is sent

    /// - Parameter before: what stands now; to whom she is kept, and since when a warning holds, stays.
    /// - Throws: `Problem.invalid` on `born`.
    static func person(_ body: StrictJSON, over before: Person?, for actor: Actor, on today: Day) throws -> Person {
        var person = before ?? Person(names: [])
        person.names = (body["names"]?.list ?? []).map { name in
            KnownName(
                given: name["given"]?.text ?? "", family: name["family"]?.text ?? "",
                use: name["use"]?.text.flatMap { KnownName.Use(rawValue: $0) } ?? .known)
        }
        person.born = try born(body["born"])
        person.sex = body["sex"]?.text.flatMap { RecordedSex.Value(rawValue: $0) }.map { value in
            before?.sex?.value == value
                ? before?.sex ?? RecordedSex(value, recordedBy: actor.agency)
                : RecordedSex(value, recordedBy: actor.agency)
        }
        person.addresses = (body["addresses"]?.list ?? []).map(address)
        person.phones = body["phones"]?.texts ?? []
        person.identifiers = (body["identifiers"]?.list ?? []).map {
            PersonIdentifier(scheme: ($0["scheme"]?.text ?? "").uppercased(), value: $0["value"]?.text ?? "")
        }
        person.warnings = (body["warnings"]?.texts ?? []).map { words in
            before?.warnings.first { $0.words == words } ?? Warning(words, since: today)
        }
        person.narrative = body["narrative"]?.text ?? ""
        return person
    }

    private static func born(_ sent: StrictJSON?) throws -> PartialDate? {
        guard let sent, sent != .null else { return nil }
        let part = { (name: String) in sent[name]?.number.map { Int($0) } }
        guard let date = PartialDate(year: part("year"), month: part("month"), day: part("day")) else {
            throw Problem.fields([.init("born", "Send a real date, or only the parts that are known")])
        }
        return date
    }

    private static func address(_ sent: StrictJSON) -> PersonAddress {
        PersonAddress(
            lines: sent["lines"]?.text ?? "", postcode: (sent["postcode"]?.text ?? "").uppercased(),
            uprn: sent["uprn"]?.text, from: sent["from"]?.text.flatMap { Day($0) },
            until: sent["until"]?.text.flatMap { Day($0) })
    }
}
