import Access
import Accounts
import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import Ledger
import Logging
import Pages

/// Takes every request to its door: who is it, may she try, did the form come from us; then makes the answer HTTP.
struct Gatekeeper: Sendable {
    let site: Site
    let logger: Logger

    func handle(_ route: Route?, _ request: Request, _ context: HouseContext) async -> Response {
        await handle(request, context) { call, visitor in try await answer(route, call, &visitor) }
    }

    /// What the router itself could not do.
    func refuse(_ error: any Error, _ request: Request, _ context: HouseContext) async -> Response {
        await handle(request, context) { _, _ in throw error }
    }

    private func handle(
        _ request: Request, _ context: HouseContext, _ answer: (Call, inout Visitor?) async throws -> Answer
    ) async -> Response {
        let call = call(request, context)
        var visitor: Visitor?
        do {
            guard call.isReading else { return respond(try await answer(call, &visitor), call) }
            return respond(try await site.ledger.loggedTogether { try await answer(call, &visitor) }, call)
        } catch  where call.isOfProgram {
            return respond(APIProblem.of(error, logger).answer, call)
        } catch {
            return respond(Failures(site: site, logger: logger).answer(error, call, visitor), call)
        }
    }

    /// A program has a token and nothing else: no cookie counts here, so no form of another site can reach it.
    private func answer(program call: Call, _ route: Route?) async throws -> Answer {
        guard let token = call.bearer, let live = try await site.signIn.bearer(token) else { throw APIProblem.unknown }
        let wait = site.allowance.take(live.reference, site.settings.requestsPerMinute, at: site.ledger.now)
        guard wait == 0 else { throw APIProblem.tooMany(wait) }
        let visit = APIVisit(call: call, token: live)
        guard case .program(let scope, let handler) = route?.door else {
            throw APIRoutes.allowed(at: call.path).map(APIProblem.otherMethod) ?? APIProblem.absent
        }
        guard live.scopes.contains(scope), scope.isOpen(to: visit.actor) else {
            let tried = Consultation(kind: "door", scope.resource, scope.operation, about: route?.path ?? "")
            try await site.ledger.note(tried, as: visit.actor, allowed: false)
            throw APIProblem.absent
        }
        return try await handler(visit)
    }

    private func answer(_ route: Route?, _ call: Call, _ known: inout Visitor?) async throws -> Answer {
        if let route, case .anybody(let handler) = route.door {
            try checkOrigin(call)
            return try await handler(call)
        }
        if call.isOfProgram { return try await answer(program: call, route) }
        guard let visitor = try await site.visitor(call.headers) else { return await toSignIn(call) }
        known = visitor
        try checkOrigin(call)
        switch route?.door {
        case .everybody(let handler):
            return try await handler(try await visit(route, call, visitor))
        case .signedIn(let operation, let resource, let handler):
            let visitor = visitor.working(on: resource)
            let couldEver = decide(visitor.actor, operation, on: resource, standing: Relation.helping)
            guard couldEver.isAllowed else {
                let tried = Consultation(kind: "door", resource, operation, about: route?.path ?? "")
                try await site.ledger.note(tried, as: visitor.actor, allowed: false)
                throw Problem.absent
            }
            return try await handler(try await visit(route, call, visitor))
        case .anybody, .program, nil:
            throw Problem.absent
        }
    }

    /// A person not signed in gets the same answer for every address, whether it exists or not.
    private func toSignIn(_ call: Call) async -> Answer {
        if let words = await TypedWords.of(call) {
            return call.show(SignInPage(words: words, providers: call.site.providerChoices), status: .forbidden)
        }
        guard call.isReading, call.address != "/", let here = WebAddress(outside: call.address) else {
            return .redirect("/sign-in")
        }
        return .redirect(WebAddress("/sign-in").adding("next", here.text))
    }

    private func checkOrigin(_ call: Call) throws {
        guard call.method == .post || call.method == .put || call.method == .delete else { return }
        guard SameOrigin.accepts(call.headers, host: call.host, publicOrigin: site.settings.publicOrigin) else {
            throw Gatekeeper.foreignForm
        }
    }

    /// A form with files checks its token where it reads its parts, before anything is kept; every other form is read
    /// and checked here.
    private func visit(_ route: Route?, _ call: Call, _ visitor: Visitor) async throws -> Visit {
        let isOfFiles = route?.takesFiles == true && MultipartReader.boundary(call.body.contentType) != nil
        guard call.method == .post, !isOfFiles else { return Visit(call: call, visitor: visitor) }
        let form = try await call.body.form()
        guard ConstantTime.equal(form[FormToken.field], visitor.formToken) else { throw Gatekeeper.foreignForm }
        return Visit(call: call.with(form), visitor: visitor)
    }

    static let foreignForm = Problem(
        .refused, "This form is out of date or came from another site. Nothing was changed.",
        next: "Go back, reload the page and send it again.")

    private func call(_ request: Request, _ context: HouseContext) -> Call {
        var parameters: [String: String] = [:]
        for (name, value) in context.parameters {
            let isPlain = !value.utf8.contains(UInt8(ascii: "%"))
            parameters[String(name)] = isPlain ? String(value) : String(value).removingPercentEncoding ?? ""
        }
        let query = request.uri.query.flatMap { try? FormValues(urlEncoded: Array($0.utf8)) } ?? FormValues()
        return Call(
            site: site, method: request.method, path: request.uri.path, address: request.head.path ?? "/",
            headers: request.headers, parameters: parameters, query: query, body: Body(request),
            source: context.source, host: request.head.authority)
    }

    private func respond(_ answer: Answer, _ call: Call) -> Response {
        var headers = SecurityHeaders.fields
        headers.append(HTTPField(name: .contentType, value: answer.contentType))
        if site.settings.isSecure { headers[SecurityHeaders.strictTransport.0] = SecurityHeaders.strictTransport.1 }
        for (name, value) in answer.headers { headers.append(HTTPField(name: name, value: value)) }
        let response = Response(
            status: answer.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        // The router does this for routes it knows; a body after HEAD would be read as the next answer.
        return call.method == .head ? response.createHeadResponse() : response
    }
}

extension Call {
    var isReading: Bool { method == .get || method == .head }
    var isOfProgram: Bool { path.hasPrefix("/api/") }

    /// The token that a program sends.
    var bearer: SecretToken? {
        guard let sent = headers[.authorization], sent.utf8.count <= 64, sent.lowercased().hasPrefix("bearer ") else {
            return nil
        }
        return SecretToken(String(sent.dropFirst(7)))
    }

    func with(_ form: FormValues) -> Call {
        Call(
            site: site, method: method, path: path, address: address, headers: headers, parameters: parameters,
            query: query, body: body.with(form), source: source, host: host)
    }
}
