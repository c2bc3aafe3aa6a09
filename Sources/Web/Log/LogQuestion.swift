import Access
import Accounts
import Kernel
import Ledger
import Pages

/// What of the log an address asks for, and the addresses that ask the same of another page.
struct LogQuestion: Sendable {
    private(set) var typed = LogPage.Question()
    private let before: Int64?

    init(_ query: FormValues) {
        (typed.record, typed.user, typed.person) = (query["record"], query["user"], query["person"])
        typed.operation = query["operation"]
        (typed.from, typed.until) = (query.typedDate("from"), query.typedDate("until"))
        before = Int64(query["before"])
    }

    /// - Throws: `Problem` naming the field.
    func query(_ visit: Visit, limit: Int) async throws -> AuditQuery {
        var query = AuditQuery(before: before, limit: limit)
        query.record = try LogQuestion.identifier("record", typed.record)
        query.person = try LogQuestion.identifier("person", typed.person)
        query.user = try await user(visit)
        if !typed.operation.isEmpty {
            guard let operation = Operation(rawValue: typed.operation) else {
                throw LogQuestion.wrong("operation", "Choose one from the list")
            }
            query.operation = operation
        }
        query.from = try day("from", typed.from, visit).map { TypedDay.end(of: $0.adding(days: -1)).next }
        query.until = try day("until", typed.until, visit).map { TypedDay.end(of: $0).next }
        return query
    }

    /// As the log has her: by her identifier, or by the name she signs in with.
    private func user(_ visit: Visit) async throws -> String? {
        guard let name = try LogQuestion.identifier("user", typed.user.lowercased()) else { return nil }
        let known = try await visit.site.directory.user(signInName: name, as: visit.actor)
        return known?.id.text ?? name
    }

    private func day(_ name: String, _ date: TypedDate, _ visit: Visit) throws -> Day? {
        guard date != TypedDate() else { return nil }
        guard let day = visit.query.day(name) else { throw LogQuestion.wrong(name, "Enter a date, like 27 3 2026") }
        return day
    }

    /// What is asked for goes into the log: it must be a name of something, so nothing long and nothing but its letters.
    static func identifier(_ field: String, _ text: String) throws -> String? {
        guard !text.isEmpty else { return nil }
        guard let identifier = Identifier<LogQuestion>(text) else {
            throw wrong(field, "Enter it as the log shows it: small letters, digits and hyphens")
        }
        return identifier.text
    }

    private static func wrong(_ field: String, _ message: String) -> Problem {
        Problem.fields([.init(field, message)])
    }

    /// What asks the same again, in a fixed order.
    var fields: [(name: String, value: String)] {
        let words = [
            ("record", typed.record), ("user", typed.user), ("person", typed.person), ("operation", typed.operation),
        ]
        let dates = [("from", typed.from), ("until", typed.until)].flatMap { name, date in
            [("\(name)-day", date.day), ("\(name)-month", date.month), ("\(name)-year", date.year)]
        }
        return (words + dates).filter { !$0.1.isEmpty }.map { (name: $0.0, value: $0.1) }
    }

    func page(before sequence: Int64) -> WebAddress {
        fields.reduce(WebAddress("/log")) { $0.adding($1.name, $1.value) }.adding("before", String(sequence))
    }
}

extension Moment {
    /// A millisecond later: what ends a day begins the next.
    fileprivate var next: Moment { Moment(milliseconds: milliseconds + 1) }
}
