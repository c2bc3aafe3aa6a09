import Access
import Federation
import Feeds
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Inspection
import Instruments
import Kernel
import Ledger
import Logging
import Measures
import NIOCore
import NIOEmbedded
import People
import Retention
import TestKit
import Testing
import Webhooks

@testable import Accounts
@testable import Web

/// A whole site on a folder of its own, asked in process, without a socket. Its clock stands still until moved.
struct WebHouse: Sendable {
    let store: TemporaryStore
    let site: Site
    /// What the site wrote to its own log of faults.
    let faults: LogLines
    /// The force's own sign-in, where it has one.
    let provider: InventedProvider?
    private let logger: Logger
    private let respond: @Sendable (Request, HouseContext) async throws -> Response

    var clock: TestClock { store.clock }
    var ledger: Ledger { store.ledger }

    /// Makes the site with the agency `police` in it, gives it to `body` and removes it.
    /// - Parameter publicOrigin: such as `https://holdfast.example`, as behind a proxy.
    static func open(
        publicOrigin: String? = nil, isSample: Bool = false, provided: Bool = false,
        _ body: (WebHouse) async throws -> Void
    ) async throws {
        let store = try await TemporaryStore(
            AccountsSchema.migrations + FeedsSchema.migrations + InspectionSchema.migrations
                + PeopleSchema.migrations + RetentionSchema.migrations + WebhooksSchema.migrations)
        do {
            try await body(try await WebHouse(store, publicOrigin, isSample: isSample, provided: provided))
        } catch {
            try await store.remove()
            throw error
        }
        try await store.remove()
    }

    private init(_ store: TemporaryStore, _ publicOrigin: String?, isSample: Bool, provided: Bool) async throws {
        let (ledger, faults) = (store.ledger, LogLines())
        let directory = Accounts.Directory(ledger: ledger)
        _ = try await directory.bootstrap(forceName: "Anytown Police", demo: isSample)
        let settings = SiteSettings(
            publicOrigin: publicOrigin, spool: store.folder.appendingPathComponent("spool", isDirectory: true),
            isSample: isSample, force: "Anytown Police")
        (self.store, self.faults) = (store, faults)
        provider = provided ? InventedProvider(time: store.clock.source) : nil
        let desks = try provider.map { [ProviderDesk(try InventedProvider.settings(), $0, time: store.clock.source)] }
        let signIn = SignIn(ledger: ledger, cost: PasswordCost(memory: 8, passes: 1))
        site = Site(
            settings: settings, ledger: ledger, signIn: signIn, directory: directory,
            inspection: try .bundled(ledger: ledger), feeds: FeedStore(ledger: ledger),
            measures: MeasureShelf(ledger: ledger),
            retention: RetentionDesk(
                ledger: ledger, rules: try .bundled(),
                kinds: RetainedKinds([RetainedKind(InspectionReport.self), RetainedKind(AreaForImprovement.self)])),
            instruments: try .bundled(),
            providers: ProviderSignIn(signIn: signIn, directory: directory, desks: desks ?? []),
            egress: WebhookEgress(hosts: ["board.example"]))
        logger = Logger(label: "web-tests") { _ in LineHandler(lines: faults) }
        let responder = House.responder(site, logger)
        respond = { try await responder.respond(to: $0, context: $1) }
    }

    // MARK: People

    static let keeper = Actor.command(user: "test")

    /// A person with these roles, signed in. Her agency is made when it is new.
    func person(_ roles: Set<Role>, agency: String = "police", name: String = "Noor Example") async throws -> WebPerson
    {
        let agency = try #require(Identifier<Agency>(agency))
        try await site.directory.seed(agencies: [Seed(agency, Agency(name: agency.text.capitalized, kind: .housing))])
        let user = User(name: name, signInName: "p-\(UUID().uuidString.lowercased())", agency: agency, roles: roles)
        return try await session(of: try await site.directory.create(user, as: WebHouse.keeper))
    }

    /// One more session of a person who exists, as after password and code.
    func session(of user: Identifier<User>) async throws -> WebPerson {
        let (token, now) = (SecretToken(random: Ledger.systemRandom(32)), ledger.now)
        try await ledger.upkeep { try SessionRows.open(token, for: user.text, .open, at: now, $0) }
        let live = try #require(try await site.signIn.session(token: token))
        return WebPerson(id: user, token: token, visitor: Visitor(live))
    }

    // MARK: Asking

    func get(_ path: String, as person: WebPerson? = nil, headers: Pairs = [:]) async throws -> Reply {
        try await send(.get, path, as: person, headers: headers)
    }

    /// An urlencoded form. The token of the person's session goes with it unless told otherwise.
    func post(
        _ path: String, _ fields: Pairs = [:], as person: WebPerson? = nil, token: SentToken = .own,
        headers: Pairs = [:]
    ) async throws -> Reply {
        let body = (token.fields(person) + fields.all).map { Pairs.encoded($0) + "=" + Pairs.encoded($1) }
        return try await post(path, bytes: Array(body.joined(separator: "&").utf8), as: person, headers: headers)
    }

    func post(
        _ path: String, bytes: [UInt8], as person: WebPerson? = nil, headers: Pairs = [:]
    ) async throws -> Reply {
        let type = Pairs([("Content-Type", "application/x-www-form-urlencoded")])
        return try await send(.post, path, as: person, headers: type + headers, body: Reply.body(bytes))
    }

    /// A form with files, its token first as our pages send it.
    /// - Parameter pieceSize: bytes that arrive at a time; all at once when nil.
    func upload(
        _ path: String, _ fields: Pairs = [:], files: [SentFile], as person: WebPerson? = nil, token: SentToken = .own,
        headers: Pairs = [:], pieceSize: Int? = nil
    ) async throws -> Reply {
        let form = SentForm(fields: token.fields(person) + fields.all, files: files)
        let type = Pairs([("Content-Type", form.contentType)])
        return try await send(
            .post, path, as: person, headers: type + headers, body: Reply.body(form.bytes, pieceSize: pieceSize))
    }

    /// A request as it is given. `path` may hold a query. A `Cookie` among `headers` takes the place of the person's.
    func send(
        _ method: HTTPRequest.Method, _ path: String, as person: WebPerson? = nil, headers: Pairs = [:],
        body: RequestBody = Reply.body([])
    ) async throws -> Reply {
        var head = HTTPRequest(method: method, scheme: "http", authority: "holdfast.test", path: path)
        if let person { head.headerFields[.cookie] = site.cookie.name + "=" + person.token.text }
        for (name, value) in headers.all { head.headerFields[try #require(HTTPField.Name(name))] = value }
        let source = ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: logger)
        let response = try await respond(Request(head: head, body: body), HouseContext(source: source))
        return try await Reply.reading(response)
    }

    // MARK: What was left behind

    /// The log of reads and writes so far, oldest first.
    func audit() async throws -> [AuditEntry] { try await store.log() }

    /// Names of files in the spool folder.
    func spooled() -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: site.settings.spool.path)) ?? []
    }
}

/// Somebody signed in: her cookie and what her forms send back.
struct WebPerson: Sendable {
    let id: Identifier<User>
    let token: SecretToken
    let visitor: Visitor

    var actor: Actor { visitor.actor }
}
