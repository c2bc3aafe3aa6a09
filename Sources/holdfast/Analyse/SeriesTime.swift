import Kernel
import Linkage
import Statistics

/// The times of a series as numbers: as they are, or months, weeks or days since the first.
struct SeriesTime {
    enum Unit: String {
        case number, month, week, day
    }

    let unit: Unit
    let values: [Double]
    private let origin: Int

    /// - Throws: `Problem` when values are of different kinds, or no times.
    init(_ column: AnalysisColumn) throws {
        let texts = (0..<column.words.count).map { column.word(Int32($0 + 1)) }
        if let numbers = SeriesTime.all(texts, { Double($0) }), numbers.allSatisfy(\.isFinite) {
            (unit, origin) = (.number, 0)
            values = column.codes.map { numbers[Int($0) - 1] }
            return
        }
        let months = SeriesTime.all(texts) { Month($0)?.index }
        let days = SeriesTime.all(texts, SeriesTime.day)
        guard let dates = months ?? days, let first = dates.min() else {
            let odd = texts.first { Double($0) == nil && Month($0) == nil && SeriesTime.day($0) == nil }
            throw Problem(
                .invalid, "\(column.name) holds \(odd.map { "“\($0)”" } ?? "times of different kinds").",
                next: "Give all as numbers, as months such as 2024-05, or as days such as 2024-05-01.")
        }
        if months == nil, let starts = SeriesTime.all(texts, SeriesTime.firstOfMonth), let first = starts.min() {
            (unit, origin) = (.month, first)
            values = column.codes.map { Double(starts[Int($0) - 1] - first) }
            return
        }
        let isWeekly = months == nil && dates.allSatisfy { ($0 - first) % 7 == 0 }
        (unit, origin) = (months != nil ? .month : isWeekly ? .week : .day, first)
        let step = isWeekly ? 7.0 : 1
        values = column.codes.map { Double(dates[Int($0) - 1] - first) / step }
    }

    /// A time as the analyst wrote it, such as the break.
    func value(of text: String) throws -> Double {
        let found: Double? =
            switch unit {
            case .number: Double(text)
            case .month: (Month(text)?.index ?? SeriesTime.month(text)).map { Double($0 - origin) }
            case .week: SeriesTime.start(text).map { Double($0 - origin) / 7 }
            case .day: SeriesTime.start(text).map { Double($0 - origin) }
            }
        guard let found, found.isFinite else {
            throw Problem(
                .invalid,
                "The break is \(text), and the times are \(unit == .number ? "numbers" : "\(unit.rawValue)s").",
                next: "Give the break as the times are written.")
        }
        return found
    }

    /// How a time is written.
    func words(_ value: Double) -> String {
        switch unit {
        case .number: AnalysisWords.number(value)
        case .month: Month(index: origin + Int(value)).description
        case .week: Day(daysSince1970: origin + Int(value * 7)).description
        case .day: Day(daysSince1970: origin + Int(value)).description
        }
    }

    private static func all<T>(_ texts: [String], _ read: (String) -> T?) -> [T]? {
        let found = texts.compactMap(read)
        return found.count == texts.count ? found : nil
    }

    /// A day, or the day of a time of day.
    private static func day(_ text: String) -> Int? {
        let rest = text.dropFirst(10)
        guard rest.isEmpty || rest.first == " " || rest.first == "T" else { return nil }
        return Day(String(text.prefix(10)))?.daysSince1970
    }

    private static func start(_ text: String) -> Int? { day(text) ?? Month(text)?.firstDay.daysSince1970 }

    private static func firstOfMonth(_ text: String) -> Int? {
        guard let number = day(text) else { return nil }
        let day = Day(daysSince1970: number)
        return day.day == 1 ? day.monthOfYear.index : nil
    }

    /// The first month that begins on a day or after it.
    private static func month(_ text: String) -> Int? {
        guard let number = day(text) else { return nil }
        let day = Day(daysSince1970: number)
        return day.monthOfYear.index + (day.day == 1 ? 0 : 1)
    }
}
