import Access
import Foundation
import Kernel
import Ledger
import Pages

/// The log of reads and writes, for those who keep watch over it.
enum LogRoutes {
    static let all: [Route] = [.get("/log", .signedIn(.consultation, .audit, log))]

    private static let pageSize = 50

    @Sendable private static func log(_ visit: Visit) async throws -> Answer {
        let (user, record) = (visit.query["user"], visit.query["record"])
        let query = AuditQuery(
            user: user.isEmpty ? nil : user, record: record.isEmpty ? nil : record,
            before: Int64(visit.query["before"]), limit: pageSize)
        let entries = try await visit.site.ledger.audit(query, as: visit.actor)
        let older =
            entries.count == pageSize
            ? entries.last.map { last in
                WebAddress("/log").adding("user", user).adding("record", record).adding("before", String(last.sequence))
            } : nil
        let names = try await PeopleNames.of(entries.map(\.user), visit)
        return visit.show(
            LogPage(entries: entries.map { shown($0, names) }, user: user, record: record, older: older))
    }

    private static func shown(_ entry: AuditEntry, _ names: PeopleNames) -> LogPage.Entry {
        LogPage.Entry(
            number: Figure.whole(Int(entry.sequence)), when: LondonTime.inWords(entry.at), user: entry.user,
            who: names.name(entry.user), agency: entry.agency, operation: entry.operation.rawValue.capitalized,
            what: entry.kind,
            record: entry.record, detail: String(entry.about.prefix(200)), wasAllowed: entry.wasAllowed)
    }
}
