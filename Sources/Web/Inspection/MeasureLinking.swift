import HTTPTypes
import Inspection
import Kernel
import Ledger
import Measures
import Pages

/// Which measures show whether an area gets better.
enum MeasureLinking {
    @Sendable static func form(_ visit: Visit) async throws -> Answer {
        try await page(nil, visit)
    }

    @Sendable static func save(_ visit: Visit) async throws -> Answer {
        let id = try visit.areaID()
        let form = try await visit.form()
        // Asked before the change: one that changes nothing would not be decided.
        guard visit.rights(on: try await visit.desk.area(id, as: visit.actor)).canChange else { throw Problem.absent }
        let version = Int(form["version"]) ?? 0
        do {
            if form["step"] == "unlink" {
                try await visit.desk.amend(id, expecting: version, .unlink(measure: form["measure"]), as: visit.actor)
                return .redirect("/areas/\(id)", .unlinked)
            }
            guard !form["measure"].isEmpty else {
                throw Problem(
                    .invalid, "There is a problem with what you entered.",
                    fields: [.init("measure", "Choose a measure.")])
            }
            let definition = try await visit.site.measures.definition(form["measure"], as: visit.actor)
            let change = AreaChange.link(measure: definition.id, title: definition.title)
            try await visit.desk.amend(id, expecting: version, change, as: visit.actor)
            return .redirect("/areas/\(id)", .linked)
        } catch is Conflict {
            let problem = Problem(
                .conflict, "Somebody else changed this area after you opened it. Nothing was changed by you.",
                next: "Look at what is linked now and choose again.")
            return try await page(problem, visit)
        } catch let problem as Problem where !problem.fields.isEmpty {
            return try await page(problem, visit)
        }
    }

    private static func page(_ problem: Problem?, _ visit: Visit) async throws -> Answer {
        let record = try await visit.desk.area(try visit.areaID(), as: visit.actor)
        guard visit.rights(on: record).canChange else { throw Problem.absent }
        let linked = record.body.measures
        let others = try await visit.site.measures.definitions(as: visit.actor)
            .filter { definition in !linked.contains { $0.id == definition.id } }
        let page = AreaMeasuresPage(
            place: AreaPlace(record), linked: linked.map { Choice($0.id, $0.title) },
            others: others.map { Choice($0.id, $0.title) }, errors: FieldErrors(problem))
        return visit.show(page, status: problem.map { Failures.status(of: $0.code) } ?? .ok)
    }
}

/// What a later report says of an area.
enum LaterLinking {
    @Sendable static func form(_ visit: Visit) async throws -> Answer {
        try await page(visit, report: visit.query["report"], statement: "", words: "", nil)
    }

    @Sendable static func save(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        let record = try await visit.ledArea()
        do {
            guard let id = Identifier<InspectionReport>(form["report"]) else { throw Problem.absent }
            let report = try await visit.desk.report(id, as: visit.actor)
            let statement = form.text("statement")
            guard statements(report.body).contains(statement) else {
                throw Problem(
                    .invalid, "There is a problem with what you entered.",
                    fields: [.init("statement", "Choose a sentence of that report.")])
            }
            let change = AreaChange.later(
                report: id, title: report.body.title, statement: statement, words: form.text("words"))
            try await visit.desk.amend(record.id, expecting: record.version, change, as: visit.actor)
            return .redirect("/areas/\(record.id)", .added)
        } catch let problem as Problem where !problem.fields.isEmpty {
            return try await page(
                visit, report: form["report"], statement: form.text("statement"), words: form.text("words"), problem)
        }
    }

    private static func page(
        _ visit: Visit, report: String, statement: String, words: String, _ problem: Problem?
    ) async throws -> Answer {
        let record = try await visit.ledArea()
        let first = try await visit.desk.report(record.body.report, as: visit.actor)
        let later = try await visit.desk.reports(forceKey: first.body.draft.forceKey, as: visit.actor)
            .filter { $0.body.draft.year > first.body.draft.year }
        let chosen = later.first { $0.id.text == report } ?? (later.count == 1 ? later.first : nil)
        let said = chosen.map { statements($0.body) } ?? []
        let page = AreaLaterPage(
            place: AreaPlace(record), reports: later.map { Choice($0.id.text, $0.body.title) },
            report: chosen?.id.text ?? "", statements: said.map { Choice($0, $0) }, statement: statement, words: words,
            errors: FieldErrors(problem))
        return visit.show(page, status: problem.map { Failures.status(of: $0.code) } ?? .ok)
    }

    /// Everything that a report says, as far as it was read; each sentence once.
    static func statements(_ report: InspectionReport) -> [String] {
        var seen: Set<String> = []
        let all =
            report.draft.questions.flatMap { question in
                question.findings.map(\.full) + question.areasForImprovement.map(\.text)
            } + report.draft.areasOutside.map(\.text)
        return all.map { $0.split(separator: "\n").joined(separator: " ") }.filter { seen.insert($0).inserted }
    }
}
