/// What the columns of a file hold, read from their names and from a sample of their contents.
public struct KindGuess: Sendable {
    public let column: String
    public let kind: FieldKind
    /// Why, as a person would say it.
    public let reason: String

    private static let words: [(FieldKind, [String])] = [
        (.dateOfBirth, ["dob", "birth", "born"]),
        (.email, ["email", "e mail"]),
        (.givenName, ["given", "forename", "first name", "firstname", "fname", "christian name", "first"]),
        (.surname, ["surname", "last name", "lastname", "lname", "family name", "familyname", "last"]),
        (.postcode, ["postcode", "post code", "postal", "zip", "zipcode", "pcode", "pc"]),
        (.phone, ["phone", "mobile", "telephone", "tel", "cell"]),
        (
            .identifier,
            [
                "nhs", "ssn", "soc sec", "social sec", "national insurance", "nino", "passport", "pnc", "licence",
                "upn", "uprn",
            ]
        ),
        (
            .houseNumber,
            ["street number", "house number", "house no", "street no", "number", "housenumber", "streetnumber"]
        ),
        (.address, ["address", "street", "addr", "road", "address 1"]),
        (.town, ["suburb", "town", "city", "village", "locality", "birth place"]),
        (.category, ["sex", "gender", "state", "county", "region", "ethnicity", "country", "title"]),
        (.fullName, ["name", "full name", "fullname", "person name"]),
    ]
    private static let answers: Set<String> = [
        "cluster", "cluster id", "truth", "person", "person id", "entity", "entity id", "true id", "label", "match id",
        "group", "group id", "ent id", "unique id", "record id", "id", "rec id", "index", "row",
    ]

    /// - Parameters:
    ///   - columns: names in order.
    ///   - sample: rows of the file, each with as many texts as there are columns.
    ///   - except: columns that are not compared: the id, and the truth.
    ///   - known: what was said of columns.
    public static func guesses(
        _ columns: [String], sample: [[String]], except: Set<String>, known: [String: FieldKind] = [:]
    ) -> [KindGuess] {
        var taken = Dictionary(known.values.map { ($0, 1) }, uniquingKeysWith: +)
        return columns.enumerated().map { place, column in
            if let kind = known[column] { return KindGuess(column: column, kind: kind, reason: "the settings") }
            guard !except.contains(column) else {
                return KindGuess(column: column, kind: .ignored, reason: "named as no field")
            }
            let values = sample.lazy.map { $0[place] }.filter { !$0.isEmpty }
            var guess = guess(column, Array(values.prefix(2000)))
            // A second line of an address, or a second phone, is compared as what it is: other words.
            if [.address, .givenName, .surname, .dateOfBirth, .fullName].contains(guess.kind), taken[guess.kind] != nil
            {
                guess = KindGuess(column: column, kind: .text, reason: "another column is the \(guess.kind.rawValue)")
            }
            if guess.kind == .fullName, taken[.surname] != nil {
                guess = KindGuess(column: column, kind: .givenName, reason: "its name, beside a surname")
            }
            taken[guess.kind, default: 0] += 1
            return guess
        }
    }

    private static func guess(_ column: String, _ values: [String]) -> KindGuess {
        let name = Cleaning.words(spaced(column)).joined(separator: " ")
        guard Set(values).count > 1 else {
            return KindGuess(column: column, kind: .ignored, reason: "it holds one value or none")
        }
        if answers.contains(name) {
            return KindGuess(column: column, kind: .ignored, reason: "its name is that of a record number or an answer")
        }
        for (kind, words) in words where words.contains(where: { has(name, $0) }) {
            guard fits(kind, values) else {
                return KindGuess(
                    column: column, kind: .text, reason: "named like a \(kind.rawValue), but not written like one")
            }
            return KindGuess(column: column, kind: kind, reason: "its name")
        }
        return byContents(column, values)
    }

    /// `dateOfBirth` and `DATE_OF_BIRTH` are the same words.
    private static func spaced(_ column: String) -> String {
        var (text, wasSmall) = ("", false)
        for character in column {
            if character.isUppercase, wasSmall { text.append(" ") }
            wasSmall = character.isLowercase
            text.append(
                character == "_" || character == "." || character == "-" ? " " : Character(character.lowercased()))
        }
        return text
    }

    /// Whether these words stand in the name, as whole words.
    private static func has(_ name: String, _ words: String) -> Bool {
        name == words || name.hasPrefix(words + " ") || name.hasSuffix(" " + words)
            || " \(name) ".contains(" \(words) ")
    }

    private static func fits(_ kind: FieldKind, _ values: [String]) -> Bool {
        switch kind {
        case .dateOfBirth: share(values) { DateParts(reading: LetterFolding.folded($0[...])) != nil } > 0.5
        case .email: share(values) { $0.contains("@") } > 0.5
        case .phone: share(values) { $0.utf8.count(where: \.isDigit) >= 6 } > 0.5
        default: true
        }
    }

    private static func byContents(_ column: String, _ values: [String]) -> KindGuess {
        func found(_ kind: FieldKind, _ reason: String) -> KindGuess {
            KindGuess(column: column, kind: kind, reason: reason)
        }
        let distinct = Set(values).count
        if share(values, { $0.contains("@") && $0.contains(".") }) > 0.7 {
            return found(.email, "its contents: most have an @")
        }
        if share(values, isPostcode) > 0.7 { return found(.postcode, "its contents: British postcodes") }
        if share(values, { $0.utf8.count > 7 && DateParts(reading: $0) != nil }) > 0.8 {
            return found(.dateOfBirth, "its contents: dates")
        }
        if share(values, { $0.utf8.count(where: \.isDigit) >= 9 && $0.utf8.count < 18 }) > 0.8,
            distinct * 2 > values.count
        {
            return found(.phone, "its contents: long numbers")
        }
        if values.count >= 100, distinct <= 20 { return found(.category, "its contents: few values") }
        if share(values, { Nicknames.packaged.knows(LetterFolding.folded($0[...])) }) > 0.2 {
            return found(.givenName, "its contents: known given names")
        }
        if share(values, { $0.utf8.allSatisfy(\.isDigit) }) > 0.8 {
            return found(.ignored, "numbers of unknown meaning")
        }
        let length = values.reduce(0) { $0 + $1.utf8.count } / max(1, values.count)
        return length > 60 ? found(.ignored, "long texts") : found(.text, "nothing else fits")
    }

    private static func share(_ values: [String], _ holds: (String) -> Bool) -> Double {
        Double(values.count(where: holds)) / Double(max(1, values.count))
    }

    private static func isPostcode(_ text: String) -> Bool {
        let code = text.utf8.filter(\.isLetterOrDigit)
        guard (5...7).contains(code.count), let first = code.first, !first.isDigit else { return false }
        return code[code.count - 3].isDigit && !code[code.count - 2].isDigit && !code[code.count - 1].isDigit
    }
}
