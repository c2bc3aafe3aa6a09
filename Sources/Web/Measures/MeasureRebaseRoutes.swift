import Accounts
import HTTPTypes
import Kernel
import Ledger
import Measures
import Pages

/// Starting a measure's limits again from a month, and taking that back.
enum MeasureRebaseRoutes {
    @Sendable static func show(_ visit: Visit) async throws -> Answer {
        visit.show(try await page(visit))
    }

    @Sendable static func rebase(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        let definition = try await visit.site.board.definition(visit.parameter("id"), visit)
        do {
            try await save(form, definition.id, visit)
        } catch let problem as Problem where problem.code == .invalid {
            return visit.show(try await page(visit, form, problem), status: .unprocessableContent)
        }
        visit.site.board.forget()
        return .redirect("/measures/\(definition.id)", .rebased)
    }

    /// Both fields are checked before either is told.
    private static func save(_ form: FormValues, _ measure: String, _ visit: Visit) async throws {
        let month = Month(form["month"])
        do {
            _ = try MeasureRebase(measure: measure, month: month ?? Month(index: 0), reason: form.text("reason"))
        } catch let problem as Problem {
            throw month == nil ? with(noMonth, problem) : problem
        }
        guard let month else { throw with(noMonth, nil) }
        try await visit.site.measures.rebase(measure, from: month, reason: form.text("reason"), as: visit.actor)
    }

    private static let noMonth = Problem.Field("month", "Choose the first month of the new limits")

    private static func with(_ field: Problem.Field, _ problem: Problem?) -> Problem {
        Problem(
            .invalid, "Limits cannot start again yet.", next: "Correct what is marked and send it again.",
            fields: [field] + (problem?.fields ?? []))
    }

    @Sendable static func withdraw(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        let definition = try await visit.site.board.definition(visit.parameter("id"), visit)
        guard let id = Identifier<MeasureRebase>(visit.parameter("rebase")), let version = Int(form["version"]) else {
            throw Problem.absent
        }
        do {
            try await visit.site.measures.withdrawRebase(
                id, expecting: version, reason: form.text("reason-\(id)"), as: visit.actor)
        } catch let problem as Problem where problem.code == .invalid {
            let fields = problem.fields.map { Problem.Field("\($0.name)-\(id)", $0.message) }
            let told = Problem(.invalid, problem.message, next: problem.next, fields: fields)
            return visit.show(try await page(visit, FormValues(), told), status: .unprocessableContent)
        } catch is Conflict {
            throw Problem(
                .conflict, "Somebody else has taken this back meanwhile.", next: "Go back and look at the list again.")
        }
        visit.site.board.forget()
        return .redirect("/measures/\(definition.id)/rebase", .saved)
    }

    private static func page(
        _ visit: Visit, _ form: FormValues = FormValues(), _ problem: Problem? = nil
    ) async throws -> MeasureRebasePage {
        let scope = try await visit.site.board.scope(visit.parameter("id"), visit)
        let measure = scope.definition.id
        let records = try await visit.site.measures.rebases(of: measure, as: visit.actor)
        let names = try await visit.site.directory.names(Set(records.map(\.author)), as: visit.actor)
        return MeasureRebasePage(
            measure: Breadcrumb(scope.definition.title, "/measures/\(measure)"), address: "/measures/\(measure)/rebase",
            months: scope.months.dropFirst().reversed().map { Choice("\($0)", $0.inWords) },
            entries: records.map { entry($0, names[$0.author]?.name) }, month: form["month"],
            reason: form.text("reason"), errors: FieldErrors(problem))
    }

    private static func entry(_ record: Record<MeasureRebase>, _ name: String?) -> MeasureRebasePage.Entry {
        MeasureRebasePage.Entry(
            id: record.id.text, version: record.version, month: record.body.month.inWords, reason: record.body.reason,
            who: name ?? "By command", when: LondonTime.inWords(record.at), machineWhen: record.at.description,
            withdrawn: record.body.withdrawn)
    }
}
