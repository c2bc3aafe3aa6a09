/// What two records must share, at the least, to be looked at as a pair: a value of a field, made coarser.
public struct BlockingKey: Sendable, Equatable {
    enum Grain: String, Sendable {
        case same = ""
        case sound
        case start
        case year
        case dayAndMonth = "day and month"
        case district
        case numberAndWord = "number and word"
    }

    /// An index into the list of fields.
    let field: Int
    let grain: Grain

    /// As a report names it.
    func name(in fields: [LinkageField]) -> String {
        grain == .same ? fields[field].name : "\(fields[field].name) (\(grain.rawValue))"
    }

    /// Whether it may stand in a rule of its own or with one other; the others only make a large rule smaller.
    var isSharp: Bool { grain != .year && grain != .district && grain != .start }

    static func keys(for fields: [LinkageField]) -> [BlockingKey] {
        var keys: [BlockingKey] = []
        for (index, field) in fields.enumerated() {
            for grain in grains(field.kind) where keys.count < 24 {
                keys.append(BlockingKey(field: index, grain: grain))
            }
        }
        return keys
    }

    private static func grains(_ kind: FieldKind) -> [Grain] {
        switch kind {
        case .givenName, .surname: [.sound, .same]
        case .dateOfBirth: [.same, .dayAndMonth, .year]
        case .postcode: [.same, .district]
        case .address: [.numberAndWord]
        case .town, .phone, .email, .identifier: [.same]
        case .text: [.same]
        case .houseNumber, .category, .fullName, .ignored: []
        }
    }

    /// The key of a cleaned value; empty when the value is too vague for it.
    func key(of value: UnsafeBufferPointer<UInt8>, isGiven: Bool, nicknames: Nicknames) -> [UInt8] {
        switch grain {
        case .same:
            // A date known in part is no date to look up by.
            return Array(value)
        case .sound:
            guard isGiven else { return Phonetics.key(value) }
            let root = nicknames.root(of: String(decoding: value.prefix { $0 != 0x20 }, as: UTF8.self))
            return Array(root.utf8).withUnsafeBufferPointer(Phonetics.key)
        case .start: return Array(value.prefix(1))
        case .year: return Array(value.prefix(4))
        case .dayAndMonth: return value.suffix(4).contains { $0 != 0x30 } ? Array(value.suffix(4)) : []
        case .district: return value.count > 4 ? Array(value.dropLast(3)) : Array(value.prefix(2))
        case .numberAndWord: return BlockingKey.numberAndWord(value)
        }
    }

    /// The first number and the first four letters of the first word after it.
    private static func numberAndWord(_ value: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let words = value.split(separator: 0x20)
        let number = words.first { $0.first?.isDigit == true }
        let word = words.first { $0.first?.isDigit == false && $0.count > 2 && !$0.starts(with: "flat".utf8) }
        guard let word else { return [] }
        return (number.map(Array.init) ?? []) + [0x20] + Array(word.prefix(4))
    }
}
