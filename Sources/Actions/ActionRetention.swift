public import Kernel
public import Retention

extension Action: Retained {
    public static let retainedAs = "action"

    public var retentionTitle: String { title }

    /// Whatever the case it belongs to: an action says what was to be done, and never of whom.
    public func retention(writtenOn day: Day) -> RetentionFacts { RetentionFacts(group: "management", lastEvent: day) }
}
