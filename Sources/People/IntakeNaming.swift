public import Access
public import Kernel
public import Ledger

/// Somebody whom a line of another room's file names.
public struct NamedPerson: Sendable, Equatable {
    let row: IntakeRow
    /// The agency's own number for her; where it has none, what this file alone calls her.
    public var number: String { row.number }
    /// What the line says of her, in one spelling.
    public var said: String {
        "\(row.number) " + row.said.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }
}

/// Reads whom a line names, by the same rules as a file of persons.
public struct NamedPersonReader: Sendable {
    private let reader: IntakeReader

    /// - Parameter unknown: texts that stand for “not known”.
    public init(_ order: ColumnMapping.DateOrder, unknown: [String], today: Day) throws {
        let header = ["number", "name", "born"]
        reader = try IntakeReader(
            ColumnMapping(
                columns: [
                    .init("number", .number), .init("name", .name), .init("born", .born, format: order),
                ], unknown: unknown), header: header, today: today)
    }

    /// Why she cannot be taken, in words that name no value.
    public struct Fault: Error, Equatable { public let words: String }

    /// - Throws: `Fault`.
    public func person(_ line: Int, number: String, name: String, born: String) throws -> NamedPerson {
        do {
            return NamedPerson(row: try reader.row(line, [number, name, born]))
        } catch let fault as IntakeReader.Fault {
            throw Fault(words: fault.words)
        }
    }
}

/// Under which agency, agreement and load something came.
public struct IntakeOrigin: Sendable, Hashable {
    public let agency: String
    public let agreement: String?
    /// The last day on which it may be held.
    public let until: Day?
    public let intake: String

    public init(agency: String, agreement: Record<SharingAgreement>?, intake: Identifier<Intake>) {
        (self.agency, self.agreement, until) = (agency, agreement?.id.text, agreement?.body.until)
        self.intake = intake.text
    }
}

extension IntakeDesk {
    /// Persons by number as a line's file names them: whoever is held by that agency's number is named and not changed,
    /// and a person is made ready for each of the others. Nobody is joined with anybody, and nothing is written.
    public func naming(
        _ persons: [NamedPerson], _ origin: IntakeOrigin, as actor: Actor
    ) async throws -> [String: (id: Identifier<Person>, made: Change?)] {
        var (first, order): ([String: NamedPerson], [String]) = ([:], [])
        for person in persons where first[person.number.lowercased()] == nil {
            first[person.number.lowercased()] = person
            order.append(person.number.lowercased())
        }
        let held = try await held(order, origin.agency)
        var named: [String: (id: Identifier<Person>, made: Change?)] = held.mapValues { ($0, nil) }
        var drafts: [(number: String, id: Identifier<Person>, person: Person)] = []
        for number in order where held[number] == nil {
            guard let row = first[number]?.row else { continue }
            let source = PersonSource(
                agency: origin.agency, agreement: origin.agreement, until: origin.until, number: row.number,
                intake: origin.intake, line: row.line, said: [:])
            drafts.append(
                (number, ledger.newIdentifier(Person.self), try Person(row, source, on: today).checked()))
        }
        let tags = try await ledger.tags(ofEach: drafts.map { ($0.person.identities, $0.id.text) })
        for (draft, tags) in zip(drafts, tags) {
            var person = draft.person
            person.tags = tags
            named[draft.number] = (draft.id, try Change.create(draft.id, person, owner: actor.agency))
        }
        return named
    }

    /// Those of an agency's numbers that are held.
    public func held(_ numbers: [String], _ agency: String) async throws -> [String: Identifier<Person>] {
        // Compared, and shown to nobody.
        try await ledger.glance { reading in
            var held: [String: Identifier<Person>] = [:]
            for number in numbers {
                let key = PersonSource.key(agency, number)
                held[number] = try RecordUpkeep.records(Person.self, index: Person.sourceIndex, key: key, reading)
                    .first?.id
            }
            return held
        }
    }

    /// An agency's own occurrences by its numbers, those that are held.
    public func occurrences(
        numbered references: Set<String>, of owner: String
    ) async throws -> [String: Identifier<Occurrence>] {
        let wanted = references.sorted()
        return try await ledger.glance { reading in
            var held: [String: Identifier<Occurrence>] = [:]
            for reference in wanted {
                let found = try RecordUpkeep.records(
                    Occurrence.self, index: "number", key: Occurrence.number(reference), reading
                ).filter { $0.owner == owner && $0.body.sharedUntil == nil }
                held[reference] = (found.first { $0.body.reference == reference } ?? found.first)?.id
            }
            return held
        }
    }
}
