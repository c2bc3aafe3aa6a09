public import Access
import Foundation
public import Kernel
public import Ledger

/// A person as one agency holds her: what it knows, in its own words. Two agencies that know the same person hold two
/// records; nothing makes one of them without a person's decision.
public struct Person: SealedBody {
    public static let kind = RecordKind.person
    /// Where she may safely be reached, and where she lives now if that must not be found.
    public static let safeContact = SealedField("safe-contact", .safeContact)
    public static let refugeAddress = SealedField("refuge-address", .safeContact)
    public static let sealedFields = [safeContact, refugeAddress]

    /// At least one; the first is the one she is called by.
    public var names: [KnownName]
    public var born: PartialDate?
    public var sex: RecordedSex?
    public var gender: RecordedGender?
    public var addresses: [PersonAddress]
    /// Those that are hers now.
    public var phones: [String]
    /// Those that were; nil where none is known, as in bodies of form 1.
    public var pastPhones: [PastPhone]?
    /// Numbers given by other bodies.
    public var identifiers: [PersonIdentifier]
    public var warnings: [Warning]
    /// What the agency wrote about her.
    public var narrative: String
    /// Kept to the users and teams named, whatever a role may do.
    public var isKept: Bool
    /// Users and teams to whom she was given.
    public var given: Set<String>
    /// The group by which its retention is reviewed; nil for public protection.
    public var reviewGroup: String?
    /// Where she came from, when a partner's file brought her.
    public internal(set) var source: PersonSource?
    /// Keyed digests by which somebody who works here is told apart or found alike; put there by `PeopleDesk`.
    var tags: [String]

    public init(
        names: [KnownName], born: PartialDate? = nil, sex: RecordedSex? = nil, addresses: [PersonAddress] = [],
        phones: [String] = [], identifiers: [PersonIdentifier] = [], warnings: [Warning] = [], narrative: String = "",
        isKept: Bool = false, given: Set<String> = []
    ) {
        (self.names, self.born, self.sex, self.addresses) = (names, born, sex, addresses)
        (self.phones, self.identifiers, self.warnings) = (phones, identifiers, warnings)
        (self.narrative, self.isKept, self.given, tags) = (narrative, isKept, given, [])
    }

    public var assignees: Set<String> { given }
    public var isClosed: Bool { isKept }

    /// `Ama Mensah`; empty where her names are not seen.
    public var name: String { names.first?.text ?? "" }

    public var keys: [IndexKey] {
        let words = Set(names.flatMap(\.words))
        return words.map { IndexKey("name", $0) } + [IndexKey("sort", names.first?.sortKey ?? "")]
            + (born?.day.map { [IndexKey("born", $0.description)] } ?? [])
            + tags.map { IndexKey(PartyIndex.tag, $0) } + given.map { IndexKey(PartyIndex.given, $0) }
            + (isKept ? [IndexKey(PartyIndex.kept, "yes")] : [])
            + (source.map { [IndexKey(Person.sourceIndex, PersonSource.key($0.agency, $0.number))] } ?? [])
    }

    public func seen(_ fields: Set<FieldClass>) -> Person {
        var seen = self
        seen.tags = []
        if !fields.contains(.identity) { (seen.names, seen.born, seen.sex, seen.gender) = ([], nil, nil, nil) }
        if !fields.contains(.contact) { (seen.addresses, seen.phones, seen.pastPhones) = ([], [], nil) }
        if !fields.contains(.identifiers) { seen.identifiers = [] }
        if !fields.contains(.warnings) { seen.warnings = [] }
        if !fields.contains(.narrative) { seen.narrative = "" }
        if !fields.contains(.identifiers) { seen.source?.number = "" }
        if fields != Set(FieldClass.allCases) { seen.source?.said = [:] }
        return seen
    }

    /// Who she is, for a likeness to somebody who works here.
    var identities: [PartyIdentity] {
        names.map { PartyIdentity(given: $0.given, family: $0.family, born: born?.day, phones: phones) }
    }
}

/// One name of a person.
public struct KnownName: Codable, Sendable, Hashable {
    public enum Use: String, Codable, Sendable, CaseIterable {
        case known, birth, married, alias, former

        public var title: String {
            switch self {
            case .known: "Name"
            case .birth: "Name at birth"
            case .married: "Married name"
            case .alias: "Also called"
            case .former: "Former name"
            }
        }
    }

