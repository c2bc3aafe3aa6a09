import Kernel
import Linkage

/// Why one person may be another, in words and from what the reader sees of her: so that nobody must guess what a number
/// means, and no reason tells of what she may not see.
struct PersonReasons {
    let weight: MatchWeight
    /// Words of a name that were asked for; empty when a whole person was.
    var words: [String] = []
    let asked: Person
    let seen: Person
    /// Words of an address that name no street.
    let common: Set<String>

    var text: String { all.joined(separator: "; ") }

    /// Moving alone is no reason.
    var isReason: Bool { !strong.isEmpty }

    private var all: [String] { strong + (moved.map { [$0] } ?? []) }

    private var strong: [String] {
        (["PNC number", "NHS number", "Another number"].map(number) + [born] + names + [telephone, place])
            .compactMap(\.self)
    }

    private func level(_ field: String) -> String { weight.parts.first { $0.name == field }?.level ?? "" }

    private func number(_ field: String) -> String? {
        let what = field == "Another number" ? "number of another body" : field
        switch level(field) {
        case "the same": return "same \(what)"
        case "one slip", "two slips": return "\(what) with \(level(field))"
        default: return nil
        }
    }

    private var born: String? {
        switch level("Date of birth") {
        case "the same": asked.born?.day == nil ? "same parts of the date of birth" : "same date of birth"
        case "one slip, or day and month swapped": "date of birth with one slip"
        case "the known parts agree": "known parts of the date of birth agree"
        case "two of three parts agree": "two of three parts of the date of birth"
        default: nil
        }
    }

    private var names: [String?] {
        if !words.isEmpty { return [nameAsked] }
        let (given, family) = (level("First names"), level("Family name"))
        if given == "the same", family == "the same" { return ["same name"] }
        return [PersonReasons.name("first name", given), PersonReasons.name("family name", family)]
    }

    private static func name(_ which: String, _ level: String) -> String? {
        switch level {
        case "the same": "same \(which)"
        case "a nickname or one of several names": "\(which) is a nickname or one of several"
        case "one of several names": "one of several \(which)s"
        case "spelt almost the same": "\(which) spelt almost the same"
        case "an initial": "same initial"
        case "sounds or looks alike", "sounds alike":
            which == "family name" ? "surname sounds alike" : "\(which) sounds alike"
        case "swapped with the surname": "first and family name swapped"
        default: nil
        }
    }

    private var nameAsked: String? {
        let held = Set(seen.names.flatMap(\.words))
        let whole = words.filter(held.contains)
        if whole.count == words.count { return "the whole name" }
        let begun = words.filter { word in held.contains { $0.hasPrefix(word) } }
        if begun.count == words.count { return "a name begins so" }
        let fitting = words.filter { NameFit.fits($0, Array(held)) }
        if fitting.count == words.count { return "a nickname, or a name that sounds alike" }
        let near = PersonReasons.near(level("First names")) || PersonReasons.near(level("Family name"))
        return fitting.isEmpty ? (near ? "a name spelt almost the same" : nil) : "part of the name"
    }

    private static func near(_ level: String) -> Bool { level == "spelt almost the same" }

    private var telephone: String? {
        switch level("Telephone") {
        case "the same": "same telephone"
        case "one slip, or the last six digits": "telephone with one slip"
        default: nil
        }
    }

    private var place: String? {
        switch level("Address") {
        case "the same": return "same address"
        case "spelt almost the same": return "address spelt almost the same"
        case "the same street, another number" where !streets(asked).isDisjoint(with: streets(seen)):
            return "same street"
        default: break
        }
        if level("Postcode") == "the same" { return "same postcode" }
        return isSoundingStreet ? "a street that sounds alike" : nil
    }

    private var isSoundingStreet: Bool {
        let sounds = { (person: Person) in Set(streets(person).map(SoundKey.of)) }
        return !sounds(asked).isDisjoint(with: sounds(seen))
    }

    private func streets(_ person: Person) -> Set<String> { person.streets(without: common) }

    private var moved: String? {
        guard place == nil, let from = PersonReasons.district(seen), let to = PersonReasons.district(asked) else {
            return nil
        }
        return from == to ? "another address in \(from)" : "moved from \(from) to \(to)"
    }

    /// `TS1` of `TS1 4AB`.
    private static func district(_ person: Person) -> String? {
        guard let code = person.addresses.last?.postcode.uppercased().filter({ !$0.isWhitespace }), code.count > 4
        else {
            return nil
        }
        return String(code.dropLast(3))
    }
}
