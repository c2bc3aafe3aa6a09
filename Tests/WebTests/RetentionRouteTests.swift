import Access
import Inspection
import Kernel
import Ledger
import Retention
import TestKit
import Testing

@testable import Web

@Suite("Retention on its pages")
struct RetentionRouteTests {
    private static let years: Int64 = 7 * 366 * 86_400

    /// A house in which a report and its areas have lain for seven years.
    private func open(_ body: (WebHouse, WebPerson, _ area: String) async throws -> Void) async throws {
        try await WebHouse.open { house in
            let lead = try await house.person([.inspectionLead])
            let text = Array(InspectionText.report2017.utf8)
            _ = try await house.site.inspection.importReport(text, fileName: "a.txt", as: lead.actor)
            house.clock.advance(seconds: Self.years)
            let manager = try await house.person([.recordsManager], name: "Rita Records")
            let page = try await house.get("/retention", as: manager).text
            let start = try #require(page.firstRange(of: "/retention/records/inspection.area/"))
            try await body(house, manager, String(page[start.lowerBound...].prefix { $0 != "\"" }))
        }
    }

    @Test func `a records manager sees what is overdue and why, and keeps one`() async throws {
        try await open { house, manager, area in
            let queue = try await house.get("/retention", as: manager).text
            #expect(queue.contains("3 overdue") && queue.contains("days late"))
            #expect(queue.contains("6 years since the last relevant event on"))
            let home = try await house.get("/", as: manager).text
            #expect(home.contains("Records due for review") && home.contains("3 overdue"))
            let page = try await house.get(area, as: manager).text
            #expect(page.contains("One person decides.") && page.contains("not confirmed by a source"))
            #expect(page.contains("Nobody has reviewed this record yet.") && page.contains("Backups may hold it until"))
            let empty = try await house.post("\(area)/keep", ["reason": "accountability", "words": "no"], as: manager)
            #expect(empty.status == 422 && empty.text.contains("Say in your own words why"))
            let kept = try await house.post(
                "\(area)/keep", ["reason": "accountability", "words": "It shows what we did."], as: manager)
            #expect(kept.status == 303)
            #expect(try await house.get("/retention", as: manager).text.contains("2 overdue"))
            let after = try await house.get(area, as: manager).text
            #expect(after.contains("Kept: It shows what we did and why") && after.contains("Rita Records"))
        }
    }

    @Test func `what she destroys is absent for everybody, and the page says who decided`() async throws {
        try await open { house, manager, area in
            let none = try await house.post("\(area)/destroy", [:], as: manager)
            #expect(none.status == 422 && none.text.contains("#destroy-reason"))
            let done = try await house.post("\(area)/destroy", ["destroy-reason": "no-longer-needed"], as: manager)
            #expect(done.status == 303)
            let lead = try await house.person([.inspectionLead])
            let id = try #require(area.split(separator: "/").last)
            #expect(try await house.get("/areas/\(id)", as: lead).status == 404)
            #expect(try await house.get(area, as: manager).status == 404)
            let officer = try await house.person([.privacyOfficer])
            let page = try await house.get("/retention/destroyed", as: officer).text
            #expect(page.contains("\(id)") && page.contains("Rita Records") && page.contains("nightly sweep"))
            #expect(!page.contains("bail dates") && !page.contains("named officer"))
            #expect(try await house.ledger.verify().faults == [])
        }
    }

    @Test func `a hold is set, seen and lifted, and forbids destroying`() async throws {
        try await open { house, manager, area in
            let fields: Pairs = ["title": "The Invented Inquiry", "why": "letter of 2 May", "scope": "everything"]
            let wrong = try await house.post("/retention/holds", ["title": "", "why": "", "scope": "x"], as: manager)
            #expect(wrong.status == 422 && wrong.text.contains("Choose what it covers."))
            let set = try await house.post("/retention/holds", fields, as: manager)
            let address = try #require(set.header("Location")?.split(separator: "?").first)
            let refused = try await house.post("\(area)/destroy", ["destroy-reason": "doubled"], as: manager)
            #expect(refused.status == 403 && refused.text.contains("The Invented Inquiry"))
            #expect(try await house.get(area, as: manager).text.contains("A hold forbids it."))
            #expect(try await house.get("/retention/holds", as: manager).text.contains("The Invented Inquiry"))
            let lifted = try await house.post("\(address)/lift", ["why": "It has reported."], as: manager)
            #expect(lifted.status == 303)
            #expect(try await house.get("\(address)", as: manager).text.contains("It has reported."))
            #expect(try await house.post("\(area)/destroy", ["destroy-reason": "doubled"], as: manager).status == 303)
        }
    }

    @Test func `a privacy officer may look and not decide; others learn nothing`() async throws {
        try await open { house, _, area in
            let officer = try await house.person([.privacyOfficer])
            let page = try await house.get(area, as: officer)
            #expect(page.status == 200 && !page.text.contains("<h2>Keep it</h2>"))
            #expect(try await house.get("/retention/holds", as: officer).text.contains("Set a hold") == false)
            let stranger = try await house.person([.recordsManager], agency: "housing")
            let unknown = try await house.get("/retention/records/inspection.area/area-none", as: stranger)
            for path in [area, "/retention/records/nothing/\(area.suffix(4))"] {
                let reply = try await house.get(path, as: stranger)
                #expect(reply.status == 404 && reply.text.count == unknown.text.count)
            }
            #expect(try await house.get("/retention", as: stranger).text.contains("Nothing is due for review."))
            for address in ["\(area)/keep", "\(area)/destroy", "/retention/holds"] {
                #expect(try await house.post(address, [:], as: officer).status == 404)
            }
            for role in Role.allCases where ![.privacyOfficer, .recordsManager].contains(role) {
                #expect(try await house.get("/retention", as: try await house.person([role])).status == 404)
            }
        }
    }
}
