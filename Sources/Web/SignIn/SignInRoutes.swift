import Accounts
import HTTPTypes
import Kernel
import Pages

/// Signing in and out, and setting up by a one-time link.
enum SignInRoutes {
    static let all: [Route] = [
        .get("/sign-in", .anybody(signIn)),
        .post("/sign-in", .anybody(password)),
        .get("/sign-in/code", .anybody { call in call.show(SecondFactorPage(next: SignInRoutes.next(call.query))) }),
        .post("/sign-in/code", .anybody(code)),
        .post("/sign-out", .everybody(signOut)),
        .get("/link/:token", .anybody(openLink)),
        .post("/link/:token/password", .anybody(choosePassword)),
        .post("/link/:token/app", .anybody(connectApp)),
        .post("/link/:token/enter", .anybody(enter)),
    ]

    @Sendable private static func signIn(_ call: Call) async throws -> Answer {
        let (choices, left) = (call.site.providerChoices, call.query["with"])
        return call.show(
            SignInPage(next: next(call.query), providers: choices, left: choices.first { $0.id == left }))
    }

    /// Only a path of this site: a link cannot send somebody elsewhere after she has signed in.
    static func next(_ values: FormValues) -> String {
        let wanted = values["next"]
        guard wanted.hasPrefix("/"), WebAddress(outside: wanted) != nil else { return "/" }
        return wanted
    }

    @Sendable private static func password(_ call: Call) async throws -> Answer {
        let form = try await call.body.form()
        do {
            let pending = try await call.site.signIn.begin(
                name: form["user"], password: form.text("password"), source: call.source)
            return .redirect(WebAddress("/sign-in/code").adding("next", next(form)))
                .setting(cookie: call.site.pendingCookie.issue(pending.text))
        } catch let problem as Problem {
            let page = SignInPage(
                userName: form["user"], next: next(form), providers: call.site.providerChoices,
                errors: FieldErrors(problem))
            return call.show(page, status: Failures.status(of: problem.code))
        }
    }

    @Sendable private static func code(_ call: Call) async throws -> Answer {
        let form = try await call.body.form()
        guard let pending = call.site.pendingCookie.token(in: call.headers).flatMap({ SecretToken($0) }) else {
            return .redirect("/sign-in")
        }
        do {
            let opened = try await call.site.signIn.complete(pending: pending, code: form["code"])
            return arrive(opened, at: next(form), call)
        } catch let problem as Problem {
            let page = SecondFactorPage(next: next(form), errors: FieldErrors(problem))
            return call.show(page, status: Failures.status(of: problem.code))
        }
    }

    private static func arrive(_ opened: OpenedSession, at path: String, _ call: Call) -> Answer {
        Answer.redirect(WebAddress(outside: path) ?? "/")
            .setting(cookie: call.site.cookie.issue(opened.token.text))
            .setting(cookie: call.site.pendingCookie.removal)
    }

    @Sendable private static func signOut(_ visit: Visit) async throws -> Answer {
        var home = WebAddress("/sign-in")
        if let token = visit.site.cookie.token(in: visit.call.headers).flatMap({ SecretToken($0) }) {
            if let provider = try await visit.site.provider(of: token) { home = home.adding("with", provider) }
            try await visit.site.signIn.signOut(token: token)
        }
        return Answer.redirect(home, .signedOut).setting(cookie: visit.site.cookie.removal)
    }

    // MARK: One-time links. Opening one spends nothing: mail programs open links too.

    @Sendable private static func openLink(_ call: Call) async throws -> Answer {
        try await step(try token(call), call)
    }

    private static func token(_ call: Call) throws -> SecretToken {
        guard let token = SecretToken(call.parameter("token")) else { throw deadLink }
        return token
    }

    private static let deadLink = Problem(
        .refused, "This link does not work any more.", next: "Ask your administrator for a new one.")

    private static func step(_ token: SecretToken, _ call: Call, _ problem: Problem? = nil) async throws -> Answer {
        let errors = FieldErrors(problem)
        let status = problem.map { Failures.status(of: $0.code) } ?? .ok
        switch try await call.site.signIn.openLink(token) {
        case .choosePassword(let name, let signInName):
            let page = ChoosePasswordPage(name: name, userName: signInName, token: token.text, errors: errors)
            return call.show(page, status: status)
        case .setUpSecondFactor(let name):
            let setup = try await call.site.signIn.secondFactor(link: token)
            let page = ConnectAppPage(name: name, token: token.text, secret: setup.secret, errors: errors)
            return call.show(page, status: status)
        case .enter(let name):
            return call.show(EnterSamplePage(name: name, token: token.text), status: status)
        }
    }

    @Sendable private static func choosePassword(_ call: Call) async throws -> Answer {
        let (form, token) = (try await call.body.form(), try token(call))
        do {
            guard form.text("password") == form.text("password-again") else {
                throw Problem(
                    .invalid, "The two passwords differ.",
                    fields: [.init("password-again", "Type the same password twice")])
            }
            try await call.site.signIn.setPassword(link: token, password: form.text("password"))
            return .redirect("/link/\(token.text)")
        } catch let problem as Problem where problem.code == .invalid {
            return try await step(token, call, problem)
        }
    }

    @Sendable private static func connectApp(_ call: Call) async throws -> Answer {
        let (form, token) = (try await call.body.form(), try token(call))
        do {
            let opened = try await call.site.signIn.confirmSecondFactor(link: token, code: form["code"])
            return arrive(opened, at: "/", call)
        } catch let problem as Problem where problem.code == .invalid {
            return try await step(token, call, problem)
        }
    }

    @Sendable private static func enter(_ call: Call) async throws -> Answer {
        arrive(try await call.site.signIn.enter(link: try token(call)), at: "/", call)
    }
}

extension Site {
    /// Between password and code; opens nothing by itself.
    var pendingCookie: SessionCookie { SessionCookie(isSecure: settings.isSecure, purpose: "-pending") }
}
