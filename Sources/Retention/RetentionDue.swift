public import Kernel

/// A day of which only a part may be known, such as a date of birth.
public struct PartialDay: Sendable, Hashable, Codable {
    public let year: Int
    public let month: Int?
    public let day: Int?

    /// Nil when there is no such day, or a day is known without its month.
    public init?(year: Int, month: Int? = nil, day: Int? = nil) {
        guard Day(year: year, month: month ?? 1, day: day ?? 1) != nil, day == nil || month != nil else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    public init(_ day: Day) { (year, month, self.day) = (day.year, day.month, day.day) }

    /// The latest day it can have been: what ends with an age must not end too early.
    public var latest: Day? {
        let month = month ?? 12
        return Day(year: year, month: month, day: day ?? Day.length(year, month))
    }
}

/// What decides when a record is looked at again. Facts only; nothing here is worked out.
public struct RetentionFacts: Sendable, Equatable {
    /// The id of a review group.
    public let group: String
    /// The last event that counts: a conviction, an allegation, the last step of a piece of work.
    public let lastEvent: Day
    /// Of whom it is about, where a group asks for an age; nil when unknown.
    public let birth: PartialDay?
    /// The last day on which a partner lets us hold it; nil when it was not shared, or no day was agreed.
    public let sharedUntil: Day?

    public init(group: String, lastEvent: Day, birth: PartialDay? = nil, sharedUntil: Day? = nil) {
        (self.group, self.lastEvent, self.birth, self.sharedUntil) = (group, lastEvent, birth, sharedUntil)
    }
}

/// When a record is to be looked at again, and why. Worked out from facts each time, never kept as a fact.
public struct RetentionDue: Sendable, Equatable {
    public enum Cause: String, Sendable {
        /// A period has passed: a person decides.
        case review
        /// The person would have reached the age to which it may be held: a person decides.
        case age
        /// The agreement under which it was shared ends: it goes without a review.
        case sharing
        /// The dated data know no such group.
        case unknownGroup
    }

    /// The day on which it is due. What was shared may be held on that day, and goes on the next.
    public let day: Day
    public let cause: Cause
    /// In words, for the person who decides.
    public let why: String
    public let isOverdue: Bool

    /// Is it on the desk of whoever reviews: overdue, or due in the month of `today`?
    public func isOnDesk(_ today: Day) -> Bool { day.monthOfYear <= today.monthOfYear }
}

extension RetentionRules {
    /// When a record with these facts is due.
    /// - Parameter keptOn: the days of earlier decisions to keep it.
    public func due(_ facts: RetentionFacts, keptOn: [Day] = [], today: Day) -> RetentionDue {
        let (day, cause, why) = answer(facts, keptOn.filter { $0 <= today }.max(), today)
        return RetentionDue(day: day, cause: cause, why: why, isOverdue: day < today)
    }

    private func answer(_ facts: RetentionFacts, _ kept: Day?, _ today: Day) -> (Day, RetentionDue.Cause, String) {
        let ordinary = group(facts.group, on: today).map { review(facts, $0.value, kept) }
        // Whatever the group, and whatever review is late: what a partner lent goes when it said.
        if let end = facts.sharedUntil, end < today || ordinary.map({ end <= $0.0 }) ?? true {
            let tense = end < today ? "ended" : "ends"
            return (
                end, .sharing, "The agreement under which a partner shared it \(tense) on \(LondonTime.inWords(end))."
            )
        }
        return ordinary ?? (facts.lastEvent, .unknownGroup, "The dated data know no group “\(facts.group)” today.")
    }

    private func review(
        _ facts: RetentionFacts, _ group: RetentionGroup, _ kept: Day?
    ) -> (Day, RetentionDue.Cause, String) {
        let start = max(facts.lastEvent, kept ?? facts.lastEvent)
        let next = start.adding(years: group.reviewYears)
        let since = kept == start && start > facts.lastEvent ? "it was kept" : "the last relevant event"
        let years = group.reviewYears == 1 ? "1 year" : "\(group.reviewYears) years"
        let words = "\(years) since \(since) on \(LondonTime.inWords(start))."
        switch group.basis {
        case .clear: return (next, .review, words)
        case .sharing: return (next, .review, "No last day was agreed with the partner; \(words)")
        case .age: return reviewByAge(facts, group, next, start, words)
        }
    }

    private func reviewByAge(
        _ facts: RetentionFacts, _ group: RetentionGroup, _ next: Day, _ start: Day, _ words: String
    ) -> (Day, RetentionDue.Cause, String) {
        guard let age = group.untilAge, let latest = facts.birth?.latest else {
            return (next, .review, "\(words) No date of birth is known, so no age ends it.")
        }
        let end = latest.adding(years: age)
        // Past that age an event or a decision to keep it counts again from its own day.
        guard end < next, end > start else { return (next, .review, words) }
        let isExact = facts.birth?.day != nil
        let told = isExact ? "" : " at the latest; the date of birth is known in part"
        return (end, .age, "The person would be \(age) on \(LondonTime.inWords(end))\(told).")
    }
}

extension Day {
    /// The same day `years` later. 29 February becomes 1 March where there is none: a period never ends a day early.
    func adding(years: Int) -> Day {
        Day(year: year + years, month: month, day: day)
            ?? Day(year: year + years, month: month + 1, day: 1) ?? adding(days: years * 366)
    }
}
