public import Kernel
public import Retention

/// The group of records that hold no person: what an inspection asked for and what was done.
private let management = "management"

extension AreaForImprovement: Retained {
    public static let retainedAs = "area for improvement"
    public static let attached = [AttachedRows("inspection_document", of: "area")]

    /// Its title, or the words with which it begins.
    public var retentionTitle: String {
        if let title, !title.isEmpty { return title }
        guard text.count > 100, let end = text.prefix(100).lastIndex(of: " ") else { return text }
        return text[..<end] + "…"
    }

    public func retention(writtenOn day: Day) -> RetentionFacts { RetentionFacts(group: management, lastEvent: day) }
}

extension InspectionReport: Retained {
    public static let retainedAs = "inspection report"
    public static let attached = [AttachedRows("inspection_source", of: "report")]

    public var retentionTitle: String { title }

    public func retention(writtenOn day: Day) -> RetentionFacts { RetentionFacts(group: management, lastEvent: day) }
}
