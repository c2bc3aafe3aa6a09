public import Kernel
public import Retention

extension Person: Retained {
    public static var retainedAs: String { "person" }

    public static var attached: [AttachedRows] {
        [AttachedRows("match_seat", of: "one"), AttachedRows("match_seat", of: "other")]
    }

    /// Public protection unless somebody said otherwise: reviewed every ten years to the age of a hundred. What a
    /// partner shared goes when its agreement ends, whatever the group.
    public func retention(writtenOn day: Day) -> RetentionFacts {
        let birth = born.flatMap { born in
            born.year.flatMap {
                PartialDay(year: $0, month: born.month, day: born.month == nil ? nil : born.dayOfMonth)
            }
        }
        let group = reviewGroup ?? (source?.until == nil ? "group-1" : "shared")
        return RetentionFacts(group: group, lastEvent: day, birth: birth, sharedUntil: source?.until)
    }

    public var retentionTitle: String { name.isEmpty ? "Name not shown to you" : name }
}

extension Disclosure: Retained {
    public static var retainedAs: String { "disclosure" }

    public func retention(writtenOn day: Day) -> RetentionFacts { RetentionFacts(group: "group-4", lastEvent: day) }

    public var retentionTitle: String { "What \(recipient) was told" }
}

extension SharingAgreement: Retained {
    public static var retainedAs: String { "sharing agreement" }

    /// It explains what came by it, so its time begins when it ends.
    public func retention(writtenOn day: Day) -> RetentionFacts { RetentionFacts(group: "group-4", lastEvent: until) }

    public var retentionTitle: String { title }
}

extension AgencyMapping: Retained {
    public static var retainedAs: String { "columns of a partner’s files" }

    public func retention(writtenOn day: Day) -> RetentionFacts { RetentionFacts(group: "group-4", lastEvent: day) }

    public var retentionTitle: String { "Columns of the files of \(agency)" }
}

extension Intake: Retained {
    public static var retainedAs: String { "load of a partner’s file" }

    public func retention(writtenOn day: Day) -> RetentionFacts { RetentionFacts(group: "group-4", lastEvent: day) }

    public var retentionTitle: String { file }
}

extension Occurrence: Retained {
    public static var retainedAs: String { "occurrence" }

    /// By the law’s graver groups where somebody was hurt or in danger; the force’s own table says how long.
    public func retention(writtenOn day: Day) -> RetentionFacts {
        RetentionFacts(group: sharedUntil == nil ? "group-2" : "shared", lastEvent: day, sharedUntil: sharedUntil)
    }

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
