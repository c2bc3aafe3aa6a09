import Access
import Accounts
import HTTPTypes
import Kernel
import Pages

/// A person's own tokens, and those of others for an administrator.
enum TokenRoutes {
    static let all: [Route] = [
        .get("/tokens", .everybody { try await show($0) }),
        .post("/tokens", .everybody(make)),
        .post("/tokens/end", .everybody(end)),
        .post("/tokens/others/end", .signedIn(.collection, .account, endAny)),
    ]

    private static func show(
        _ visit: Visit, name: String = "", chosen: Set<String> = [], days: String = "90", _ problem: Problem? = nil
    ) async throws -> Answer {
        let tokens = try await visit.site.signIn.tokens(as: visit.actor).map { line($0) }
        let open = TokenScope.allCases.filter { $0.isOpen(to: visit.actor) }.map { Choice($0.rawValue, $0.title) }
        var page = TokensPage(
            tokens: tokens, scopes: open, name: name, chosen: chosen, days: days, errors: FieldErrors(problem))
        page.others = try await others(visit)
        return visit.show(page, status: problem.map { Failures.status(of: $0.code) } ?? .ok)
    }

    /// Those of other people, for an administrator.
    private static func others(_ visit: Visit) async throws -> [TokensPage.Token] {
        guard decide(visit.actor, .collection, on: .account, standing: []).isAllowed else { return [] }
        let held = try await visit.site.signIn.everybodysTokens(as: visit.actor)
            .filter { $0.person != visit.actor.user }
        let names = try await PeopleNames.of(held.map(\.person), visit)
        return held.map { line($0.summary, of: names.name($0.person)) }
    }

    private static func line(_ token: TokenSummary, of person: String = "") -> TokensPage.Token {
        TokensPage.Token(
            reference: token.reference, name: token.name,
            scopes: token.scopes.map(\.title).sorted().joined(separator: ", "),
            seen: token.seen.map { LondonTime.inWords($0) } ?? "Never", expires: LondonTime.inWords(token.expires),
            person: person)
    }

    @Sendable private static func make(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        let scopes = Set(form.all("scopes").compactMap { TokenScope(rawValue: $0) })
        do {
            let token = try await visit.site.signIn.issueToken(
                named: form["name"], scopes: scopes, days: Int(form["days"]) ?? 0, as: visit.actor)
            return visit.show(NewTokenPage(name: form["name"], secret: token.text))
        } catch let problem as Problem where problem.code == .invalid {
            return try await show(
                visit, name: form["name"], chosen: Set(scopes.map(\.rawValue)), days: form["days"], problem)
        }
    }

    @Sendable private static func end(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        try await visit.site.signIn.endToken(form["token"], as: visit.actor)
        return .redirect("/tokens", .saved)
    }

    @Sendable private static func endAny(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        try await visit.site.signIn.endAnyToken(form["token"], as: visit.actor)
        return .redirect("/tokens", .ended)
    }
}
