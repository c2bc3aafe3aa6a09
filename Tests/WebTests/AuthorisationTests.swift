import Access
import HTTPTypes
import Ledger
import TestKit
import Testing

@testable import Web

/// The policy over the live router: every address, as every role, in every standing.
@Suite("Authorisation table")
struct AuthorisationTests {
    @Test("every address of the router is in the table, and no other")
    func complete() {
        let told = House.routes.map { "\($0.method.rawValue) \($0.path)" }
        #expect(told.sorted() == AuthorisationTable.wanted.keys.sorted())
    }

    @Test("the house answers as the table says", arguments: Standing.allCases)
    func wholeTable(_ standing: Standing) async throws {
        try await AuthorisationHouse.open { house in
            var cells = 0
            for role in standing == .signedOut ? [Role.administrator] : Role.allCases {
                // Tries to sign in are forgotten after a day.
                house.web.clock.advance(seconds: 2 * 86_400)
                let known = try await house.person(role, standing)
                for route in House.routes {
                    // Signing out is one of the addresses.
                    let person = try await known.asyncMap { try await house.web.session(of: $0.id) }
                    try await check(house, route, role, standing, person)
                    cells += 1
                }
            }
            #expect(cells == House.routes.count * (standing == .signedOut ? 1 : Role.allCases.count))
        }
    }

    private func check(
        _ house: AuthorisationHouse, _ route: Route, _ role: Role, _ standing: Standing, _ person: WebPerson?
    ) async throws {
        let name = "\(route.method.rawValue) \(route.path) as \(role.rawValue), \(standing.rawValue)"
        let wanted = try #require(AuthorisationTable.wanted["\(route.method.rawValue) \(route.path)"], "\(name)")
        let (address, fields) = (
            house.address(route, for: person, standing), try await house.fields(route, for: person)
        )
        let reply = try await house.send(route, to: address, as: person, fields)
        guard let isAllowed = wanted.isAllowed(role, standing) else {
            let guest = try await house.send(route, to: address, as: nil, fields)
            #expect(reply.status == guest.status, "\(name)")
            return
        }
        if standing == .signedOut {
            let isProgram = route.path.hasPrefix("/api/")
            #expect(isProgram ? reply.status == 401 : DoorAnswer(reply) == .signIn, "\(name): \(reply.status)")
        } else {
            #expect(DoorAnswer(reply) == (isAllowed ? .allowed : .refused), "\(name): \(reply.status)")
            if !isAllowed, reply.status == 404 {
                // Beside it, so that the navigation marks the same place.
                let unknown = try await house.send(route, to: address + "/x/y/z", as: person, fields)
                #expect(reply.body == unknown.body, "\(name): not the bytes of an unknown address")
            }
        }
        if !isAllowed {
            #expect(!reply.text.contains(AuthorisationHouse.personMarker), "\(name) shows a person")
        }
        if !AuthorisationTable.seesWork(role, standing) {
            #expect(!reply.text.contains(AuthorisationHouse.marker), "\(name) shows the work of the force")
        }
    }
}

/// What an answer means for whoever asked.
enum DoorAnswer: Equatable {
    case allowed, refused, signIn

    /// A form that is outdated or incomplete was allowed before it was looked at.
    init(_ reply: Reply) {
        let isSent = reply.location?.hasPrefix("/sign-in") == true && reply.location?.contains("done=") != true
        // What a guest typed is given back on the page for signing in.
        let isGivenBack = reply.status == 403 && reply.text.contains("action=\"/sign-in\"")
        if isSent || isGivenBack {
            self = .signIn
        } else {
            self = [403, 404].contains(reply.status) ? .refused : .allowed
        }
    }
}

extension Optional {
    func asyncMap<Result>(_ make: (Wrapped) async throws -> Result) async rethrows -> Result? {
        guard let self else { return nil }
        return try await make(self)
    }
}
