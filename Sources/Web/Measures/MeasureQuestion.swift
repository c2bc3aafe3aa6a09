import Kernel
import Measures
import Pages

/// What of a measure an address asks for, and the addresses that ask the same of another page.
struct MeasureQuestion: Sendable {
    let id: String
    var by: MeasureDimension = .month
    var filter = SeriesFilter()
    /// The figures as they were known at the end of this day; nil for now.
    private(set) var known: Day?

    init(id: String) { self.id = id }

    /// Reads `by`, `from`, `until`, `known`, `only` and one field for each dimension that is kept to, such as `district`.
    /// - Throws: `Problem` naming the field.
    init(id: String, _ query: FormValues) throws {
        self.id = id
        if !query["by"].isEmpty { by = try MeasureQuestion.dimension(query["by"]) }
        filter.from = try MeasureQuestion.month("from", query)
        filter.until = try MeasureQuestion.month("until", query)
        for dimension in MeasureDimension.allCases where !dimension.isTime {
            filter.keeping[dimension] = try MeasureQuestion.group(query[dimension.rawValue])
        }
        try readOnly(query["only"])
        try readKnown(query["known"])
    }

    private mutating func readKnown(_ text: String) throws {
        guard !text.isEmpty else { return }
        guard let day = Day(text) else { throw MeasureQuestion.wrong("known", "Enter a day such as 2025-06-30") }
        known = day
        let midnight = Moment(milliseconds: Int64(day.daysSince1970 + 1) * 86_400_000)
        filter.asKnownAt = midnight.adding(seconds: -LondonTime.offsetSeconds(at: midnight))
    }

    /// `crime-type=Burglary`, as the list of choices has it.
    private mutating func readOnly(_ text: String) throws {
        guard !text.isEmpty else { return }
        let parts = text.split(separator: "=", maxSplits: 1).map { String($0) }
        guard parts.count == 2, let dimension = MeasureDimension(rawValue: parts[0]), !dimension.isTime else {
            throw MeasureQuestion.wrong("only", "Choose one from the list")
        }
        filter.keeping[dimension] = try MeasureQuestion.group(parts[1])
    }

    private static func dimension(_ text: String) throws -> MeasureDimension {
        guard let dimension = MeasureDimension(rawValue: text) else { throw wrong("by", "Choose one from the list") }
        return dimension
    }

    private static func month(_ name: String, _ query: FormValues) throws -> Month? {
        guard !query[name].isEmpty else { return nil }
        guard let month = Month(query[name]) else { throw wrong(name, "Choose a month from the list") }
        return month
    }

    /// What is kept to goes into the log: it must be a word of the files, so nothing long and nothing unprintable.
    private static func group(_ text: String) throws -> String? {
        guard !text.isEmpty else { return nil }
        guard text.count <= 120, text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw wrong("only", "Choose one from the list")
        }
        return text
    }

    static func wrong(_ field: String, _ message: String) -> Problem {
        Problem(
            .invalid, "The figures could not be shown as asked.", next: "All months are shown below instead.",
            fields: [.init(field, message)])
    }
}

extension MeasureQuestion {
    var page: WebAddress { asked("/measures/\(id)") }

    /// The same question put to another page.
    func asked(_ path: WebAddress) -> WebAddress {
        fields.reduce(path) { $0.adding($1.name, $1.value) }
    }

    /// In a fixed order, so that the same question has one address.
    var fields: [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = by == .month ? [] : [("by", by.rawValue)]
        if let from = filter.from { fields.append(("from", "\(from)")) }
        if let until = filter.until { fields.append(("until", "\(until)")) }
        if let known { fields.append(("known", "\(known)")) }
        return fields + kept.map { ($0.dimension.rawValue, $0.group) }
    }

    var kept: [(dimension: MeasureDimension, group: String)] {
        MeasureDimension.allCases.compactMap { dimension in filter.keeping[dimension].map { (dimension, $0) } }
    }

    func rows(_ point: MeasurePoint, _ side: RowRequest.Side = .numerator) -> WebAddress {
        var address = asked("/measures/\(id)/rows").adding("period", point.period.label)
        if let group = point.group { address = address.adding("group", group) }
        return side == .numerator ? address : address.adding("side", side.rawValue)
    }

    /// One group of this view alone, month by month.
    func overTime(_ group: String) -> WebAddress {
        var question = self
        question.by = .month
        question.filter.keeping[by] = group
        return question.page
    }

    /// The same question of what is known now.
    var now: WebAddress {
        var question = self
        question.known = nil
        return question.page
    }

    func without(_ dimension: MeasureDimension) -> WebAddress {
        var question = self
        question.filter.keeping[dimension] = nil
        return question.page
    }

    /// For the log: identifiers and words of the files only.
    var about: String {
        ([id, "by \(by.rawValue)"] + fields.dropFirst(by == .month ? 0 : 1).map { "\($0.name)=\($0.value)" }).joined(
            separator: " ")
    }
}

extension MeasureDimension {
    /// As it heads a column: `District`, `Small area (LSOA)`.
    var heading: String { inWords.prefix(1).uppercased() + inWords.dropFirst() }
}
