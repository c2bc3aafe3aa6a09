import Access
import Foundation
import HTTPTypes
import Kernel
import Testing

@testable import Web

/// Addresses that one person's pages lead to, asked for by somebody of another agency: what is not hers answers with
/// the bytes of an identifier that was made up.
@Suite("Replay of one user's identifiers as another")
struct ReplayTests {
    /// What anybody signed in may read, by the policy: published reports, question sets, figures and the rows behind them.
    private static let shared: Set<String> = [
        "/inspections/:id", "/inspections/:id/source", "/instruments/:id", "/assets/:name",
    ]

    /// Facts and figures belong to no agency: her own role opens them or not.
    private static func isShared(_ route: Route, _ role: Role, _ reply: Reply) -> Bool {
        guard reply.status != 404 else { return false }
        return shared.contains(route.path) || route.path.hasPrefix("/measures/")
            || (route.path.hasPrefix("/feeds/:batch") && role == .analyst)
    }

    @Test("answers as an identifier of the same shape that nobody has", arguments: [Role.inspectionLead, .analyst])
    func replay(_ role: Role) async throws {
        try await AuthorisationHouse.open { house in
            let mine = try await house.web.person(Set(Role.allCases))
            let hers = try await house.web.person([role], agency: "housing")
            let found = try await crawl(house, as: mine)
            #expect(found.count > 40, "the crawl found \(found.count) addresses")
            var (replayed, random) = (0, SeededGenerator(seed: 7))
            for address in found.sorted(by: { $0.name < $1.name }) {
                guard let known = Self.route(address), known.path.contains(":"), !address.path.contains(hers.id.text)
                else { continue }
                let other = Self.madeUp(address.path, like: known, &random)
                let real = try await send(house, address.method, address.path, as: hers)
                let none = try await send(house, address.method, other, as: hers)
                replayed += 1
                guard !Self.isShared(known, role, real) else { continue }
                #expect(real.status == none.status, "\(address.name): \(real.status), made up \(none.status)")
                #expect(Self.masked(real, address.path) == Self.masked(none, other), "\(address.name): bytes differ")
                #expect(!real.text.contains(AuthorisationHouse.marker), "\(address.name)")
            }
            #expect(replayed > 20, "only \(replayed) addresses with identifiers")
        }
    }

    private func send(
        _ house: AuthorisationHouse, _ method: HTTPRequest.Method, _ path: String, as person: WebPerson
    ) async throws -> Reply {
        method == .post
            ? try await house.web.post(path, ["version": "1"], as: person) : try await house.web.get(path, as: person)
    }

    /// Every link and form from the home page on.
    private func crawl(_ house: AuthorisationHouse, as person: WebPerson) async throws -> Set<Address> {
        var (waiting, found) = (["/", "/areas?view=all", "/log"], Set<Address>())
        while let path = waiting.popLast(), found.count < 400 {
            let reply = try await house.web.get(path, as: person)
            guard reply.header("Content-Type")?.hasPrefix("text/html") == true else { continue }
            for (mark, method) in [("href=\"/", HTTPRequest.Method.get), ("action=\"/", .post)] {
                for piece in reply.text.components(separatedBy: mark).dropFirst() {
                    let next = "/" + piece.prefix { $0 != "\"" }.replacing("&amp;", with: "&")
                    let address = Address(method: method, path: String(next.prefix { $0 != "#" }))
                    guard !next.hasPrefix("/sign-out"), found.insert(address).inserted else { continue }
                    let like = Self.route(address).map { "\($0.path)" } ?? next
                    let isNew = found.filter { Self.route($0)?.path == like }.count <= 3
                    if method == .get, isNew { waiting.append(next) }
                }
            }
        }
        return found
    }

    /// The route that answers an address: literal parts before named ones.
    private static func route(_ address: Address) -> Route? {
        let parts = address.path.prefix { $0 != "?" }.split(separator: "/")
        return House.routes.filter { route in
            let pattern = route.path.split(separator: "/")
            return route.method == address.method && pattern.count == parts.count
                && zip(pattern, parts).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
        }.min { $0.path.filter { $0 == ":" }.count < $1.path.filter { $0 == ":" }.count }
    }

    /// The same address with the last identifier of the same shape but of nothing: digits for digits, hexadecimal
    /// letters for letters.
    private static func madeUp(_ path: String, like route: Route, _ random: inout SeededGenerator) -> String {
        let (place, query) = (path.prefix { $0 != "?" }, path.drop { $0 != "?" })
        let pattern = route.path.split(separator: "/", omittingEmptySubsequences: false)
        let parts = place.split(separator: "/", omittingEmptySubsequences: false)
        return zip(pattern, parts).map { pattern, part in
            guard pattern.hasPrefix(":"), pattern != ":strand" else { return String(part) }
            let hasDigits = part.contains { $0.isNumber }
            return String(
                part.map { letter in
                    if letter.isNumber { return "123456789".randomElement(using: &random) ?? "1" }
                    let isHex = hasDigits && "abcdef".contains(letter) && part.count > 12
                    return isHex ? "abcdef".randomElement(using: &random) ?? "a" : hasDigits ? letter : "q"
                })
        }.joined(separator: "/") + query
    }

    /// Without the address itself, which the navigation and a way back may repeat.
    private static func masked(_ reply: Reply, _ path: String) -> String {
        reply.text.replacing(path, with: "ADDRESS").replacing(String(path.prefix { $0 != "?" }), with: "ADDRESS")
    }

    private struct Address: Hashable {
        let method: HTTPRequest.Method
        let path: String

        var name: String { "\(method.rawValue) \(path)" }
    }
}
