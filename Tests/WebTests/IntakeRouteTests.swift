import Access
import HTTPTypes
import Kernel
import Ledger
import People
import TestKit
import Testing

@testable import Web

@Suite("Pages of partners’ data")
struct IntakeRouteTests {
    private static let header = "Child ID,Forename,Surname,DOB,Postcode,Shoe size"

    private static func file(_ rows: [String], name: String = "children.csv") -> SentFile {
        SentFile(name, ([header] + rows).joined(separator: "\n") + "\n", field: "file")
    }

    private static func rows(_ count: Int) -> [String] {
        (0..<count).map { "C\($0),Ada\($0),zqquill\($0),0\(1 + $0 % 9)/12/2015,TS1 1AA,3" }
    }

    private func agreement(_ house: WebHouse, _ user: WebPerson) async throws -> String {
        _ = try await house.person([.partnerPractitioner], agency: "housing")
        let until: Pairs = ["until-day": "31", "until-month": "12", "until-year": "2026"]
        let made = try await house.post(
            "/persons/agreements", ["agency": "housing", "title": "MASH 2026", "basis": "children-47"] + until, as: user
        )
        return try #require(made.location?.split(separator: "?").first.map(String.init))
    }

    private func id(_ address: String) -> String { address.split(separator: "/").last.map(String.init) ?? "" }

    /// Asks until the work is done.
    private func settled(_ address: String, _ house: WebHouse, _ user: WebPerson) async throws -> Reply {
        var reply = try await house.get(address, as: user)
        while reply.text.contains("data-poll") {
            try await Task.sleep(for: .milliseconds(20))
            reply = try await house.get(address, as: user)
        }
        return reply
    }

    private func checked(_ house: WebHouse, _ here: String, _ fields: Pairs, _ user: WebPerson) async throws -> Reply {
        #expect(try await house.post(here, fields + ["step": "check"], as: user).location == here)
        return try await settled(here, house, user)
    }

    private static let columns: Pairs = [
        "column-0": "number", "column-1": "given", "column-2": "family", "column-3": "born", "column-4": "postcode",
        "order": "day-month-year", "capacity": "child",
    ]

