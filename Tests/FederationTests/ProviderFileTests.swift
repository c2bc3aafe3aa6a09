import Access
import Kernel
import TestKit
import Testing

@testable import Federation

@Suite("The file of providers")
struct ProviderFileTests {
    private static let sound = """
        providers:
          - id: northshire
            name: Northshire Police
            issuer: https://login.northshire.example/realms/police
            client-id: holdfast
            client-secret-file: secret
            agency: police
            groups:
              - {group: /holdfast/analysts, from: 2026-01-01, until: 2026-12-01, roles: [analyst], teams: [team-1]}
              - {group: holdfast/leads, from: 2026-06-01, roles: [inspection-lead]}
            required-amr: [mfa]
        """

    private func read(_ text: String, secret: String? = "s3cret\n") throws -> [ProviderSettings] {
        try ProviderFile.providers(in: text, named: "openid.yaml") { _ in secret }
    }

    private func faults(_ text: String, secret: String? = "s3cret") -> [String] {
        do {
            _ = try read(text, secret: secret)
            return []
        } catch {
            return (error as? Problem)?.fields.map(\.message) ?? ["\(error)"]
        }
    }

    @Test func `that is sound gives providers, with groups in one spelling and days`() throws {
        let provider = try #require(try read(Self.sound).first)
        #expect(provider.id == "northshire" && provider.secret.text == "s3cret")
        let (spring, winter) = (try #require(Day("2026-03-01")), try #require(Day("2026-12-01")))
        let both: Set = ["holdfast/analysts", "holdfast/leads", "unknown"]
        #expect(provider.grants(of: both, on: spring) == .init(roles: [.analyst], teams: ["team-1"]))
        #expect(provider.grants(of: both, on: winter) == .init(roles: [.inspectionLead]))
        #expect(provider.grants(of: ["unknown"], on: winter) == .init())
        #expect("\(provider.secret)" == "•••" && !String(reflecting: provider).contains("s3cret"))
    }

    @Test(arguments: [
        ("issuer: https:", "issuer: http:", "“issuer” must be an address that begins with https://"),
        (
            "issuer: https://login.northshire.example/realms/police",
            "issuer: https://login.microsoftonline.com/common/v2.0",
            "“issuer” must name the force’s own tenant, not common"
        ),
        ("roles: [analyst]", "roles: [analist]", "“analist” is no role"),
        ("roles: [inspection-lead]", "roles: []", "The group “holdfast/leads” gives no role"),
        ("from: 2026-06-01, ", "", "“from” is missing"),
        ("from: 2026-06-01", "from: 2026-06-31", "“from” is a day such as 2026-12-01"),
        ("until: 2026-12-01", "until: 2025-12-01", "“until” must come after “from”"),
        ("client-secret-file: secret", "client-secret: secret", "“client-secret” is not known here"),
        ("client-secret-file: secret", "client-id2: x", "Give either “client-secret-file”"),
        ("client-id: holdfast", "client-identifier: holdfast", "“client-id” is missing"),
        ("agency: police", "agency: The Police", "“agency” is not a short name"),
        ("id: northshire", "id: North/shire", "“id” may hold a-z, 0-9 and -"),
        ("required-amr: [mfa]", "required-amr: mfa", "“required-amr” is a list"),
        ("required-amr: [mfa]", "hosts: [https://keys.example/path]", "“hosts” lists origins"),
        ("providers:", "provider:", "There is no list named “providers”"),
        ("    agency: police", "    agency: police\n    agency: health", "this is not YAML, or names a key twice"),
    ])
    func `with a mistake is refused with the line of it`(_ part: String, _ wrong: String, _ words: String) {
        let found = faults(Self.sound.replacing(part, with: wrong))
        #expect(found.contains { $0.contains(words) && $0.hasPrefix("openid.yaml") }, "\(found)")
    }

    @Test func `names every mistake at once, and a missing secret without its content`() throws {
        let found = faults(Self.sound.replacing("https:", with: "http:"), secret: nil)
        try #require(found.count == 2)
        #expect(found[0].hasPrefix("openid.yaml, line 2: "))
        #expect(found[1].contains("There is no client secret in the file secret"))
    }

    @Test func `may not name a provider twice`() {
        let second = Self.sound.split(separator: "\n").dropFirst().joined(separator: "\n")
        #expect(faults(Self.sound + "\n" + second).contains { $0.contains("has the id or the issuer of another") })
    }
}

@Suite("What a provider says of itself")
struct ProviderMetadataTests {
    private static let issuer = InventedProvider.issuer

    private static func text(_ more: [String: String] = [:]) -> [UInt8] {
        var members = [
            "issuer": "\"\(issuer)\"", "authorization_endpoint": "\"\(issuer)/a\"", "token_endpoint": "\"\(issuer)/t\"",
            "jwks_uri": "\"\(issuer)/k\"",
        ].merging(more) { $1 }
        members = members.filter { !$0.value.isEmpty }
        return Array(("{" + members.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}").utf8)
    }

    @Test func `is taken when it is of that issuer and stays on its host`() throws {
        let metadata = try ProviderMetadata(Self.text(), for: InventedProvider.settings())
        #expect(metadata.token == Self.issuer + "/t" && metadata.endSession == nil && !metadata.wantsSecretInForm)
        let posts = ["token_endpoint_auth_methods_supported": #"["client_secret_post"]"#]
        #expect(try ProviderMetadata(Self.text(posts), for: InventedProvider.settings()).wantsSecretInForm)
    }

    @Test(arguments: [
        ["issuer": "\"\(issuer)/\""], ["issuer": ""], ["jwks_uri": ""], ["jwks_uri": #""https://elsewhere.example/k""#],
        ["token_endpoint": #""http://login.northshire.example/t""#],
        ["token_endpoint": #""https://login.northshire.example:444/t""#],
        ["token_endpoint": #""https://login.northshire.example@elsewhere.example/t""#],
        ["authorization_endpoint": #""javascript:alert(1)""#], ["authorization_endpoint": "7"],
        ["end_session_endpoint": #""https://elsewhere.example/""#], ["code_challenge_methods_supported": #"["plain"]"#],
    ])
    func `is refused otherwise`(_ more: [String: String]) throws {
        let settings = try InventedProvider.settings()
        #expect(throws: FederationFault.self) { try ProviderMetadata(Self.text(more), for: settings) }
    }

    @Test func `may use a further host only where the configuration says so`() throws {
        let settings = try InventedProvider.settings(
            "        hosts: [https://keys.example]".replacing("        ", with: "    "))
        let more = ["jwks_uri": #""https://keys.example/k""#]
        #expect(try ProviderMetadata(Self.text(more), for: settings).keys == "https://keys.example/k")
    }
}
