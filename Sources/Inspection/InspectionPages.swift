public import Access
import Actions
public import Kernel
public import Ledger

/// Which areas for improvement are meant.
public enum AreaChoice: Sendable, Hashable {
    case all
    case of(report: Identifier<InspectionReport>)
    case ownedBy(String)
}

/// Lists a page at a time, for whoever has many.
extension InspectionDesk {
    /// Reports, the newest programme first.
    public func reports(
        after position: ListPosition?, limit: Int, as actor: Actor
    ) async throws -> RecordPage<InspectionReport> {
        try await ledger.list(
            InspectionReport.self, index: InspectionReport.yearIndex, after: position, limit: limit, descending: true,
            as: actor)
    }

    /// Areas for improvement in an order that stays; those she may not see are passed over.
    public func areas(
        _ choice: AreaChoice, after position: ListPosition?, limit: Int, as actor: Actor
    ) async throws -> RecordPage<AreaForImprovement> {
        let (index, key): (String, String?) =
            switch choice {
            case .all: (AreaForImprovement.reportIndex, nil)
            case .of(let report): (AreaForImprovement.reportIndex, report.text)
            case .ownedBy(let owner): (AreaForImprovement.ownerIndex, owner)
            }
        return try await ledger.list(
            AreaForImprovement.self, index: index, key: key, after: position, limit: limit, as: actor)
    }
}
