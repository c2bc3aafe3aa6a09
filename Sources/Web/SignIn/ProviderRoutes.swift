import Accounts
import Federation
import HTTPTypes
import Kernel
import Pages

/// Signing in by a force's own provider: there, back, and away again.
enum ProviderRoutes {
    static let all: [Route] = [
        .get("/sign-in/with/:provider", .anybody(depart)),
        .get("/sign-in/with/:provider/back", .anybody(arrive)),
        .get("/sign-out/with/:provider", .anybody(leave)),
    ]

    @Sendable private static func depart(_ call: Call) async throws -> Answer {
        let provider = call.parameter("provider")
        let departure = try await call.site.providers.begin(
            provider, browser: call.site.journeyCookie.secret(in: call.headers), next: SignInRoutes.next(call.query),
            back: back(provider, call))
        return elsewhere(departure.address)
            .setting(cookie: call.site.journeyCookie.issue(departure.browser.text))
    }

    /// One address for each provider, so that the answer of one cannot be given out as that of another.
    private static func back(_ provider: String, _ call: Call) -> String {
        "\(call.origin)/sign-in/with/\(provider)/back"
    }

    @Sendable private static func arrive(_ call: Call) async throws -> Answer {
        let provider = call.parameter("provider")
        let answer = AuthorisationAnswer(
            state: call.query["state"], code: call.query["code"], issuer: call.query["iss"], error: call.query["error"])
        let arrival = try await call.site.providers.arrive(
            provider, answer, browser: call.site.journeyCookie.secret(in: call.headers), back: back(provider, call))
        let next = WebAddress(outside: arrival.next) ?? "/"
        var page = call.show(WelcomeBackPage(next: next)).setting(cookie: call.site.journeyCookie.removal)
        page.headers.append((refresh, "0;url=\(next.text)"))
        return arrival.opened.map { page.setting(cookie: call.site.cookie.issue($0.token.text)) } ?? page
    }

    @Sendable private static func leave(_ call: Call) async throws -> Answer {
        elsewhere(
            try await call.site.providers.leaving(call.parameter("provider"), back: "\(call.origin)/sign-in"))
    }

    /// To a provider that the configuration names; nothing a person sends can choose it.
    private static func elsewhere(_ address: String) -> Answer {
        Answer(
            status: .seeOther, contentType: "text/plain; charset=utf-8", body: [],
            headers: [(.location, address), (.cacheControl, "no-store")])
    }

    private static let refresh = HTTPField.Name("Refresh") ?? .location
}

extension Site {
    /// While a person is at a provider; opens nothing by itself.
    var journeyCookie: SessionCookie {
        SessionCookie(isSecure: settings.isSecure, purpose: "-journey", returning: 600)
    }

    var providerChoices: [SignInPage.Provider] { providers.providers.map { .init(id: $0.id, name: $0.name) } }

    /// The provider that opened a session and has one of its own to end.
    func provider(of token: SecretToken) async throws -> String? {
        guard !providers.providers.isEmpty, let live = try await signIn.session(token: token) else { return nil }
        return try await providers.farewell(live)?.id
    }
}

extension SessionCookie {
    func secret(in headers: HTTPFields) -> SecretToken? { token(in: headers).flatMap { SecretToken($0) } }
}
