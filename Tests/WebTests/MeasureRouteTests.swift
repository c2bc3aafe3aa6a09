import Access
import Foundation
import Kernel
import Ledger
import TestKit
import Testing

@testable import Web

@Suite("Measure routes")
struct MeasureRouteTests {
    @Test("an empty house says what to load, and only those who may load are led there")
    func empty() async throws {
        try await MeasureHouse.open(isEmpty: true) { house in
            let analyst = try await house.browser(named: "ana", [.analyst])
            let officer = try await house.browser(named: "oli", [.responseOfficer])
            let page = try await analyst.get("/measures").text
            #expect(page.contains("No data yet.") && page.contains("/feeds/new"))
            let other = try await officer.get("/measures").text
            #expect(other.contains("No data yet.") && !other.contains("/feeds/new"))
            #expect(try await analyst.get("/measures/recorded-crime").text.contains("There is no figure to draw."))
            #expect(try await analyst.get("/measures/reconciliation").text.contains("No data yet."))
            #expect(try await analyst.get("/measures/recorded-crime/rebase").text.contains("There are no figures yet."))
        }
    }

    @Test("the list has each latest figure, and looking again does not read every series again")
    func list() async throws {
        try await MeasureHouse.open { house in
            let officer = try await house.browser(named: "oli", [.responseOfficer])
            let page = try await officer.get("/measures").text
            #expect(page.contains("March 2025") && page.contains("125 crimes"))
            #expect(page.contains("This point is above the upper limit."))
            let before = try await house.web.audit().count
            #expect(try await officer.get("/measures").text == page)
            let added = try await house.web.audit().dropFirst(before)
            #expect(
                added.map { "\($0.user) \($0.operation) \($0.kind) \($0.about)" } == [
                    "\(officer.user) consultation measure list", "\(officer.user) consultation feed.batch list",
                    "\(officer.user) consultation measure recorded-crime-per-1000 by month",
                ])
        }
    }

    @Test("a measure has its chart, a table of every point, and a gap where a month is missing")
    func measure() async throws {
        try await MeasureHouse.open { house in
            let officer = try await house.browser(named: "oli", [.responseOfficer])
            let reply = try await officer.get("/measures/recorded-crime")
            #expect(reply.status == 200)
            let page = reply.text
            #expect(page.contains("<svg class=\"chart-wide\""))
            #expect(page.contains("June 2024") && page.contains("no data"))
            #expect(page.contains("No file is held for June 2024. A missing month is not zero."))
            #expect(page.contains("XmR chart"))
            #expect(page.contains("Rows of the street files that are not anti-social behaviour"))
            #expect(page.contains("This point is above the upper limit. That is for the worse."))
            for absent in [
                "/measures/recorded-crime/csv", "/measures/recorded-crime/json", "/measures/recorded-crime/rebase",
            ] {
                #expect(!page.contains(absent), "an officer may not: \(absent)")
            }
        }
    }

    @Test("groups are ranked with their ranges, and small ones carry a caution")
    func groups() async throws {
        try await MeasureHouse.open { house in
            let officer = try await house.browser(named: "oli", [.responseOfficer])
            let page = try await officer.get("/measures/crime-robbery?by=district&from=2025-03&until=2025-03").text
            #expect(page.contains("<table class=\"bars\""))
            #expect(page.contains("small counts jump about") && page.contains("Small numbers"))
            #expect(page.contains("Northport") && page.contains("Southport"))
            let over = try #require(MeasureBrowser.link("Chart", in: page))
            #expect(over.contains("district=Northport"))
            let alone = try await officer.get(over).text
            #expect(alone.contains("Only district Northport."))
        }
    }

    @Test("a rate without people has no figure, and says what to load")
    func noPeople() async throws {
        try await MeasureHouse.open { house in
            let officer = try await house.browser(named: "oli", [.responseOfficer])
            let page = try await officer.get("/measures/recorded-crime-per-1000").text
            #expect(page.contains("There is no figure to draw.") && page.contains("No population is loaded"))
            #expect(page.contains("holdfast import tables FILE") && !page.contains("<svg class=\"chart-wide\""))
        }
    }

    @Test("figures can be asked for as they were known on an earlier day, down to the rows")
    func known() async throws {
        try await MeasureHouse.open { house in
            let officer = try await house.browser(named: "oli", [.responseOfficer])
            let loaded = LondonTime.day(of: house.web.ledger.now)
            let before = try await officer.get("/measures/recorded-crime?known=\(loaded.adding(days: -1))").text
            #expect(before.contains("As it was known at the end of") && before.contains("No street crimes are loaded"))
            let after = try await officer.get("/measures/recorded-crime?known=\(loaded)").text
            #expect(after.contains("125 crimes") && after.contains("known=\(loaded)&amp;period=2025-03"))
            let rows = "/measures/recorded-crime/rows?period=2025-03&known="
            #expect(try await officer.get(rows + "\(loaded)").text.contains("<strong>125 rows</strong>"))
            #expect(try await officer.get(rows + "\(loaded.adding(days: -1))").text.contains("<strong>0 rows</strong>"))
        }
    }

    @Test("a question that makes no sense is told beside its field, over the measure as a whole")
    func wrongQuestion() async throws {
        try await MeasureHouse.open { house in
            let officer = try await house.browser(named: "oli", [.responseOfficer])
            for query in [
                "by=colour", "from=spring", "from=2025-01&until=2024-01", "by=object", "only=x", "known=today",
            ] {
                let reply = try await officer.get("/measures/recorded-crime?\(query)")
                #expect(reply.status == 422, "\(query)")
                #expect(reply.text.contains("There is a problem") && reply.text.contains("March 2025"), "\(query)")
            }
            let unknown = try await officer.get("/measures/no-such-measure")
            #expect(unknown.status == 404)
        }
    }

    @Test("limits start again only with a month and a reason, by those who may, and it is told who did")
    func rebase() async throws {
        try await MeasureHouse.open { house in
            let analyst = try await house.browser(named: "ana", [.analyst])
            let officer = try await house.browser(named: "oli", [.responseOfficer])
            let address = "/measures/crime-burglary/rebase"
            #expect(try await officer.get(address).body == officer.get("/measures/crime-burglary/no-such-page").body)
            #expect(try await officer.post(address, ["month": "2024-10", "reason": "x"]).status == 404)

            let without = try await analyst.post(address, ["month": "", "reason": " "])
            #expect(without.status == 422)
            #expect(
                without.text.contains("Choose the first month of the new limits")
                    && without.text.contains("Enter a reason")
            )
            let typed = try await analyst.post(address, ["month": "", "reason": "A new <recording> rule"])
            #expect(typed.status == 422 && typed.text.contains("A new &lt;recording&gt; rule"))

            let done = try await analyst.post(address, ["month": "2024-10", "reason": "A new recording rule"])
            #expect(done.status == 303 && done.location == "/measures/crime-burglary?done=rebased")
            let page = try await officer.get("/measures/crime-burglary").text
            #expect(page.contains("From October 2024 the limits start again: A new recording rule"))
            let list = try await analyst.get(address).text
            #expect(list.contains("Person ana") && list.contains("From October 2024"))
            let log = try await house.web.audit().filter { $0.kind == "measure.rebase" && $0.operation == .collection }
            #expect(log.map(\.user) == [analyst.user] && log.allSatisfy(\.wasAllowed))
            try await takeBack(address, list, analyst, officer)
        }
    }

    private func takeBack(
        _ address: String, _ list: String, _ analyst: MeasureBrowser, _ officer: MeasureBrowser
    ) async throws {
        let start = try #require(list.range(of: "action=\"\(address)/"))
        let id = String(list[start.upperBound...].prefix { $0 != "/" })
        let back = try await analyst.post(
            "\(address)/\(id)/withdraw", ["version": "1", "reason-\(id)": ""])
        #expect(back.status == 422 && back.text.contains("Enter a reason"))
        let done = try await analyst.post("\(address)/\(id)/withdraw", ["version": "1", "reason-\(id)": "Wrong month"])
        #expect(done.status == 303)
        #expect(try await analyst.get(address).text.contains("Taken back: Wrong month"))
        #expect(!(try await officer.get("/measures/crime-burglary").text.contains("the limits start again")))
        let late = try await analyst.post("\(address)/\(id)/withdraw", ["version": "1", "reason-\(id)": "Again"])
        #expect(late.status == 409)
    }

    @Test("without published figures the reconciliation shows ours, what to load, and no difference")
    func reconciliation() async throws {
        try await MeasureHouse.open { house in
            let officer = try await house.browser(named: "oli", [.responseOfficer])
            let page = try await officer.get("/measures/reconciliation?year=2024/25").text
            #expect(page.contains("No published figures are held") && page.contains("holdfast import tables FILE"))
            #expect(page.contains("Not held") && page.contains("Burglary") && page.contains("Total"))
            #expect(!page.contains("Anti-social behaviour"))
            #expect(page.contains("June 2024"), "a missing month is named")
        }
    }

    @Test("an analyst's home has the measures that stand out in the last month; nobody else's has")
    func home() async throws {
        try await MeasureHouse.open { house in
            let analyst = try await house.browser(named: "ana", [.analyst])
            let officer = try await house.browser(named: "oli", [.responseOfficer])
            let page = try await analyst.get("/").text
            #expect(page.contains("Measures that stand out in March 2025") && page.contains("/measures/crime-burglary"))
            #expect(!page.contains("/measures/crime-robbery"), "steady measures are not there")
            #expect(!(try await officer.get("/").text.contains("stand out")))
        }
    }
}
