import Access
import Accounts
import HTTPTypes
import Kernel
import Ledger
import Pages

/// Who can sign in, and as what.
enum AccountRoutes {
    static let all: [Route] = [
        .get("/accounts", .signedIn(.collection, .account, list)),
        .get("/accounts/new", .signedIn(.collection, .account, new)),
        .post("/accounts", .signedIn(.collection, .account, create)),
        .get("/accounts/:id", .signedIn(.collection, .account, person)),
        .post("/accounts/:id/roles", .signedIn(.alteration, .account, roles)),
        .post("/accounts/:id/links", .signedIn(.alteration, .account, link)),
        .post("/accounts/:id/leaving", .signedIn(.alteration, .account, leaving)),
        .post("/accounts/:id/sessions/end", .signedIn(.alteration, .account, endSession)),
    ]

    private static let roleChoices = Role.allCases.map { Choice($0.rawValue, $0.title) }

    @Sendable private static func list(_ visit: Visit) async throws -> Answer {
        let users = try await visit.site.directory.users(limit: 500, as: visit.actor).records
        let agencies = try await names(visit)
        let now = visit.site.ledger.now
        return visit.show(
            AccountListPage(
                people: users.map { record in
                    let user = record.body
                    let isActive = user.isActive(at: now)
                    return AccountListPage.Person(
                        id: record.id.text, name: user.name, userName: user.signInName,
                        agency: agencies[user.agency.text] ?? user.agency.text,
                        roles: user.roles.map(\.title).sorted().joined(separator: ", "),
                        state: isActive ? "Can sign in" : "Access ended", kind: isActive ? .good : .neutral)
                }))
    }

    private static func names(_ visit: Visit) async throws -> [String: String] {
        let agencies = try await visit.site.directory.agencies(as: visit.actor)
        return Dictionary(agencies.map { ($0.id.text, $0.body.name) }) { first, _ in first }
    }

    @Sendable private static func new(_ visit: Visit) async throws -> Answer {
        try await newPage(visit, AccountFields(agency: visit.actor.agency), nil)
    }

    private static func newPage(_ visit: Visit, _ fields: AccountFields, _ problem: Problem?) async throws -> Answer {
        let agencies = try await visit.site.directory.agencies(as: visit.actor).map { Choice($0.id.text, $0.body.name) }
        let page = NewAccountPage(
            fields: fields, agencies: agencies, roles: roleChoices,
            errors: FieldErrors(problem.map(renamed)))
        return visit.show(page, status: problem == nil ? .ok : .unprocessableContent)
    }

    /// The directory names fields as its records do; this form has its own name for one.
    private static func renamed(_ problem: Problem) -> Problem {
        Problem(
            problem.code, problem.message, next: problem.next,
            fields: problem.fields.map { .init($0.name == "signInName" ? "userName" : $0.name, $0.message) })
    }

    @Sendable private static func create(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        let roles = Set(form.all("roles").compactMap { Role(rawValue: $0) })
        let fields = AccountFields(
            name: form["name"], userName: form["userName"], agency: form["agency"], roles: Set(roles.map(\.rawValue)))
        do {
            guard let agency = Identifier<Agency>(fields.agency) else {
                throw Problem(
                    .invalid, "Choose an agency.", fields: [.init("agency", "Choose an agency from the list")])
            }
            let user = User(name: fields.name, signInName: fields.userName, agency: agency, roles: roles)
            let id = try await visit.site.directory.create(user, as: visit.actor)
            return try await issue(for: id, visit)
        } catch let problem as Problem where problem.code == .invalid {
            return try await newPage(visit, fields, problem)
        }
    }

    private static func issue(for id: Identifier<User>, _ visit: Visit) async throws -> Answer {
        let link = try await visit.site.signIn.issueLink(for: id, as: visit.actor)
        let user = try await visit.site.directory.user(id, as: visit.actor).body
        return visit.show(
            OneTimeLinkPage(
                name: user.name, link: "\(visit.call.origin)/link/\(link.token.text)",
                validUntil: LondonTime.inWords(link.expires)))
    }

