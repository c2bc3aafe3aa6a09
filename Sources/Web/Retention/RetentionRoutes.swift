import Access
import Kernel
import Ledger
import Pages
import Retention

/// Reviews of what is held: the queue, one record, decisions, holds, and what was destroyed.
enum RetentionRoutes {
    static let all: [Route] = [
        .get("/retention", .signedIn(.consultation, .retention, RetentionQueue.show)),
        .get("/retention/destroyed", .signedIn(.consultation, .retention, RetentionQueue.destroyed)),
        .get("/retention/records/:kind/:id", .signedIn(.consultation, .retention, RetentionReview.show)),
        .post("/retention/records/:kind/:id/keep", .signedIn(.collection, .retention, RetentionReview.keep)),
        .post("/retention/records/:kind/:id/destroy", .signedIn(.collection, .retention, RetentionReview.destroy)),
        .post("/retention/decisions/:id/confirm", .signedIn(.alteration, .retention, RetentionReview.confirm)),
        .post("/retention/decisions/:id/withdraw", .signedIn(.alteration, .retention, RetentionReview.withdraw)),
        .get("/retention/holds", .signedIn(.consultation, .retention, RetentionHolding.list)),
        .get("/retention/holds/new", .signedIn(.collection, .retention, RetentionHolding.new)),
        .post("/retention/holds", .signedIn(.collection, .retention, RetentionHolding.set)),
        .get("/retention/holds/:id", .signedIn(.consultation, .retention, RetentionHolding.show)),
        .post("/retention/holds/:id/lift", .signedIn(.alteration, .retention, RetentionHolding.lift)),
    ]
}

extension Visit {
    var retention: RetentionDesk { site.retention }

    /// Which forms to show: the ledger decides again on each decision.
    var mayReview: Bool { decide(actor, .collection, on: .retention, standing: [.ownAgency]).isAllowed }
}

/// The queue, and what was destroyed.
enum RetentionQueue {
    @Sendable static func show(_ visit: Visit) async throws -> Answer {
        let queue = try await visit.retention.queue(after: position(visit.query), as: visit.actor)
        return visit.show(
            RetentionPage(
                overdue: queue.overdue, dueThisMonth: queue.dueThisMonth, lines: queue.lines.map { line($0, visit) },
                upcoming: queue.upcoming.map { line($0, visit) }, older: queue.next.map { address("/retention", $0) },
                isBehind: queue.isBehind))
    }

    private static func line(_ line: RetentionDesk.Line, _ visit: Visit) -> RetentionPage.Line {
        let late = visit.today.daysSince1970 - line.due.day.daysSince1970
        let state =
            late > 0
            ? "\(Figure.count(late, "day", "days")) late"
            : late == 0 ? "Due today" : "Not yet overdue"
        return RetentionPage.Line(
            kind: line.record.kind.title, title: line.record.title,
            address: "/retention/records/\(line.record.kind.name)/\(line.record.id)",
            group: visit.retention.rules.title(ofGroup: line.record.facts.group), due: line.due.day, why: line.due.why,
            state: state, isOverdue: late > 0,
            remarks: (line.isHeld ? ["Held"] : []) + (line.isAwaited ? ["Waits for a second person"] : []))
    }

    @Sendable static func destroyed(_ visit: Visit) async throws -> Answer {
        let page = try await visit.retention.destroyed(after: position(visit.query), as: visit.actor)
        let names = try await PeopleNames.of(page.records.flatMap { $0.body.steps.map(\.by) }, visit)
        return visit.show(
            RetentionDestroyedPage(
                lines: page.records.map { line($0.body, names, visit) },
                older: page.next.map { address("/retention/destroyed", $0) },
                untidySince: try await visit.retention.untidySince(),
                mayReadLog: decide(visit.actor, .consultation, on: .audit, standing: []).isAllowed))
    }

    private static func line(
        _ decision: RetentionDecision, _ names: PeopleNames, _ visit: Visit
    ) -> RetentionDestroyedPage.Line {
        let (rules, at) = (visit.retention.rules, decision.carriedOutAt ?? visit.site.ledger.now)
        let copies = rules.copiesUntil(erased: LondonTime.day(of: at))
        return RetentionDestroyedPage.Line(
            kind: visit.retention.kinds[decision.recordKind]?.title ?? decision.recordKind, record: decision.record,
            reason: rules.title(ofReason: decision.reason), group: rules.title(ofGroup: decision.group),
            who: decision.steps.filter { $0.what != .carriedOut }.map { names.name($0.by) }.joined(separator: ", "),
            when: LondonTime.inWords(at), copies: RetentionReview.copies(copies, today: visit.today))
    }

    /// A place in a list, as its address has it.
    private static func position(_ query: FormValues) -> ListPosition? {
        let (key, record) = (query["after-key"], query["after"])
        return record.isEmpty ? nil : ListPosition(key: key, record: record)
    }

    private static func address(_ base: WebAddress, _ position: ListPosition) -> WebAddress {
        base.adding("after-key", position.key).adding("after", position.record)
    }
}