    @Test(.timeLimit(.minutes(5)))
    func `a file goes from its columns over a preview into the house, and its columns are remembered`() async throws {
        try await WebHouse.open { house in
            let user = try await house.person([.safeguardingPractitioner], name: "Mia Example")
            let terms = id(try await agreement(house, user))
            let bad = "C9,Nobody,zqnobody,31/31/2015,TS1 1AA,3"
            let sent = try await house.upload(
                "/persons/import", ["terms": terms], files: [Self.file(Self.rows(5) + [bad])], as: user)
            let here = try #require(sent.location)
            #expect(sent.status == 303 && here.hasPrefix("/persons/import/files/"))
            let columns = try await house.get(here, as: user).text
            #expect(columns.contains("Shoe size") && columns.contains("worked out from the names"))
            #expect(try await house.get("/persons/import", as: user).text.contains(here))
            let preview = try await checked(house, here, Self.columns, user).text
            for word in ["zqquill0", "5 December 2015", "The date of birth is no date", "Load 5 rows"] {
                #expect(preview.contains(word), "\(word)")
            }
            #expect(!preview.contains("zqnobody"))
            #expect(try await house.site.people.find(name: "zqquill1", as: user.actor.working(on: .person)).isEmpty)
            #expect(try await house.post(here, ["step": "load"], as: user).location == here)
            let result = try #require(try await settled(here, house, user).location)
            let page = try await house.get(result, as: user).text
            #expect(page.contains("Rows rejected") && page.contains("Line") && !page.contains("zqnobody"))
            let rejects = try await house.get(result + "/rejects", as: user)
            #expect(rejects.text.contains("7,The date of birth is no date") && !rejects.text.contains("zqnobody"))
            #expect(house.spooled().isEmpty)
            let found = try await house.site.people.find(name: "zqquill1", as: user.actor.working(on: .person))
            #expect(found.first?.record.body.source?.capacity == .child)
            let again = try await house.upload(
                "/persons/import", ["terms": terms], files: [Self.file(Self.rows(5))], as: user)
            let shown = try await house.get(try #require(again.location), as: user).text
            #expect(shown.contains("As you said it the last time") && shown.contains("value=\"child\" selected"))
            let log = try await house.audit().filter { $0.kind == "people.person" && $0.operation == .collection }
            #expect(log.count == 5 && log.allSatisfy { $0.purpose == "safeguarding" && $0.user == user.id.text })
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `a file that waits is hers alone, and one that is dropped leaves nothing`() async throws {
        try await WebHouse.open { house in
            let user = try await house.person([.safeguardingPractitioner])
            let other = try await house.person([.safeguardingPractitioner])
            let sent = try await house.upload(
                "/persons/import", ["terms": "own"], files: [Self.file(Self.rows(3))], as: user)
            let here = try #require(sent.location)
            for address in [here, here + "/progress"] {
                #expect(try await house.get(address, as: other).status == 404)
            }
            #expect(try await house.post(here, ["step": "load"], as: other).status == 404)
            #expect(!(try await house.get("/persons/import", as: other).text.contains(here)))
            // Nobody loads what was not looked through.
            _ = try await house.post(here, ["step": "load"], as: user)
            #expect(try await house.get(here, as: user).text.contains("What the columns hold"))
            let dropped = try await house.post(here, ["step": "drop"], as: user)
            #expect(dropped.location == "/persons/import?done=dropped" && house.spooled().isEmpty)
            #expect(try await house.get(here, as: user).status == 404)
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `a file or mapping that cannot be used is said on its page, and what was chosen stays`() async throws {
        try await WebHouse.open { house in
            let user = try await house.person([.safeguardingPractitioner])
            let none = try await house.upload("/persons/import", ["terms": "own"], files: [], as: user)
            #expect(none.status == 422 && none.text.contains("Choose one file"))
            #expect(none.text.contains("value=\"own\" selected"))
            let broken = try await house.upload(
                "/persons/import", ["terms": "own"],
                files: [SentFile("people.xlsx", "PK\u{3}\u{4} this is no zip file at all", field: "file")], as: user)
            #expect(broken.status == 422 && house.spooled().isEmpty)
            let sent = try await house.upload(
                "/persons/import", ["terms": "own"], files: [Self.file(Self.rows(3))], as: user)
            let here = try #require(sent.location)
            let without = try await checked(house, here, ["column-2": "family", "capacity": "child"], user)
            #expect(without.status == 422 && without.text.contains("No column is their own number"))
            #expect(
                without.text.contains("value=\"family\" selected") && without.text.contains("value=\"child\" selected"))
            let wrong = try await checked(house, here, Self.columns + ["column-3": "number"], user)
            #expect(wrong.status == 200, "the first value of a field counts")
            let american = Self.columns.all.map { $0.0 == "order" ? ($0.0, "month-day-year") : $0 }
            let late = try await checked(
                house, here, Pairs(american), user)
            #expect(late.text.contains("Load 3 rows"))
        }
    }

    @Test func `an agreement is changed and ended on its page, and what was typed wrongly is said`() async throws {
        try await WebHouse.open { house in
            let user = try await house.person([.supervisor])
            let page = try await agreement(house, user)
            let past: Pairs = [
                "version": "1", "title": "MASH 2027", "basis": "children-47", "until-day": "1", "until-month": "1",
                "until-year": "2020",
            ]
            let refused = try await house.post(page, past, as: user)
            #expect(refused.status == 422 && refused.text.contains("MASH 2027") && refused.text.contains("2020"))
            let later = Pairs(past.all.map { $0.0 == "until-year" ? ($0.0, "2027") : $0 })
            #expect(try await house.post(page, later, as: user).location == page + "?done=saved")
            #expect(try await house.post(page, later, as: user).status == 409)
            let silent = try await house.post(page + "/end", ["version": "2", "reason": " "], as: user)
            #expect(silent.status == 422)
            let ended = try await house.post(page + "/end", ["version": "2", "reason": "They left"], as: user)
            #expect(ended.location == page + "?done=ended")
            let shown = try await house.get(page, as: user).text
            #expect(shown.contains("They left") && shown.contains("26 October 2026") && !shown.contains("End it today"))
            #expect(!(try await house.get("/persons/import/new", as: user).text.contains("MASH 2027")))
        }
    }
}
