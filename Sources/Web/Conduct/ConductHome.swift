import Access
import Conduct
import Kernel
import Ledger
import Pages

/// What of conduct needs this person today.
enum ConductHome {
    static func groups(_ visit: Visit) async throws -> [HomePage.Group] {
        guard visit.may(.collection, .glassReview), NavigationPlace.standards.isOpen(to: visit.actor) else { return [] }
        var groups = [HomePage.Group("Emergency access to review", try await glasses(visit))]
        if visit.may(.collection, .interestRuling) {
            groups.append(HomePage.Group("Records that may be about somebody who works here", try await cases(visit)))
        }
        return groups
    }

    private static func glasses(_ visit: Visit) async throws -> [TaskItem] {
        let open = try await visit.site.glass.reviewable(as: visit.actor).filter { $0.review == nil }
        let names = try await PeopleNames.of(open.map(\.record.body.user), visit)
        return open.map { standing in
            let state = GlassWords.state(standing.state)
            return TaskItem(
                names.name(standing.record.body.user), "/standards/glass/\(standing.record.id)",
                detail: LondonTime.inWords(standing.record.body.openedAt), state: state.words, kind: state.kind)
        }
    }

    private static func cases(_ visit: Visit) async throws -> [TaskItem] {
        let open = try await visit.site.interests.cases(as: visit.actor).filter { $0.ruling == nil }
        let names = try await PeopleNames.of(open.map(\.likeness.user), visit)
        return open.map { found in
            TaskItem(
                names.name(found.likeness.user),
                "/standards/likeness/\(found.likeness.interest)/\(found.likeness.person)",
                detail: found.closeness?.title ?? "", state: "Closed, not yet looked at", kind: .attention)
        }
    }
}