    private static func id(_ visit: Visit) throws -> Identifier<User> {
        guard let id = Identifier<User>(visit.parameter("id")) else { throw Problem.absent }
        return id
    }

    @Sendable private static func person(_ visit: Visit) async throws -> Answer {
        visit.show(try await page(visit, nil))
    }

    private static func page(_ visit: Visit, _ problem: Problem?) async throws -> AccountPage {
        let id = try id(visit)
        let record = try await visit.site.directory.user(id, as: visit.actor)
        let sessions = try await visit.site.signIn.sessions(of: id, as: visit.actor)
        let (user, isActive) = (record.body, record.body.isActive(at: visit.site.ledger.now))
        var page = AccountPage(
            id: id.text, version: record.version,
            fields: AccountFields(
                name: user.name, userName: user.signInName, agency: user.agency.text,
                roles: Set(user.roles.map(\.rawValue)), teams: Set(user.teams.map(\.text))),
            agencyName: try await names(visit)[user.agency.text] ?? user.agency.text,
            state: isActive ? "Can sign in" : "Access ended: \(ending(user))", isActive: isActive,
            provider: user.provider.map { id in
                visit.site.providerChoices.first { $0.id == id }?.name ?? id
            }, roles: roleChoices,
            teams: try await visit.site.directory.teams(of: user.agency, as: visit.actor).map {
                Choice($0.id.text, $0.body.name)
            },
            sessions: sessions.map { session in
                AccountPage.Session(
                    id: session.reference, started: LondonTime.inWords(session.signedIn),
                    lastSeen: LondonTime.inWords(session.seen), isThis: session.reference == visit.visitor.session)
            }, errors: FieldErrors(problem))
        page.fields.manager = user.manager?.text ?? ""
        page.managers = try await visit.site.directory.names(of: user.agency, as: visit.actor)
            .filter { $0.isActive && $0.id != id }.map { Choice($0.id.text, $0.name) }
        return page
    }

    private static func ending(_ user: User) -> String {
        user.disabledReason
            ?? (user.isWithdrawn ? "no group of the force’s own sign-in gives a role" : "outside the dates given")
    }

    @Sendable private static func roles(_ visit: Visit) async throws -> Answer {
        let (form, id) = (try await visit.form(), try id(visit))
        let record = try await visit.site.directory.user(id, as: visit.actor)
        var user = record.body
        user.roles = Set(form.all("roles").compactMap { Role(rawValue: $0) })
        user.teams = Set(form.all("teams").compactMap { Identifier<Team>($0) })
        if form.has("manager") { user.manager = Identifier<User>(form["manager"]) }
        return try await changed(visit) {
            try await visit.site.directory.amend(id, expecting: Int(form["version"]) ?? 0, user, as: visit.actor)
            return .redirect("/accounts/\(id)", .saved)
        }
    }

    @Sendable private static func link(_ visit: Visit) async throws -> Answer {
        try await issue(for: try id(visit), visit)
    }

    @Sendable private static func leaving(_ visit: Visit) async throws -> Answer {
        let (form, id) = (try await visit.form(), try id(visit))
        return try await changed(visit) {
            try await visit.site.directory.disable(
                id, expecting: Int(form["version"]) ?? 0, because: form["reason"], as: visit.actor)
            return .redirect("/accounts/\(id)", .disabled)
        }
    }

    /// What goes wrong is shown on the person's page, beside what stands now.
    private static func changed(_ visit: Visit, _ work: () async throws -> Answer) async throws -> Answer {
        do {
            return try await work()
        } catch let problem as Problem where problem.code != .absent {
            return visit.show(try await page(visit, problem), status: Failures.status(of: problem.code))
        } catch is Conflict {
            let problem = Problem(
                .conflict, "Somebody else changed this person while you had the page open. Nothing of yours was saved.",
                next: "The page below shows how it stands now. Make your change again.")
            return visit.show(try await page(visit, problem), status: .conflict)
        }
    }

    @Sendable private static func endSession(_ visit: Visit) async throws -> Answer {
        let (form, id) = (try await visit.form(), try id(visit))
        try await visit.site.signIn.revoke(form["session"], of: id, as: visit.actor)
        return .redirect("/accounts/\(id)", .revoked)
    }
}
