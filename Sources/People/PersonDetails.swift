public import Kernel

/// Gender as it was recorded, by whom and when. Apart from sex: neither is worked out from the other.
public struct RecordedGender: Codable, Sendable, Hashable {
    public enum Value: String, Codable, Sendable, CaseIterable {
        case woman, man, another
        case nonBinary = "non-binary"
        case notSaid = "not-said"

        public var title: String {
            switch self {
            case .woman: "Woman"
            case .man: "Man"
            case .nonBinary: "Non-binary"
            case .another: "Another gender"
            case .notSaid: "Prefers not to say"
            }
        }
    }

    public var value: Value
    /// The agency.
    public var recordedBy: String
    public var on: Day?

    public init(_ value: Value, recordedBy: String, on: Day? = nil) {
        (self.value, self.recordedBy, self.on) = (value, recordedBy, on)
    }
}

/// What an address is to a person.
public enum AddressKind: String, Codable, Sendable, CaseIterable {
    case home, stays, work, family, school, post, former

    public var title: String {
        switch self {
        case .home: "Home"
        case .stays: "Stays there at times"
        case .work: "Works there"
        case .family: "Family lives there"
        case .school: "School or nursery"
        case .post: "Gets letters there"
        case .former: "Lived there before"
        }
    }
}

/// A telephone that was hers.
public struct PastPhone: Codable, Sendable, Hashable {
    public var number: String
    public var from: Day?
    public var until: Day

    public init(number: String, from: Day? = nil, until: Day) {
        (self.number, self.from, self.until) = (number, from, until)
    }
}

/// A Unique Property Reference Number: 1 to 12 digits, given by Ordnance Survey to each place with an address.
public enum UPRN {
    /// The digits without spaces; nil when it is none. Leading zeros are no part of it.
    public static func tidied(_ text: String) -> String? {
        let digits = text.filter { !$0.isWhitespace }
        guard (1...12).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        let bare = digits.drop { $0 == "0" }
        return bare.isEmpty ? nil : String(bare)
    }

    static let fault = "A UPRN has 1 to 12 digits and nothing else. Look at it again, or leave it out."
}

extension Person {
    /// Where she lives as far as is known: the latest home that has not ended.
    public var home: PersonAddress? { addresses.last { $0.isHome && $0.until == nil } }

    /// What does not stand on the first lines of a form: where else she is found now.
    public var otherAddresses: [PersonAddress] { addresses.filter { $0.until == nil && $0 != home } }

    /// Telephones no longer hers that were among those of the version before, kept with the day they ended.
    public mutating func keepPhones(of before: Person, until day: Day) {
        let gone = before.phones.filter { !phones.contains($0) }.map { PastPhone(number: $0, until: day) }
        let past = (before.pastPhones ?? []) + gone
        pastPhones = past.isEmpty ? nil : past
    }
}

extension PersonAddress {
    /// An address of which nobody said what it is counts as a home.
    public var isHome: Bool { kind == nil || kind == .home }

    /// - Throws: nothing; adds to `faults`, named as the form names its fields.
    func checked(_ faults: inout [Problem.Field]) -> PersonAddress {
        var tidy = self
        (tidy.lines, tidy.postcode) = (lines.trimmed(), postcode.trimmed().uppercased())
        tidy.uprn = uprn.flatMap { $0.trimmed().isEmpty ? nil : $0 }
        if let text = tidy.uprn {
            let field = isHome ? "uprn" : "other-uprn"
            if let uprn = UPRN.tidied(text) { tidy.uprn = uprn } else { faults.append(.init(field, UPRN.fault)) }
        }
        if let from, let until, until < from {
            faults.append(.init(isHome ? "address" : "other-until", "An address cannot end before it began"))
        }
        return tidy
    }
}
