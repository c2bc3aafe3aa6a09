import Access
import Ledger
import Testing

@testable import Web

@Suite("Question sets on a page")
struct InstrumentRouteTests {
    @Test func `whoever is signed in sees each set with what is in force, and nobody else does`() async throws {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            let page = try await house.get("/instruments", as: officer)
            #expect(page.status == 200)
            for name in ["DASH 2009", "THRIVE at the call", "Unofficial", "/instruments/safelives-24", "2009.1, from"] {
                #expect(page.text.contains(name), "\(name)")
            }
            let guest = try await house.get("/instruments")
            #expect(guest.status != 200 && !guest.text.contains("DASH 2009"))
            #expect(try await house.get("/instruments/dash-2009").status != 200)
        }
    }

    @Test func `a set is shown question by question, with what it calls for and nothing that sends`() async throws {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            let page = try await house.get("/instruments/dash-2009", as: officer)
            #expect(page.status == 200)
            for words in [
                "1. Injury now", "17. Threats to kill † (critical)", "27. Criminal history", "Declined to answer",
                "Calls for the set “Stalking”.", "Turns up more than three times a week", "Cymraeg (Welsh)",
            ] {
                #expect(page.text.contains(words), "\(words)")
            }
            #expect(!page.text.contains("action=\"/instruments"))
            #expect(!page.text.contains("This is not an official form"))
            let own = try await house.get("/instruments/frequency-scaled", as: officer)
            #expect(own.text.contains("This is not an official form") && own.text.contains("All the time"))
        }
    }

    @Test func `another language and an older version are chosen by the address`() async throws {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            let welsh = try await house.get("/instruments/dash-2009?version=2009.1&language=cy", as: officer)
            #expect(welsh.text.contains("Plant a dibynyddion") && welsh.text.contains("lang=\"cy\""))
            #expect(!welsh.text.contains("Children and dependants"))
        }
    }

    @Test(arguments: [
        "/instruments/none", "/instruments/dash-2009?version=1", "/instruments/dash-2009?language=fr",
        "/instruments/thrive?language=cy", "/instruments/%2e%2e",
    ])
    func `what is not there is absent, and a definition is no record: looking at it is not logged`(
        path: String
    ) async throws {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            let before = try await house.audit().count
            #expect(try await house.get(path, as: officer).status == 404)
            #expect(try await house.get("/instruments/dash-2009", as: officer).status == 200)
            #expect(try await house.audit().count == before)
        }
    }
}
