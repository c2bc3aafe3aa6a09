public import Kernel
public import Retention

/// The group of records that hold no person: what an inspection asked for and what was done.
private let management = "management"

extension AreaForImprovement: Retained {
    public static let retainedAs = "area for improvement"
    public static let attached = [AttachedRows("inspection_document", of: "area")]

    public var retentionTitle: String { title ?? String(text.prefix(100)) }

    public func retention(writtenOn day: Day) -> RetentionFacts { RetentionFacts(group: management, lastEvent: day) }
}

extension InspectionReport: Retained {
    public static let retainedAs = "inspection report"
    public static let attached = [AttachedRows("inspection_source", of: "report")]

    public var retentionTitle: String { title }

    public func retention(writtenOn day: Day) -> RetentionFacts { RetentionFacts(group: management, lastEvent: day) }
}
