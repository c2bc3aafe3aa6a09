public import Kernel
public import Retention

extension Person: Retained {
    public static var retainedAs: String { "person" }

    /// Public protection unless somebody said otherwise: reviewed every ten years to the age of a hundred.
    public func retention(writtenOn day: Day) -> RetentionFacts {
        let birth = born.flatMap { born in
            born.year.flatMap {
                PartialDay(year: $0, month: born.month, day: born.month == nil ? nil : born.dayOfMonth)
            }
        }
        return RetentionFacts(group: reviewGroup ?? "group-1", lastEvent: day, birth: birth)
    }

    public var retentionTitle: String { name.isEmpty ? "Name not shown to you" : name }
}

extension Disclosure: Retained {
    public static var retainedAs: String { "disclosure" }

    public func retention(writtenOn day: Day) -> RetentionFacts { RetentionFacts(group: "group-4", lastEvent: day) }

    public var retentionTitle: String { "What \(recipient) was told" }
}

extension Occurrence: Retained {
    public static var retainedAs: String { "occurrence" }

    /// By the law’s graver groups where somebody was hurt or in danger; the force’s own table says how long.
    public func retention(writtenOn day: Day) -> RetentionFacts { RetentionFacts(group: "group-2", lastEvent: day) }

    public var retentionTitle: String { "\(title), \(from.words)" }
}

extension Place: Retained {
    public static var retainedAs: String { "place" }

    public func retention(writtenOn day: Day) -> RetentionFacts { RetentionFacts(group: "group-4", lastEvent: day) }

    public var retentionTitle: String { title.isEmpty ? "A place" : title }
}

extension PersonLink: Retained {
    public static var retainedAs: String { "link" }

    public func retention(writtenOn day: Day) -> RetentionFacts { RetentionFacts(group: "group-4", lastEvent: day) }

    public var retentionTitle: String { "A link between a person and \(place == nil ? "a person" : "a place")" }
}
