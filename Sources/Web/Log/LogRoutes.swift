import Access
import Foundation
import HTTPTypes
import Kernel
import Ledger
import Pages

/// The log of reads and writes, for those who keep watch over it.
enum LogRoutes {
    static let all: [Route] =
        [
            .get("/log", .signedIn(.consultation, .audit, log)),
            .get("/log/csv", .signedIn(.disclosure, .audit, download)),
            .get("/log/entries/:number", .signedIn(.consultation, .audit, proof)),
            .get("/log/heads", .signedIn(.consultation, .audit, heads)),
        ] + LogHeadRoutes.all

    private static let pageSize = 50
    private static let operations = Access.Operation.allCases.map { Choice($0.rawValue, $0.rawValue.capitalized) }

    @Sendable private static func log(_ visit: Visit) async throws -> Answer {
        let question = LogQuestion(visit.query)
        do {
            let query = try await question.query(visit, limit: pageSize)
            let entries = try await visit.site.ledger.audit(query, as: visit.actor)
            let names = try await PeopleNames.of(entries.map(\.user), visit)
            let older = entries.count == pageSize ? entries.last.map { question.page(before: $0.sequence) } : nil
            let mayTake = decide(visit.actor, .disclosure, on: .audit, standing: []).isAllowed
            return visit.show(
                LogPage(
                    question: question.typed, operations: operations, entries: entries.map { shown($0, names) },
                    older: older, download: mayTake ? question.fields : nil))
        } catch let problem as Problem where problem.code == .invalid {
            var page = LogPage(
                question: question.typed, operations: operations, entries: [], older: nil, download: nil)
            page.errors = FieldErrors(problem)
            return visit.show(page, status: .unprocessableContent)
        }
    }

    private static func shown(_ entry: AuditEntry, _ names: PeopleNames) -> LogPage.Entry {
        let records = entry.listed
        var shown = LogPage.Entry(
            number: Figure.whole(Int(entry.sequence)), proof: "/log/entries/\(String(entry.sequence))",
            when: LondonTime.inWords(entry.at), user: entry.user, who: names.name(entry.user), agency: entry.agency,
            operation: entry.operation.rawValue.capitalized, purpose: entry.purpose, what: entry.kind,
            record: entry.record, detail: records.isEmpty ? entry.about : "List", wasAllowed: entry.wasAllowed)
        (shown.shown, shown.recipient) = (records, entry.recipient)
        return shown
    }

    /// Everything that the question finds. Times are those of London, with their distance from UTC.
    @Sendable private static func download(_ visit: Visit) async throws -> Answer {
        let question = LogQuestion(visit.query)
        let query = try await question.query(visit, limit: Ledger.auditDownloadLimit)
        let recipient = try LogQuestion.identifier("recipient", visit.query["recipient"].lowercased())
        let entries = try await visit.site.ledger.auditDownload(query, for: recipient, as: visit.actor)
        let heading = [
            "entry", "at", "person", "agency", "purpose", "operation", "allowed", "kind", "record", "about",
            "recipient", "version",
        ]
        var bytes = Array(CSVWriter.line(heading).utf8)
        for entry in entries { bytes += Array(CSVWriter.line(fields(entry)).utf8) }
        if entries.count == Ledger.auditDownloadLimit {
            let last = entries.last.map { String($0.sequence) } ?? ""
            bytes += Array(CSVWriter.line(["More entries match: ask for days before that of entry \(last)."]).utf8)
        }
        return .download(bytes, name: "access-log.csv", contentType: "text/csv; charset=utf-8")
    }

    private static func fields(_ entry: AuditEntry) -> [String] {
        [
            String(entry.sequence), LondonTime.stamp(entry.at), entry.user, entry.agency, entry.purpose,
            entry.operation.rawValue, entry.wasAllowed ? "yes" : "no", entry.kind, entry.record ?? "", entry.about,
            entry.recipient ?? "", entry.version.map { String($0) } ?? "",
        ]
    }

    /// In the log of the last signed head when that holds the entry, so that the proof leads to a signature.
    @Sendable private static func proof(_ visit: Visit) async throws -> Answer {
        guard let number = Int64(visit.parameter("number")), number > 0 else { throw Problem.absent }
        let signed = try await visit.site.ledger.publishedHead()?.head.size
        let proof = try await visit.site.ledger.inclusion(
            of: number, size: signed.flatMap { $0 >= number ? $0 : nil }, as: visit.actor)
        return .json(try LogHeadRoutes.json(proof))
    }

    @Sendable private static func heads(_ visit: Visit) async throws -> Answer {
        let ledger = visit.site.ledger
        let witnesses = try await ledger.witnesses(as: visit.actor).map {
            LogHeadPage.Witness(agency: $0.body.agency, key: $0.body.key, isTaken: !$0.body.isWithdrawn)
        }
        return visit.show(
            LogHeadPage(
                latest: try await ledger.publishedHead().map(shown),
                countersigned: try await ledger.countersignedHead().map(shown), witnesses: witnesses,
                key: visit.site.settings.logKey?.text))
    }

    private static func shown(_ head: PublishedHead) -> LogHeadPage.Head {
        LogHeadPage.Head(
            size: Figure.whole(Int(head.head.size)), root: head.head.root.hexadecimal,
            when: LondonTime.inWords(head.at), agencies: head.agencies, text: "/log/heads/\(String(head.head.size))")
    }
}
