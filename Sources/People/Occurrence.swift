public import Access
public import Kernel
public import Ledger

/// Something that happened, as one agency recorded it, and who had a part in it. Who is a victim, a suspect, convicted or
/// neither is kept apart (Data Protection Act 2018, section 38(3)).
public struct Occurrence: RecordBody {
    public static let kind = RecordKind("people.occurrence", .occurrence)
    public static let chronologyShape = 1

    /// A code of `PeopleKinds.occurrences`.
    public var what: String
    /// The agency’s own number of it, such as a crime number; empty where there is none.
    public var reference: String
    /// When it was or began, as far as is known.
    public var from: PartialDate
    /// Its last day, where it went on.
    public var until: Day?
    public var place: Identifier<Place>?
    public var summary: String
    public var involved: [Involvement]
    /// The last day on which it may be held, where another agency shared it.
    public var sharedUntil: Day?

    public init(
        what: String, reference: String = "", from: PartialDate, until: Day? = nil, place: Identifier<Place>? = nil,
        summary: String = "", involved: [Involvement] = []
    ) {
        (self.what, self.reference, self.from, self.until) = (what, reference, from, until)
        (self.place, self.summary, self.involved) = (place, summary, involved)
    }

    public var title: String { PeopleKinds.title(what, in: \.occurrences) }

    /// Whoever had or is said to have had a part, also where that ended: a party sees none of it.
    public var subjects: [RecordSubject] {
        involved.map { RecordSubject(person: $0.person.text, capacity: $0.capacity) }
    }

    public var keys: [IndexKey] {
        let words = Set(NameWords.of("\(title) \(summary)"))
        return words.map { IndexKey("word", $0) } + [IndexKey("sort", from.sortKey)]
            + (reference.isEmpty ? [] : [IndexKey("number", Occurrence.number(reference))])
            + (place.map { [IndexKey("place", $0.text)] } ?? [])
            + Set(involved.map(\.person.text)).map { IndexKey("person", $0) }
    }

    public func seen(_ fields: Set<FieldClass>) -> Occurrence {
        var seen = self
        if !fields.contains(.narrative) { seen.summary = "" }
        if !fields.contains(.contact) { seen.place = nil }
        if !fields.contains(.identity) { seen.involved = [] }
        return seen
    }

    /// A number as a search compares it: capital letters and digits.
    static func number(_ text: String) -> String {
        String(text.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) })
    }

    public func chronology(of source: ChronologySource) -> [ChronologyEntry] {
        involved.flatMap { part -> [ChronologyEntry] in
            let number = reference.isEmpty ? "" : " (\(reference))"
            let entry = { (when: ChronologyTime, kind: String, line: String) in
                ChronologyEntry(
                    person: part.person.text, when: when, kind: kind, line: line, field: .identity,
                    capacity: part.capacity, key: part.since.description)
            }
            let began = entry(from.chronologyTime, "people.occurrence", "\(title)\(number): \(part.capacity.title)")
            guard let until = part.until else { return [began] }
            let words = "No longer \(part.capacity.title.lowercased()): \(title)\(number)"
            return [began, entry(ChronologyTime(until), "people.occurrence-part-ended", words)]
        }
    }
}

/// That a person had a part in an occurrence: in which capacity, since when and by whose record.
public struct Involvement: Codable, Sendable, Hashable {
    public var person: Identifier<Person>
    public var capacity: RecordSubject.Capacity
    /// From which day the agency holds it to be so.
    public var since: Day
    /// The day on which it no longer did.
    public var until: Day?
    /// The user who recorded it.
    public var recordedBy: String

    public init(
        person: Identifier<Person>, capacity: RecordSubject.Capacity, since: Day, until: Day? = nil, recordedBy: String
    ) {
        (self.person, self.capacity, self.since, self.until) = (person, capacity, since, until)
        self.recordedBy = recordedBy
    }
}

extension RecordSubject.Capacity {
    public var title: String {
        switch self {
        case .victim: "Victim"
        case .suspect: "Suspect"
        case .convicted: "Convicted"
        case .witness: "Witness"
        case .child: "Child"
        case .other: "Other"
        }
    }
}

extension PartialDate {
    /// Sorts by what is known.
    var sortKey: String {
        let part = { (value: Int?, width: Int) in
            let digits = String(value ?? 0)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(part(year, 4))-\(part(month, 2))-\(part(dayOfMonth, 2))"
    }

    /// Its beginning, as precisely as is known.
    var chronologyTime: ChronologyTime {
        if let day { return ChronologyTime(day) }
        let start = Day(year: year ?? 1, month: month ?? 1, day: 1) ?? Day(daysSince1970: 0)
        return ChronologyTime(start, precision: month == nil ? .year : .month)
    }
}
