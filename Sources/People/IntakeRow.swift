import Foundation
import Kernel
import Ledger

/// One row of a partner's table as a person: what it says of each field, in one spelling, so that two rows that say the
/// same are equal.
struct IntakeRow: Sendable, Equatable {
    let line: Int
    let number: String
    /// By field: `given`, `family`, `born`, `sex`, `address`, `postcode`, `uprn`, `phone`, `capacity`, and
    /// `identifier NHS` for each scheme.
    let said: [String: String]
    /// What was left out and why, in words that name no value.
    let notes: Set<String>
}

/// Reads rows by a mapping.
struct IntakeReader: Sendable {
    private let places: [(place: Int, column: ColumnMapping.Column)]
    private let unknown: Set<String>
    private let firstOfJanuaryIsYear: Bool
    private let capacity: RecordSubject.Capacity?
    private let today: Day

    init(_ mapping: ColumnMapping, header: [String], today: Day) throws {
        places = try mapping.places(in: header)
        let usual = ["null", "n/a", "na", "none", "unknown", "not known", "-", "."]
        unknown = Set(usual + (mapping.unknown ?? []).map { $0.trimmed().lowercased() })
        firstOfJanuaryIsYear = mapping.firstOfJanuaryIsYear ?? false
        (capacity, self.today) = (mapping.capacity, today)
    }

    /// Why a row is not taken, in words that name no value of it.
    struct Fault: Error, Equatable {
        let words: String
    }

    /// - Throws: `Fault`.
    func row(_ line: Int, _ values: [String]) throws -> IntakeRow {
        var (said, notes, number) = ([String: String](), Set<String>(), "")
        said["capacity"] = capacity?.rawValue
        for (place, column) in places {
            let text = values.indices.contains(place) ? values[place].trimmed() : ""
            guard !text.isEmpty, !unknown.contains(text.lowercased()) else { continue }
            guard text.count <= 1000, !text.utf8.contains(0) else {
                throw Fault(words: "“\(column.column)” is too long")
            }
            if column.field == .number { number = text }
            try take(text, column, &said, &notes)
        }
        guard !number.isEmpty else { throw Fault(words: "Their own number for the person is missing") }
        guard number.count <= 100 else { throw Fault(words: "Their own number for the person is too long") }
        guard said["given"] != nil || said["family"] != nil else { throw Fault(words: "It has no name") }
        return IntakeRow(line: line, number: number, said: said, notes: notes)
    }

    private func take(
        _ text: String, _ column: ColumnMapping.Column, _ said: inout [String: String], _ notes: inout Set<String>
    ) throws {
        switch column.field {
        case .number:
            guard let scheme = column.scheme?.trimmed().uppercased(), !scheme.isEmpty else { return }
            said["identifier \(scheme)"] = IntakeReader.spaced(text, most: 100)
        case .given, .family: said[column.field.rawValue] = IntakeReader.spaced(text, most: 190)
        case .name: IntakeReader.whole(text, &said)
        case .born: said["born"] = try born(text, column.format ?? .dayMonthYear)
        case .sex:
            let value = IntakeWords.sexes[text.lowercased()]?.rawValue
            word(value, "sex", "Words for sex that are not known", &said, &notes)
        case .address, .phone:
            said[column.field.rawValue] = [said[column.field.rawValue], text].compactMap(\.self).joined(separator: "\n")
        case .postcode: said["postcode"] = IntakeReader.spaced(text.uppercased(), most: 20)
        case .uprn:
            let digits = text.allSatisfy { $0.isASCII && $0.isNumber } && text.count <= 12
            word(digits ? text : nil, "uprn", "UPRNs that are no number of up to 12 digits", &said, &notes)
        case .identifier:
            said["identifier \((column.scheme ?? "").trimmed().uppercased())"] = IntakeReader.spaced(text, most: 100)
        case .capacity:
            word(
                RecordSubject.Capacity(rawValue: text.lowercased())?.rawValue, "capacity",
                "Words for a capacity that are not known", &said, &notes)
        }
    }

    private func word(
        _ value: String?, _ field: String, _ note: String, _ said: inout [String: String], _ notes: inout Set<String>
    ) {
        if let value { said[field] = value } else { notes.insert(note) }
    }

    private func born(_ text: String, _ order: ColumnMapping.DateOrder) throws -> String {
        guard let date = IntakeWords.date(text, order) else { throw Fault(words: "The date of birth is no date") }
        guard (date.year ?? 0) >= 1880 else { throw Fault(words: "The date of birth is before 1880") }
        let first = date.day ?? Day(year: date.year ?? 1, month: date.month ?? 1, day: 1)
        guard let first, first <= today else {
            throw Fault(words: "The date of birth is in the future")
        }
        if firstOfJanuaryIsYear, date.month == 1, date.dayOfMonth == 1 { return IntakeWords.text(year: date) }
        return IntakeWords.text(date)
    }

