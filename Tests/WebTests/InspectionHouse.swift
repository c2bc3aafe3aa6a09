import Access
import Feeds
import Foundation
import HTTPTypes
import Hummingbird
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
import Synchronization
import TestKit
import Webhooks

@testable import Accounts
@testable import Web

/// A whole house on a store of its own, answering in process.
struct InspectionHouse {
    let store: TemporaryStore
    let site: Site
    private let lead: Identifier<User>

    static func open() async throws -> InspectionHouse {
        let migrations =
            AccountsSchema.migrations + InspectionSchema.migrations + FeedsSchema.migrations
            + PeopleSchema.migrations + RetentionSchema.migrations + WebhooksSchema.migrations
        let store = try await TemporaryStore(migrations)
        let directory = Directory(ledger: store.ledger)
        let link = try await directory.bootstrap(forceName: "Northshire Police", demo: true)
        let signIn = SignIn(ledger: store.ledger)
        let site = Site(
            settings: SiteSettings(
                publicOrigin: nil, spool: store.folder.appendingPathComponent("spool"), isSample: true,
                force: "Northshire Police"),
            ledger: store.ledger, signIn: signIn, directory: directory,
            inspection: try .bundled(ledger: store.ledger), feeds: FeedStore(ledger: store.ledger),
            measures: MeasureShelf(ledger: store.ledger),
            retention: RetentionDesk(
                ledger: store.ledger, rules: try .bundled(),
                kinds: RetainedKinds([RetainedKind(InspectionReport.self), RetainedKind(AreaForImprovement.self)])),
            instruments: try .bundled())
        guard let lead = link?.user else { throw Problem.absent }
        return InspectionHouse(store: store, site: site, lead: lead)
    }

    /// The inspection lead, who is the first administrator too.
    func leadBrowser() async throws -> InspectionBrowser { try await browser(of: lead) }

    /// Somebody else of the police, with these roles.
    func browser(named id: String, _ roles: Set<Role>) async throws -> InspectionBrowser {
        guard let user = Identifier<User>(id), let police = Identifier<Agency>("police") else { throw Problem.absent }
        try await site.directory.seed(
            users: [Seed(user, User(name: "Person \(id)", signInName: id, agency: police, roles: roles))])
        return try await browser(of: user)
    }

    private func browser(of user: Identifier<User>) async throws -> InspectionBrowser {
        let token = SecretToken(random: Ledger.systemRandom(32))
        let now = store.ledger.now
        try await store.ledger.upkeep { try SessionRows.open(token, for: user.text, .sample, at: now, $0) }
        guard let live = try await site.signIn.session(token: token) else { throw Problem.absent }
        return InspectionBrowser(site: site, cookie: "holdfast=\(token.text)", formToken: live.csrf, user: user.text)
    }
}

/// What came back.
struct InspectionReply {
    let status: Int
    let headers: HTTPFields
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var location: String { headers[.location] ?? "" }
    var disposition: String { headers[.contentDisposition] ?? "" }
}

/// Sends requests as a signed-in browser does.
struct InspectionBrowser {
    let site: Site
    let cookie: String
    let formToken: String
    let user: String

    func get(_ path: String) async throws -> InspectionReply { try await send(.get, path) }

    func post(_ path: String, _ fields: KeyValuePairs<String, String>) async throws -> InspectionReply {
        let all = [("form-token", formToken)] + fields.map { ($0.key, $0.value) }
        let body = all.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
        return try await send(.post, path, Array(body.utf8), type: "application/x-www-form-urlencoded")
    }

    /// A form with files: fields first, as a browser sends the token.
    func upload(
        _ path: String, _ fields: KeyValuePairs<String, String>,
        file: (field: String, name: String, bytes: [UInt8])? = nil
    ) async throws -> InspectionReply {
        var body: [UInt8] = []
        for (name, value) in [("form-token", formToken)] + fields.map({ ($0.key, $0.value) }) {
            body += Array("--edge\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        if let file {
            body += Array(
                ("--edge\r\nContent-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\"\r\n"
                    + "Content-Type: application/octet-stream\r\n\r\n").utf8)
            body += file.bytes + Array("\r\n".utf8)
        }
        body += Array("--edge--\r\n".utf8)
        return try await send(.post, path, body, type: "multipart/form-data; boundary=edge")
    }

    private func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8] = [], type: String? = nil
    ) async throws -> InspectionReply {
        var headers = HTTPFields()
        headers[.cookie] = cookie
        headers[.contentType] = type
        let request = Request(
            head: HTTPRequest(
                method: method, scheme: "http", authority: "localhost", path: path, headerFields: headers),
            body: RequestBody(buffer: ByteBuffer(bytes: body)))
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let context = HouseContext(source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: logger))
        let response = try await House.responder(site, logger).respond(to: request, context: context)
        let collected = CollectedBody()
        try await response.body.write(collected)
        return InspectionReply(
            status: response.status.code, headers: response.headers, bytes: collected.bytes.withLock { $0 })
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            let hex = String(byte, radix: 16)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (hex.count == 1 ? "0" : "") + hex
        }.joined()
    }
}

final class CollectedBody: ResponseBodyWriter {
    let bytes = Mutex<[UInt8]>([])

    func write(_ buffer: ByteBuffer) async throws { bytes.withLock { $0 += buffer.readableBytesView } }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

/// An invented report.
enum InspectionText {
    static let report2017 = """
        Northshire PEEL 2017
        Effectiveness
        How effective is the force at keeping people safe and reducing crime?
        How effective is the force at preventing crime, tackling anti-social behaviour and keeping people safe?
        Northshire Police is good at preventing crime, tackling anti-social behaviour and keeping people safe. Its teams know their streets.
        The force needs to improve how it:
        - finds empty shops; and
        - lights the paths to schools.
        How effective is the force at investigating crime and reducing re-offending?
        This question was not inspected this year. The grade from the 2016 effectiveness inspection still stands.
        Areas for improvement
        - The force should give each investigation one named officer.
        - The force should check its bail dates every week.
        """

    static let report2018 = """
        Northshire PEEL 2018
        Effectiveness
        How effective is the force at investigating crime and reducing re-offending?
        Northshire Police is good at investigating crime and reducing re-offending. Each investigation now has one named officer.
        """
}
