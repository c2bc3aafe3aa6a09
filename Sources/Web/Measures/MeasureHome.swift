import Access
import Kernel
import Measures
import Pages

/// What needs an analyst today: measures that stand out in the last month held.
enum MeasureHome {
    private static let most = 10

    /// Empty for everybody else, and while nothing is loaded.
    static func groups(_ visit: Visit) async throws -> [HomePage.Group] {
        guard visit.actor.roles.contains(.analyst) else { return [] }
        let summaries = try await visit.site.board.summaries(visit)
        guard let last = summaries.compactMap(\.month).max() else { return [] }
        let fresh = summaries.filter { $0.month == last && $0.latest?.signal != nil }
        guard !fresh.isEmpty else { return [] }
        var tasks = fresh.prefix(most).compactMap(task)
        if fresh.count > most {
            tasks.append(TaskItem("See all \(fresh.count)", "/measures", detail: "The list of measures shows each."))
        }
        return [HomePage.Group("Measures that stand out in \(last.inWords)", tasks)]
    }

    private static func task(_ summary: MeasureBoard.Summary) -> TaskItem? {
        guard let latest = summary.latest, let signal = latest.signal else { return nil }
        let detail = [latest.value, latest.counts].filter { !$0.isEmpty }.joined(separator: ", ")
        return TaskItem(
            summary.definition.title, "/measures/\(summary.definition.id)", detail: "\(detail). \(signal)",
            state: latest.state, kind: latest.kind)
    }
}
