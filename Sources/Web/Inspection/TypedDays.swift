import Kernel
import Pages

/// Days as people type them.
extension FormValues {
    func typedDate(_ name: String) -> TypedDate {
        TypedDate(day: self["\(name)-day"], month: self["\(name)-month"], year: self["\(name)-year"])
    }

    /// Nothing was typed into any of the three fields.
    func isDayEmpty(_ name: String) -> Bool { typedDate(name) == TypedDate() }
}

extension TypedDate {
    init(_ day: Day?) {
        self.init()
        guard let day else { return }
        self.init(day: String(day.day), month: String(day.month), year: String(day.year))
    }
}

enum TypedDay {
    /// Reads `9 November 2026`, `9 11 2026`, `9/11/2026` and `2026-11-09`.
    static func read(_ text: String) -> Day? {
        let parts = text.split { " /-.".contains($0) }.map(String.init)
        guard parts.count == 3 else { return nil }
        let (first, last) = (parts[0], parts[2])
        guard let day = Int(first.count == 4 ? last : first), let year = Int(first.count == 4 ? first : last),
            let month = month(parts[1])
        else { return nil }
        return Day(year: year, month: month, day: day)
    }

    private static func month(_ text: String) -> Int? {
        if let number = Int(text) { return number }
        let wanted = text.lowercased()
        guard wanted.count >= 3 else { return nil }
        return Month.names.firstIndex { $0.lowercased().hasPrefix(wanted) }.map { $0 + 1 }
    }

    /// The last millisecond of a day in London.
    static func end(of day: Day) -> Moment {
        let next = Moment(milliseconds: Int64(day.daysSince1970 + 1) * 86_400_000)
        return Moment(milliseconds: next.milliseconds - LondonTime.offsetSeconds(at: next) * 1000 - 1)
    }

    /// `Due 3 May 2026`, `Due today`, `2 days late`, `No date yet`.
    static func dueWords(_ due: Day?, today: Day, isClosed: Bool) -> String {
        guard let due else { return "No date yet" }
        let late = today.daysSince1970 - due.daysSince1970
        if isClosed || late < 0 { return "Due \(LondonTime.inWords(due))" }
        return late == 0 ? "Due today" : "\(Figure.count(late, "day", "days")) late, due \(LondonTime.inWords(due))"
    }
}
