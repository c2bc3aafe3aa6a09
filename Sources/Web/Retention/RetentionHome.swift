import Pages
import Retention

/// What of retention needs a records manager today.
enum RetentionHome {
    static func groups(_ visit: Visit) async throws -> [HomePage.Group] {
        guard visit.mayReview else { return [] }
        let waiting = try await visit.retention.waiting(as: visit.actor)
        guard waiting.overdue + waiting.due > 0 else { return [] }
        let item = TaskItem(
            "Records due for review", "/retention",
            detail: "\(Figure.whole(waiting.due)) more are due this month",
            state: "\(Figure.whole(waiting.overdue)) overdue", kind: waiting.overdue > 0 ? .danger : .neutral)
        return [HomePage.Group("Retention", [item])]
    }
}
