public import Access
public import Kernel
public import Ledger

/// A dated fact: that a person has to do with a place or with another person, and who recorded it.
public struct PersonLink: RecordBody {
    public static let kind = RecordKind("people.link", .occurrence)
    public static let chronologyShape = 1

    public let person: Identifier<Person>
    /// One of the two.
    public let place: Identifier<Place>?
    public let other: Identifier<Person>?
    /// A code of `PeopleKinds.placeLinks` or `.personLinks`, from `person` to the other.
    public let relation: String
    public let from: Day?
    public var until: Day?
    /// The user who recorded it.
    public let recordedBy: String
    /// Of a refuge: kept to those who know of it.
    public let isKept: Bool
    public let given: Set<String>

    public var subjects: [RecordSubject] {
        [person, other].compactMap { $0 }.map { RecordSubject(person: $0.text, capacity: .other) }
    }
    public var assignees: Set<String> { given }
    public var isClosed: Bool { isKept }

    public var keys: [IndexKey] {
        [person, other].compactMap { $0 }.map { IndexKey("person", $0.text) }
            + (place.map { [IndexKey("place", $0.text)] } ?? [])
    }

    /// The words of the link as seen from one of the persons.
    public func title(from person: String) -> String {
        if place != nil { return PeopleKinds.title(relation, in: \.placeLinks) }
        let word = PeopleKinds.word(relation, in: \.personLinks)
        return (person == self.person.text ? word?.title : word?.reverse) ?? relation
    }

    public func chronology(of source: ChronologySource) -> [ChronologyEntry] {
        let ends: [(Identifier<Person>, ChronologyAbout)] =
            if let place {
                [(person, ChronologyAbout(place))]
            } else if let other {
                [(person, ChronologyAbout(other)), (other, ChronologyAbout(person))]
            } else { [] }
        return ends.flatMap { end, about -> [ChronologyEntry] in
            let entry = { (when: ChronologyTime, kind: String, line: String) in
                ChronologyEntry(
                    person: end.text, when: when, kind: kind, line: line, field: place == nil ? .identity : .contact,
                    about: about, key: relation)
            }
            let words = title(from: end.text)
            let began = entry(from.map { ChronologyTime($0) } ?? ChronologyTime(source.since), "people.link", words)
            guard let until else { return [began] }
            return [began, entry(ChronologyTime(until), "people.link-ended", "No longer: \(words.lowercased())")]
        }
    }
}
