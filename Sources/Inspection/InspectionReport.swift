import Access
import Kernel
public import Ledger

/// An inspection report as it was imported. It is published and never changed; the work on it is in other records.
public struct InspectionReport: RecordBody {
    public static let kind = RecordKind("inspection.report", .inspectionReport)
    static let forceIndex = "force"
    static let yearIndex = "year"

    public let draft: ReportDraft
    /// SHA-256 of the text as given, in hexadecimal.
    public let digest: String
    public let fileName: String

    public var keys: [IndexKey] {
        let place = "\(draft.year.first) \(draft.year.last) \(draft.forceKey) \(draft.pillar.rawValue)"
        return [IndexKey(Self.yearIndex, place), IndexKey(Self.forceIndex, draft.forceKey)]
    }

    /// `Cleveland, effectiveness, 2017`.
    public var title: String { "\(draft.force), \(draft.pillar.rawValue), \(draft.year)" }

    /// The same text always has the same identifier, so that importing it twice is one report.
    static func identifier(_ digest: String) -> Identifier<InspectionReport>? {
        Identifier("report-\(digest.prefix(40))")
    }
}
