import Access
import Accounts
import HTTPTypes
import Kernel
import Ledger
import Pages

/// The partner agencies and their teams.
enum AgencyRoutes {
    static let all: [Route] = [
        .get("/agencies", .signedIn(.collection, .organisation) { try await show($0) }),
        .post("/agencies", .signedIn(.collection, .organisation, addAgency)),
        .post("/agencies/teams", .signedIn(.collection, .organisation, addTeam)),
    ]

    private static let kinds = Agency.Kind.allCases.map { Choice($0.rawValue, $0.title) }

    private static func show(
        _ visit: Visit, _ typed: AgenciesPage.Typed = AgenciesPage.Typed(), _ problem: Problem? = nil
    ) async throws -> Answer {
        let agencies = try await visit.site.directory.agencies(as: visit.actor)
        let teams = Dictionary(grouping: try await visit.site.directory.teams(as: visit.actor)) { $0.body.agency.text }
        let shown = agencies.map { record in
            AgenciesPage.Agency(
                name: record.body.name, shortName: record.id.text, kind: record.body.agencyKind.title,
                teams: (teams[record.id.text] ?? []).map(\.body.name))
        }
        let page = AgenciesPage(agencies: shown, kinds: kinds, typed: typed, errors: FieldErrors(problem))
        return visit.show(page, status: problem.map { Failures.status(of: $0.code) } ?? .ok)
    }

    @Sendable private static func addAgency(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        let typed = AgenciesPage.Typed(name: form["name"], shortName: form["id"], kind: form["kind"])
        do {
            guard let kind = Agency.Kind(rawValue: typed.kind) else {
                throw Problem(.invalid, "There is a problem", fields: [.init("kind", "Choose a kind from the list")])
            }
            let agency = Agency(name: typed.name, kind: kind)
            try await visit.site.directory.create(agency, id: typed.shortName, as: visit.actor)
            return .redirect("/agencies", .added)
        } catch let problem as Problem where problem.code == .invalid {
            return try await show(visit, typed, problem)
        }
    }

    @Sendable private static func addTeam(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        let typed = AgenciesPage.Typed(team: form["team"], agency: form["agency"])
        do {
            guard let agency = Identifier<Agency>(typed.agency) else {
                throw Problem(
                    .invalid, "There is a problem", fields: [.init("agency", "Choose an agency from the list")])
            }
            try await visit.site.directory.create(Team(name: typed.team, agency: agency), as: visit.actor)
            return .redirect("/agencies", .added)
        } catch let problem as Problem where problem.code == .invalid {
            return try await show(visit, typed, renamed(problem))
        }
    }

    /// The page has two names on it; this one is the team's.
    private static func renamed(_ problem: Problem) -> Problem {
        Problem(
            problem.code, problem.message, next: problem.next,
            fields: problem.fields.map { .init($0.name == "name" ? "team" : $0.name, $0.message) })
    }
}
