import Access
import Actions
import Inspection
import Kernel
import Ledger
import Pages

/// What of an inspection needs this person today.
enum InspectionHome {
    private static let soon = 14

    static func groups(_ visit: Visit) async throws -> [HomePage.Group] {
        var areas = try await AreaReading.mine(visit)
        var unowned: [TaskItem] = []
        if visit.actor.roles.contains(.inspectionLead) {
            let all = try await AreaReading.all(visit)
            let known = Set(areas.map(\.id))
            areas += all.filter { !known.contains($0.id) && $0.body.owner != nil }
            unowned = all.filter { $0.body.owner == nil && !$0.body.isClosed(.force, visit.desk.statuses) }.map {
                TaskItem(
                    $0.body.heading, "/areas/\($0.id)/plan", detail: $0.body.reportTitle, state: "No owner",
                    kind: .attention)
            }
        }
        let late = areas.filter { $0.body.isOverdue(on: visit.today, visit.desk.statuses) }
        let next = areas.filter { isSoon($0.body, visit) }
        return [
            HomePage.Group("Overdue areas for improvement", tasks(late, .danger, visit)),
            HomePage.Group("Actions for you", try await actions(visit)),
            HomePage.Group("Areas due in the next two weeks", tasks(next, .attention, visit)),
            HomePage.Group("Areas that nobody owns", unowned),
        ]
    }

    private static func isSoon(_ area: AreaForImprovement, _ visit: Visit) -> Bool {
        guard let due = area.due, !area.isClosed(.force, visit.desk.statuses) else { return false }
        return (0...soon).contains(due.daysSince1970 - visit.today.daysSince1970)
    }

    private static func tasks(
        _ records: [Record<AreaForImprovement>], _ kind: Html.TagKind, _ visit: Visit
    ) -> [TaskItem] {
        records.sorted { ($0.body.due?.description ?? "~") < ($1.body.due?.description ?? "~") }.map { record in
            TaskItem(
                record.body.heading, "/areas/\(record.id)",
                detail: "\(record.body.reportTitle) · \(record.body.owner?.name ?? "Nobody owns it")",
                state: TypedDay.dueWords(record.body.due, today: visit.today, isClosed: false), kind: kind)
        }
    }

    private static func actions(_ visit: Visit) async throws -> [TaskItem] {
        let desk = ActionDesk(ledger: visit.site.ledger)
        var records: [Record<Action>] = []
        for owner in [visit.actor.user] + visit.actor.teams.sorted() {
            records += try await desk.open(for: owner, as: visit.actor)
        }
        return records.sorted { $0.body.due < $1.body.due }.map { record in
            let isLate = record.body.isOverdue(on: visit.today)
            return TaskItem(
                record.body.title, "/actions/\(record.id)", detail: ActionWords.title(record.body.state),
                state: TypedDay.dueWords(record.body.due, today: visit.today, isClosed: false),
                kind: isLate ? .danger : .neutral)
        }
    }
}