    private static func spaced(_ text: String, most: Int) -> String {
        String(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(most))
    }

    /// `Mensah, Ama` or `Ama Mensah`: the last word is the family name, unless a comma says otherwise.
    private static func whole(_ text: String, _ said: inout [String: String]) {
        let parts = text.split(separator: ",", maxSplits: 1).map { spaced(String($0), most: 190) }
        if parts.count == 2 {
            (said["family"], said["given"]) = (parts[0], parts[1].isEmpty ? nil : parts[1])
            return
        }
        let words = spaced(text, most: 190).split(separator: " ")
        said["family"] = words.last.map(String.init)
        let given = words.dropLast().joined(separator: " ")
        said["given"] = given.isEmpty ? nil : given
    }
}

/// Words and dates as partners write them.
enum IntakeWords {
    static let sexes: [String: RecordedSex.Value] = [
        "f": .female, "female": .female, "girl": .female, "woman": .female, "2": .female,
        "m": .male, "male": .male, "boy": .male, "man": .male, "1": .male,
        "i": .indeterminate, "indeterminate": .indeterminate, "9": .indeterminate,
        "u": .notKnown, "0": .notKnown, "x": .notKnown, "not specified": .notKnown,
    ]

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// A whole date, `03/1987` or `1987`. A year has four digits: of two the century would be a guess.
    static func date(_ text: String, _ order: ColumnMapping.DateOrder) -> PartialDate? {
        // What follows a date is a time of day, which a date of birth has not.
        let isStamp = text.count > 10 && text.dropFirst(10).first == "T"
        let parts = (isStamp ? text.prefix(10) : text[...]).split { "-/. ,".contains($0) }.prefix(4).map {
            $0.lowercased()
        }
        let isTimed = parts.count == 4 && parts[3].contains(":")
        let dated = isTimed ? Array(parts.prefix(3)) : Array(parts)
        switch dated.count {
        case 1: return dated[0].count == 8 ? packed(dated[0], order) : partial(year: dated[0], month: nil)
        case 2:
            return dated[0].count == 4
                ? partial(year: dated[0], month: dated[1]) : partial(year: dated[1], month: dated[0])
        case 3: return whole(dated, order)
        default: return nil
        }
    }

    private static func whole(_ parts: [String], _ order: ColumnMapping.DateOrder) -> PartialDate? {
        let isYearFirst = parts[0].count == 4
        let year = isYearFirst ? parts[0] : parts[2]
        var (day, month) = isYearFirst ? (parts[2], parts[1]) : (parts[0], parts[1])
        if !isYearFirst, order == .monthDayYear { swap(&day, &month) }
        // `Mar 31 1987` says itself which is the month.
        if !isYearFirst, number(day, most: 2) == nil, name(day) != nil { swap(&day, &month) }
        guard let year = number(year, most: 4), year > 999, let month = number(month, most: 2) ?? name(month),
            let day = number(day, most: 2)
        else { return nil }
        return PartialDate(year: year, month: month, day: day).flatMap { $0.day == nil ? nil : $0 }
    }

    /// `31121987`, in the order that was named.
    private static func packed(_ text: String, _ order: ColumnMapping.DateOrder) -> PartialDate? {
        let part = { (from: Int, count: Int) in String(text.dropFirst(from).prefix(count)) }
        switch order {
        case .yearMonthDay: return whole([part(0, 4), part(4, 2), part(6, 2)], order)
        case .dayMonthYear, .monthDayYear: return whole([part(0, 2), part(2, 2), part(4, 4)], order)
        }
    }

    private static func partial(year: String, month: String?) -> PartialDate? {
        guard let year = number(year, most: 4), year > 999 else { return nil }
        guard let month else { return PartialDate(year: year, month: nil, day: nil) }
        guard let month = number(month, most: 2) ?? name(month) else { return nil }
        return PartialDate(year: year, month: month, day: nil)
    }

    private static func number(_ text: String, most: Int) -> Int? {
        guard (1...most).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }

    private static func name(_ text: String) -> Int? {
        guard text.count >= 3 else { return nil }
        return months.firstIndex { text.hasPrefix($0) }.map { $0 + 1 }
    }

    /// `1987-03-31`, `1987-03` or `1987`.
    static func text(_ date: PartialDate) -> String {
        if let day = date.day { return day.description }
        guard let month = date.month else { return text(year: date) }
        return "\(text(year: date))-\(month < 10 ? "0" : "")\(month)"
    }

    static func text(year date: PartialDate) -> String { String(date.year ?? 0) }

    static func date(_ text: String) -> PartialDate? {
        let parts = text.split(separator: "-").map { Int($0) }
        guard (1...3).contains(parts.count) else { return nil }
        return PartialDate(
            year: parts[0], month: parts.count > 1 ? parts[1] : nil, day: parts.count > 2 ? parts[2] : nil)
    }
}
