import Access
import Accounts
import Conduct
import HTTPTypes
import Kernel
import Ledger
import Pages

/// Opening a record in an emergency.
enum GlassRoutes {
    static let all: [Route] = [
        .get("/glass", .signedIn(.collection, .glass, { try await show($0) })),
        .post("/glass", .signedIn(.collection, .glass, open)),
        .get("/glass/proof", .signedIn(.collection, .glass, prove)),
    ]

    private static func show(
        _ visit: Visit, _ fields: GlassPage.Fields = .init(), _ problem: Problem? = nil
    ) async throws -> Answer {
        let mine = try await visit.site.glass.mine(as: visit.actor)
        let page = GlassPage(
            proof: try await proof(visit), fields: fields,
            earlier: mine.map { standing in
                let isOpen = if case .open = standing.state { true } else { false }
                return GlassPage.Line(
                    when: LondonTime.inWords(standing.record.body.openedAt),
                    state: GlassWords.state(standing.state).words,
                    persons: isOpen ? standing.record.body.persons : [])
            }, errors: FieldErrors(problem))
        return visit.show(page, status: problem.map { Failures.status(of: $0.code) } ?? .ok)
    }

    private static func proof(_ visit: Visit) async throws -> GlassPage.Proof {
        switch try await visit.site.providers.stepUp(try await live(visit)) {
        case .passwordAndCode: .passwordAndCode
        case .provider: .provider("/glass/proof")
        case StepUp.none?: .none
        case nil: .provider(nil)
        }
    }

    private static func live(_ visit: Visit) async throws -> LiveSession {
        guard let token = visit.site.cookie.secret(in: visit.call.headers),
            let live = try await visit.site.signIn.session(token: token)
        else { throw Problem.absent }
        return live
    }

    /// To the force's own sign-in and back.
    @Sendable private static func prove(_ visit: Visit) async throws -> Answer {
        let departure = try await visit.site.providers.reauthenticate(try await live(visit), next: "/glass") {
            "\(visit.call.origin)/sign-in/with/\($0)/back"
        }
        return Answer(
            status: .seeOther, contentType: "text/plain; charset=utf-8", body: [],
            headers: [(.location, departure.address), (.cacheControl, "no-store")]
        ).setting(cookie: visit.site.journeyCookie.issue(departure.browser.text))
    }

    @Sendable private static func open(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        var fields = GlassPage.Fields()
        (fields.given, fields.family, fields.reason) = (form["given"], form["family"], form.text("reason"))
        fields.born = form.typedDate("born")
        let who = PartyIdentity(given: fields.given, family: fields.family, born: form.day("born"))
        do {
            try GlassDesk.check(who, fields.reason)
            try await prove(form, visit)
            try await visit.site.glass.open(who, reason: fields.reason, as: visit.actor)
            return .redirect("/glass", .opened)
        } catch let problem as Problem where problem.code != .absent {
            return try await show(visit, fields, problem)
        }
    }

    private static func prove(_ form: FormValues, _ visit: Visit) async throws {
        switch try await visit.site.providers.stepUp(try await live(visit)) {
        case .passwordAndCode:
            guard let token = visit.site.cookie.secret(in: visit.call.headers) else { throw Problem.absent }
            try await visit.site.signIn.proveAgain(
                session: token, password: form.text("password"), code: form["code"])
        case .provider:
            throw Problem(.refused, "Show once more who you are.", next: "Sign in again, then send this form.")
        case StepUp.none?, nil: break
        }
    }
}