    public var given: String
    public var family: String
    public var use: Use

    public init(given: String, family: String, use: Use = .known) {
        (self.given, self.family, self.use) = (given, family, use)
    }

    public var text: String { [given, family].filter { !$0.isEmpty }.joined(separator: " ") }
    var words: [String] { NameWords.of(text) }
    var sortKey: String { NameWords.of("\(family) \(given)").joined(separator: " ") }
}

/// A date of which parts may be unknown. Never completed by guessing.
public struct PartialDate: Codable, Sendable, Hashable {
    public let year: Int?
    public let month: Int?
    public let dayOfMonth: Int?

    /// Nil when the parts known are no date, or none is known.
    public init?(year: Int?, month: Int?, day: Int?) {
        guard year != nil || month != nil || day != nil else { return nil }
        guard Day(year: year ?? 2000, month: month ?? 1, day: day ?? 1) != nil else { return nil }
        (self.year, self.month, self.dayOfMonth) = (year, month, day)
    }

    public init(_ day: Day) { (year, month, dayOfMonth) = (day.year, day.month, day.day) }

    /// Where all of it is known.
    public var day: Day? {
        guard let year, let month, let dayOfMonth else { return nil }
        return Day(year: year, month: month, day: dayOfMonth)
    }

    /// `31 March 1987`, `March 1987`, `1987`, or `day 31 of March, year not known`.
    public var words: String {
        if let day { return LondonTime.inWords(day) }
        let name = month.map { PartialDate.months[$0 - 1] }
        switch (year, name, dayOfMonth) {
        case (let year?, let name?, _): return "\(name) \(year)"
        case (let year?, nil, _): return String(year)
        case (nil, let name?, let day?): return "\(day) \(name), year not known"
        case (nil, let name?, nil): return "\(name), year not known"
        case (nil, nil, _): return "not known"
        }
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}

/// Sex as it was recorded, and by whom.
public struct RecordedSex: Codable, Sendable, Hashable {
    public enum Value: String, Codable, Sendable, CaseIterable {
        case female, male, indeterminate
        case notKnown = "not-known"

        public var title: String { self == .notKnown ? "Not known" : rawValue.capitalized }
    }

    public var value: Value
    public var recordedBy: String
    /// When; nil where it is not known, as in bodies of form 1.
    public var on: Day?

    public init(_ value: Value, recordedBy: String, on: Day? = nil) {
        (self.value, self.recordedBy, self.on) = (value, recordedBy, on)
    }
}

/// An address and when it held. Never where a person hides: that is sealed.
public struct PersonAddress: Codable, Sendable, Hashable {
    public var lines: String
    public var postcode: String
    /// Unique Property Reference Number, where known.
    public var uprn: String?
    /// What it is to her; nil where nobody said, as in bodies of form 1.
    public var kind: AddressKind?
    public var from: Day?
    public var until: Day?

    public init(
        lines: String, postcode: String, uprn: String? = nil, kind: AddressKind? = nil, from: Day? = nil,
        until: Day? = nil
    ) {
        (self.lines, self.postcode, self.uprn, self.kind) = (lines, postcode, uprn, kind)
        (self.from, self.until) = (from, until)
    }
}

/// A number that another body gave her.
public struct PersonIdentifier: Codable, Sendable, Hashable {
    public var scheme: String
    public var value: String

    public init(scheme: String, value: String) { (self.scheme, self.value) = (scheme, value) }
}

/// What an officer must know before she knocks.
public struct Warning: Codable, Sendable, Hashable {
    public var words: String
    public var since: Day?

    public init(_ words: String, since: Day? = nil) { (self.words, self.since) = (words, since) }
}

/// The words of a name as a search compares them: without case, accents and marks.
enum NameWords {
    static func of(_ text: String) -> [String] {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return plain(text) }
        return text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
            .split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }
            .map { $0.filter { $0.isLetter || $0.isNumber } }.filter { !$0.isEmpty }
    }

    /// The same for plain letters, which nearly all names here are in, without looking anything up in Unicode's tables.
    private static func plain(_ text: String) -> [String] {
        let pieces = text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }.filter { $0 != 0x27 }
            .split { !(0x61...0x7A).contains($0) && !(0x30...0x39).contains($0) }
        return pieces.map { String(decoding: $0, as: UTF8.self) }
    }
}
