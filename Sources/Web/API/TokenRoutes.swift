import Access
import Accounts
import HTTPTypes
import Kernel
import Pages

/// A person's own tokens.
enum TokenRoutes {
    static let all: [Route] = [
        .get("/tokens", .everybody { try await show($0) }),
        .post("/tokens", .everybody(make)),
        .post("/tokens/end", .everybody(end)),
    ]

    private static func show(
        _ visit: Visit, name: String = "", chosen: Set<String> = [], days: String = "90", _ problem: Problem? = nil
    ) async throws -> Answer {
        let tokens = try await visit.site.signIn.tokens(as: visit.actor).map { token in
            TokensPage.Token(
                reference: token.reference, name: token.name,
                scopes: token.scopes.map(\.title).sorted().joined(separator: ", "),
                seen: token.seen.map { LondonTime.inWords($0) } ?? "Never", expires: LondonTime.inWords(token.expires))
        }
        let open = TokenScope.allCases.filter { $0.isOpen(to: visit.actor) }.map { Choice($0.rawValue, $0.title) }
        let page = TokensPage(
            tokens: tokens, scopes: open, name: name, chosen: chosen, days: days, errors: FieldErrors(problem))
        return visit.show(page, status: problem.map { Failures.status(of: $0.code) } ?? .ok)
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
}
