import Access
import Foundation
import HTTPTypes
import Kernel
import Ledger
import Pages
import People

/// Partners’ data: a file is sent, its columns are said, it is looked through and then loaded, as by
/// `holdfast import people`.
enum IntakeRoutes {
    static let all: [Route] = [
        .get("/persons/import", .signedIn(.consultation, .sharing, list)),
        .get("/persons/import/new", .signedIn(.collection, .sharing) { $0.show(try await formPage($0)) }),
        .upload("/persons/import", .signedIn(.collection, .sharing, send)),
        .get("/persons/import/files/:id", .signedIn(.collection, .sharing, arrival)),
        .post("/persons/import/files/:id", .signedIn(.collection, .sharing, step)),
        .get("/persons/import/files/:id/progress", .signedIn(.collection, .sharing, progress)),
        .get("/persons/import/loads/:id", .signedIn(.consultation, .sharing, load)),
        .get("/persons/import/loads/:id/rejects", .signedIn(.consultation, .sharing, rejects)),
    ]

    /// 200 MB: larger files are for the command, which needs no second copy.
    private static let uploadLimit = 200 << 20

    @Sendable private static func list(_ visit: Visit) async throws -> Answer {
        let (desk, agencies) = (visit.intake, try await AgencyNames.of(visit))
        let loads = try await desk.intakes(as: visit.actor)
        let agreements = try await desk.agreements(as: visit.actor)
        let names = try await PeopleNames.of(loads.map(\.author), visit)
        return visit.show(
            IntakeListPage(
                agreements: agreements.map { IntakeShowing.line($0, agencies, on: desk.today) },
                loads: loads.map { IntakeShowing.line($0, agencies, names) },
                waiting: visit.site.intakes.of(visit.actor.user).filter { !$0.stage.isOver }
                    .map { Breadcrumb($0.file.name, "/persons/import/files/\($0.id)") },
                mayLoad: visit.may(.collection, .sharing)))
    }

    // MARK: Sending a file

    private static let own = "own"

    private static func formPage(_ visit: Visit) async throws -> IntakeFormPage {
        let (desk, agencies) = (visit.intake, try await AgencyNames.of(visit))
        let live = try await desk.agreements(as: visit.actor).filter { $0.body.isLive(on: desk.today) }
        let shared = live.map { record in
            Choice(
                record.id.text,
                "\(agencies.name(record.body.agency)): \(record.body.title), until "
                    + LondonTime.inWords(record.body.until))
        }
        return IntakeFormPage(terms: [Choice("", "Choose one")] + shared + [Choice(own, "Our own records")])
    }

    @Sendable private static func send(_ visit: Visit) async throws -> Answer {
        let upload = try await visit.upload(limit: uploadLimit)
        do {
            return .redirect("/persons/import/files/\(try await take(upload, visit))")
        } catch let problem as Problem where problem.code != .absent {
            upload.discard()
            var page = try await formPage(visit)
            (page.chosen, page.sheet) = (upload.fields["terms"], upload.fields["sheet"])
            (page.delimiter, page.errors) = (upload.fields["delimiter"], FieldErrors(problem))
            return visit.show(page, status: Failures.status(of: problem.code))
        } catch {
            upload.discard()
            throw error
        }
    }

    private static func take(_ upload: Upload, _ visit: Visit) async throws -> String {
        let (fields, desk) = (upload.fields, visit.intake)
        var faults: [Problem.Field] = []
        if fields["terms"].isEmpty { faults.append(.init("terms", "Choose who shares it")) }
        if upload.files.count != 1 { faults.append(.init("file", "Choose one file")) }
        guard faults.isEmpty, let sent = upload.files.first else { throw Problem.fields(faults) }
        var (agency, terms) = (visit.actor.agency, Identifier<SharingAgreement>?.none)
        if fields["terms"] != own {
            guard let id = Identifier<SharingAgreement>(fields["terms"]) else { throw Problem.absent }
            let agreement = try await desk.agreement(id, as: visit.actor)
            (agency, terms) = (agreement.body.agency, id)
        }
        let empty = { (text: String) in text.isEmpty ? nil : text }
        let file = try IntakeFile.at(
            sent.location.path, name: sent.name, sheet: empty(fields["sheet"]), delimiter: empty(fields["delimiter"]))
        let table = try file.open()
        let known = try await desk.mapping(of: agency, as: visit.actor)?.body.mapping
        let plan = IntakePlan(
            agency: agency, agreement: terms,
            mapping: known?.fitted(to: table.header) ?? ColumnGuess.mapping(of: table.header))
        return try visit.site.intakes.add(
            upload, file, table, plan, isRemembered: known != nil, user: visit.actor.user, at: visit.site.ledger.now)
    }

    // MARK: One that waits

    private static func find(_ visit: Visit) throws -> IntakeArrivals.Arrival {
        guard let arrival = visit.site.intakes.find(visit.parameter("id")), arrival.user == visit.actor.user else {
            throw Problem.absent
        }
        return arrival
    }

