/// How a number is written: `9` a digit, `A` a letter, `X` a letter or digit, `*` any of those or a mark, and anything else
/// itself; `{1-6}` after one says how often. Read by hand: numbers come from outside.
public struct NumberForm: Sendable, Equatable {
    private struct Part: Sendable, Equatable {
        let sign: Character
        let least: Int
        let most: Int
    }

    private let parts: [Part]

    /// Nil when the text is no form.
    public init?(_ text: String) {
        var (parts, rest) = ([Part](), Substring(text))
        while let sign = rest.popFirst() {
            guard rest.first == "{" else {
                parts.append(Part(sign: sign, least: 1, most: 1))
                continue
            }
            guard let end = rest.firstIndex(of: "}") else { return nil }
            let bounds = rest[rest.index(after: rest.startIndex)..<end].split(separator: "-").map { Int($0) }
            guard bounds.count == 2, let least = bounds[0], let most = bounds[1], least >= 0, least <= most else {
                return nil
            }
            parts.append(Part(sign: sign, least: least, most: most))
            rest = rest[rest.index(after: end)...]
        }
        guard !parts.isEmpty else { return nil }
        self.parts = parts
    }

    /// Takes as many of each sign as there are; the signs of a form that follow each other must differ for it.
    public func matches(_ value: String) -> Bool {
        var rest = Substring(value)
        for part in parts {
            var count = 0
            while count < part.most, let next = rest.first, NumberForm.fits(next, part.sign) {
                rest.removeFirst()
                count += 1
            }
            guard count >= part.least else { return false }
        }
        return rest.isEmpty
    }

    /// `1234/1234567A`.
    public var example: String {
        var (text, digit) = ("", 0)
        for part in parts {
            for _ in 0..<min(part.most, 16) {
                digit = part.sign == "9" ? digit % 9 + 1 : 0
                text += part.sign == "9" ? String(digit) : "X*".contains(part.sign) ? "1" : String(part.sign)
            }
        }
        return text
    }

    private static func fits(_ character: Character, _ sign: Character) -> Bool {
        guard character.isASCII else { return false }
        switch sign {
        case "9": return character.isNumber
        case "A": return character.isLetter
        case "X": return character.isNumber || character.isLetter
        case "*": return character.isNumber || character.isLetter || "-/.:".contains(character)
        default: return character == sign
        }
    }
}

/// A rule by which a mistyped number is found out. All take a tidied number of a right form.
public enum NumberCheck: String, Sendable, CaseIterable {
    /// Modulus 11 over ten digits (NHS Data Dictionary, NHS number).
    case nhs
    /// A letter before twelve places, modulus 23 (Government Data Standards Catalogue, Unique Pupil Number 2.0).
    case upn
    /// A letter after year and serial, modulus 23.
    case pnc

    /// What does not fit.
    var mark: String { self == .nhs ? "digit" : "letter" }

    public func isRight(_ value: String) -> Bool {
        switch self {
        case .nhs: NumberCheck.nhs(value.compactMap(\.wholeNumberValue))
        case .upn: NumberCheck.upn(Array(value))
        case .pnc: NumberCheck.pnc(value)
        }
    }

    private static func nhs(_ digits: [Int]) -> Bool {
        guard digits.count == 10 else { return false }
        let sum = digits.prefix(9).enumerated().reduce(0) { $0 + $1.element * (10 - $1.offset) }
        let check = (11 - sum % 11) % 11
        return check != 10 && check == digits[9]
    }

    private static let pupilLetters = Array("ABCDEFGHJKLMNPQRTUVWXYZ")

    private static func upn(_ places: [Character]) -> Bool {
        guard places.count == 13 else { return false }
        var sum = 0
        for (index, place) in places.enumerated().dropFirst() {
            guard let number = place.wholeNumberValue ?? pupilLetters.firstIndex(of: place) else { return false }
            sum += number * (index + 1)
        }
        return pupilLetters[sum % 23] == places[0]
    }

    private static let pncLetters = Array("ZABCDEFGHJKLMNPQRTUVWXY")

    /// The last two digits of the year with the serial, of seven digits from the left, as one number.
    private static func pnc(_ value: String) -> Bool {
        let parts = value.dropLast().split(separator: "/")
        guard parts.count == 2, let year = Int(parts[0].suffix(2)), let serial = Int(parts[1]) else { return false }
        return pncLetters[(year * 10_000_000 + serial) % 23] == value.last
    }
}
