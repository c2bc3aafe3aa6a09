public import Access
public import Kernel
public import Ledger

extension Person {
    public static let chronologyShape = 1

    public func chronology(of source: ChronologySource) -> [ChronologyEntry] {
        let entry = { (when: ChronologyTime, kind: String, line: String, field: FieldClass, key: String) in
            ChronologyEntry(person: source.record, when: when, kind: kind, line: line, field: field, key: key)
        }
        let opened = entry(ChronologyTime(source.since), "people.person", "This record was opened", .identity, "")
        let lived = addresses.flatMap { address -> [ChronologyEntry] in
            let words = [address.lines.split(separator: "\n").joined(separator: ", "), address.postcode]
                .filter { !$0.isEmpty }.joined(separator: ", ")
            let title = (address.kind ?? .home).title
            let began = address.from.map {
                entry(ChronologyTime($0), "people.address", "\(title): \(words)", .contact, words)
            }
            let ended = address.until.map {
                entry(ChronologyTime($0), "people.address-ended", "No longer there: \(words)", .contact, words)
            }
            return [began, ended].compactMap { $0 }
        }
        let warned = warnings.compactMap { warning in
            warning.since.map {
                entry(ChronologyTime($0), "people.warning", "Warning: \(warning.words)", .warnings, warning.words)
            }
        }
        return [opened] + lived + warned
    }
}

extension Disclosure {
    public static let chronologyShape = 1

    /// That another agency knows since then. Never what it was told.
    public func chronology(of source: ChronologySource) -> [ChronologyEntry] {
        let entry = { (when: ChronologyTime, kind: String, line: String) in
            ChronologyEntry(
                person: quoted.text, when: when, kind: kind, line: line, field: .identity, recipient: recipient)
        }
        let fields = FieldClass.allCases.filter(quotedFields.contains).map(Disclosure.word).joined(separator: ", ")
        let told = entry(ChronologyTime(source.since), "people.disclosure", "Told: \(fields)")
        guard let withdrawnOn else { return [told] }
        return [told, entry(ChronologyTime(withdrawnOn), "people.disclosure-ended", "What was told was taken back")]
    }

    private static func word(_ field: FieldClass) -> String {
        switch field {
        case .identity: "who it is"
        case .contact: "addresses and telephones"
        case .identifiers: "numbers"
        case .warnings: "warnings"
        case .narrative: "what is known"
        }
    }
}

extension PeopleDesk {
    /// The kinds of this room; a slice adds its own.
    public static let chronologyKinds: [ChronologyKind] = [
        ChronologyKind(Person.self), ChronologyKind(Disclosure.self), ChronologyKind(Occurrence.self),
        ChronologyKind(PersonLink.self), ChronologyKind(Place.self),
    ]

    /// The chronology of a person whom she may see, with what other agencies that hold the same person publish of her.
    /// - Parameter others: the same person as other agencies hold her.
    /// - Throws: `Problem.absent` when she may not see the first.
    public func chronology(
        of id: Identifier<Person>, with others: Set<Identifier<Person>> = [],
        _ query: ChronologyQuery = ChronologyQuery(), kinds: [ChronologyKind] = [], as actor: Actor
    ) async throws -> ChronologyPage {
        _ = try await person(id, as: actor)
        let persons = Set(others.map(\.text)).union([id.text])
        return try await ledger.chronology(
            of: persons, ChronologyKinds(PeopleDesk.chronologyKinds + kinds), query, as: actor)
    }
}