    @Sendable private static func arrival(_ visit: Visit) async throws -> Answer {
        let arrival = try find(visit)
        switch arrival.stage {
        case .columns(let problem):
            let status = problem.map { Failures.status(of: $0.code) } ?? .ok
            return visit.show(IntakeColumns.page(arrival, problem, on: visit.intake.today), status: status)
        case .checking, .loading: return visit.show(IntakeShowing.progress(arrival))
        case .checked(let survey):
            return visit.show(IntakeShowing.preview(arrival, survey, try await AgencyNames.of(visit)))
        case .done(let id): return .redirect("/persons/import/loads/\(id)")
        case .failed(let problem):
            var page = IntakeShowing.progress(arrival)
            page.problem = problem.description
            return visit.show(page)
        }
    }

    /// The part of the page that the browser asks for again and again.
    @Sendable private static func progress(_ visit: Visit) async throws -> Answer {
        let arrival = try find(visit)
        var html = Html()
        if arrival.stage.isWorking {
            IntakeShowing.progress(arrival).writeProgress(&html)
        } else {
            html.p { $0.a("It is done. Go on", to: "/persons/import/files/\(arrival.id)") }
        }
        return .page(html.bytes)
    }

    @Sendable private static func step(_ visit: Visit) async throws -> Answer {
        let (form, arrival) = (try await visit.form(), try find(visit))
        let (intakes, here) = (visit.site.intakes, WebAddress("/persons/import/files/\(arrival.id)"))
        switch form["step"] {
        case "check":
            let mapping = IntakeColumns.mapping(form, arrival)
            if intakes.begin(arrival.id, mapping, .checking(nil)) { Task { await check(arrival.id, visit) } }
        case "columns": _ = intakes.begin(arrival.id, nil, .columns(nil))
        case "load":
            if case .checked = arrival.stage, intakes.begin(arrival.id, nil, .loading(nil)) {
                Task { await load(arrival.id, visit) }
            }
        case "drop":
            guard !arrival.stage.isWorking else { return .redirect(here) }
            intakes.drop(arrival.id)
            return .redirect("/persons/import", .dropped)
        default: break
        }
        return .redirect(here)
    }

    // MARK: At work, after the answer has left

    private static func check(_ id: String, _ visit: Visit) async {
        guard let arrival = visit.site.intakes.find(id) else { return }
        let intakes = visit.site.intakes
        await told(id, visit) {
            let survey = try await visit.intake.preview(arrival.file, arrival.plan.mapping, as: visit.actor) {
                intakes.update(id, .checking($0))
            }
            return .checked(survey)
        } failing: {
            .columns($0)
        }
    }

    private static func load(_ id: String, _ visit: Visit) async {
        guard let arrival = visit.site.intakes.find(id) else { return }
        let intakes = visit.site.intakes
        await told(id, visit) {
            let done = try await visit.intake.load(
                arrival.file, arrival.plan, as: visit.actor,
                progress: {
                    intakes.update(id, .loading($0))
                })
            intakes.discard(id)
            return .done(done.id)
        } failing: {
            .failed($0)
        }
    }

    private static func told(
        _ id: String, _ visit: Visit, _ work: () async throws -> IntakeArrivals.Stage,
        failing: (Problem) -> IntakeArrivals.Stage
    ) async {
        let stage: IntakeArrivals.Stage
        do {
            stage = try await work()
        } catch let problem as Problem {
            stage = failing(problem)
        } catch {
            stage = failing(Problem(.failed, "The file could not be read.", next: "Try again, or ask for help."))
        }
        visit.site.intakes.update(id, stage)
    }

    // MARK: What was loaded

    @Sendable private static func load(_ visit: Visit) async throws -> Answer {
        let record = try await intake(visit)
        let names = try await PeopleNames.of([record.author], visit)
        return visit.show(IntakeShowing.page(record, try await AgencyNames.of(visit), names))
    }

    /// Lines and reasons: the rows themselves stay in the partner's file.
    @Sendable private static func rejects(_ visit: Visit) async throws -> Answer {
        let record = try await intake(visit)
        var csv = CSVWriter.line(["Line", "Reason"])
        for fault in record.body.faults { csv += CSVWriter.line([String(fault.line), fault.words]) }
        return .download(
            Array(csv.utf8), name: "rejected-rows-\(record.id).csv", contentType: "text/csv; charset=utf-8")
    }

    private static func intake(_ visit: Visit) async throws -> Record<Intake> {
        guard let id = Identifier<Intake>(visit.parameter("id")) else { throw Problem.absent }
        return try await visit.intake.intake(id, as: visit.actor)
    }
}

extension Visit {
    var intake: IntakeDesk { IntakeDesk(people: site.people) }
}

extension IntakeArrivals.Stage {
    var isOver: Bool {
        if case .done = self { true } else { false }
    }
}
