import Access
import Foundation
import Kernel
import Ledger
import TestKit
import Testing

@testable import Web

@Suite("Inspection routes")
struct InspectionRouteTests {
    /// Brings the report in as a person does: paste, look, keep.
    static func bring(_ text: String, _ browser: InspectionBrowser) async throws -> String {
        let encoded = Data(text.utf8).base64EncodedString()
        let kept = try await browser.upload("/inspections", ["name": "r.txt", "text": encoded, "step": "keep"])
        return String(kept.location.split(separator: "?").first ?? "")
    }

    /// The address of the first area for improvement.
    static func firstArea(_ browser: InspectionBrowser) async throws -> String {
        let page = try await browser.get("/areas?view=all").text
        let start = try #require(page.range(of: "href=\"/areas/area-"))
        return String(page[page.index(start.lowerBound, offsetBy: 6)...].prefix { $0 != "\"" })
    }

    @Test("a pasted report is shown before it is kept, and is kept once")
    func pasted() async throws {
        let house = try await InspectionHouse.open()
        let lead = try await house.leadBrowser()
        #expect(try await lead.get("/inspections").text.contains("No inspection report is here yet."))
        let preview = try await lead.upload("/inspections/read", ["text": InspectionText.report2017])
        #expect(preview.status == 200 && preview.text.contains("Nothing is kept yet"))
        #expect(try await lead.get("/inspections").text.contains("No inspection report is here yet."))
        let address = try await Self.bring(InspectionText.report2017, lead)
        let page = try await lead.get(address)
        #expect(page.status == 200)
        #expect(page.text.contains("Not inspected in 2017. The 2016 grade still stands."))
        #expect(page.text.contains("We do not hold that grade."))
        #expect(page.text.contains("The force should check its bail dates every week."))
        let again = try await lead.upload(
            "/inspections",
            ["name": "r.txt", "text": Data(InspectionText.report2017.utf8).base64EncodedString(), "step": "keep"])
        #expect(again.location == address + "?done=already-held")
        let source = try await lead.get(address + "/source")
        #expect(source.bytes == Array(InspectionText.report2017.utf8))
        #expect(source.disposition.hasPrefix("attachment"))
        try await house.store.remove()
    }

    @Test("a grade carried over twice is followed back to the report that is missing, not to one that is held")
    func carriedTwice() async throws {
        let house = try await InspectionHouse.open()
        let lead = try await house.leadBrowser()
        _ = try await Self.bring(InspectionText.report2017, lead)
        let later = InspectionText.report2017.replacingOccurrences(of: "2017", with: "2018")
            .replacingOccurrences(of: "2016", with: "2017")
        let page = try await lead.get(try await Self.bring(later, lead))
        #expect(page.text.contains("Not inspected in 2018. The 2017 grade still stands."))
        #expect(page.text.contains("We do not hold that grade. Add the 2016 report to see it."))
        try await house.store.remove()
    }

    @Test("a text that is no report is refused with what was expected, and the text stays on the page")
    func refused() async throws {
        let house = try await InspectionHouse.open()
        let lead = try await house.leadBrowser()
        let reply = try await lead.upload("/inspections/read", ["text": "A shopping list & <b>eggs</b>"])
        #expect(reply.status == 403)
        #expect(reply.text.contains("We look for a title that names a police force"))
        #expect(reply.text.contains("A shopping list &amp; &lt;b&gt;eggs"))
        let binary = try await lead.upload(
            "/inspections/read", ["text": ""], file: ("file", "report.pdf", Array("%PDF-1.7\u{0}\u{0}".utf8)))
        #expect(binary.status == 422 && binary.text.contains("This is not plain text."))
        try await house.store.remove()
    }

    @Test("an owner and a date are saved, and a second writer sees both versions and loses nothing")
    func planned() async throws {
        let house = try await InspectionHouse.open()
        let lead = try await house.leadBrowser()
        let other = try await house.browser(named: "ola", [.inspectionLead])
        _ = try await Self.bring(InspectionText.report2017, lead)
        let area = try await Self.firstArea(lead)
        let saved = try await lead.post(
            area + "/plan",
            ["version": "1", "owner": "ola", "due-day": "31", "due-month": "3", "due-year": "2030"])
        #expect(saved.status == 303 && saved.location == area + "?done=saved")
        let late = try await other.post(
            area + "/plan",
            ["version": "1", "owner": lead.user, "due-day": "1", "due-month": "6", "due-year": "2031"])
        #expect(late.status == 409)
        #expect(late.text.contains("31 March 2030") && late.text.contains("1 June 2031"))
        #expect(late.text.contains("name=\"version\" value=\"2\""))
        let page = try await lead.get(area).text
        #expect(page.contains("31 March 2030") && !page.contains("1 June 2031"))
        let chosen = try await other.post(
            area + "/plan/resolve",
            [
                "version": "2", "owner-choice": "theirs", "owner-mine": "x", "owner-theirs": "Person ola",
                "owner-edit": "x", "due-choice": "mine", "due-mine": "1 June 2031", "due-theirs": "31 March 2030",
                "due-edit": "1 June 2031",
            ])
        #expect(chosen.status == 303)
        #expect(try await lead.get(area).text.contains("1 June 2031"))
        let history = try await lead.get(area + "/history").text
        #expect(history.contains("Due date: 31 March 2030 → 1 June 2031"))
        try await house.store.remove()
    }

    @Test("a day that is none comes back as it was typed")
    func badDay() async throws {
        let house = try await InspectionHouse.open()
        let lead = try await house.leadBrowser()
        _ = try await Self.bring(InspectionText.report2017, lead)
        let area = try await Self.firstArea(lead)
        let reply = try await lead.post(
            area + "/plan",
            ["version": "1", "owner": lead.user, "due-day": "31", "due-month": "Febr", "due-year": "2030"])
        #expect(reply.status == 422 && reply.text.contains("value=\"Febr\""))
        try await house.store.remove()
    }

    @Test("the two views of where it stands are kept apart, with their history")
    func standing() async throws {
        let house = try await InspectionHouse.open()
        let lead = try await house.leadBrowser()
        _ = try await Self.bring(InspectionText.report2017, lead)
        let area = try await Self.firstArea(lead)
        let reply = try await lead.post(
            area + "/status/force",
            [
                "version": "1", "status": "closed-by-force", "on-day": "1", "on-month": "3", "on-year": "2026",
                "words": "All files have one officer.",
            ])
        #expect(reply.status == 303)
        let unproven = try await lead.post(
            area + "/status/inspectorate",
            ["version": "2", "status": "complete", "on-day": "1", "on-month": "3", "on-year": "2026", "words": ""])
        #expect(unproven.status == 422 && unproven.text.contains("Say where the inspectorate says so"))
        let page = try await lead.get(area).text
        #expect(page.contains("Closed by the force") && page.contains("Nothing is recorded yet."))
        let late = try await lead.post(
            area + "/status/force",
            [
                "version": "1", "status": "in-progress", "on-day": "2", "on-month": "3", "on-year": "2026",
                "words": "Not yet.",
            ])
        #expect(
            late.status == 409 && late.text.contains("All files have one officer.") && late.text.contains("Not yet."))
        try await house.store.remove()
    }

    @Test("an action is given, done and shown; whoever was only given it sees it at home")
    func actions() async throws {
        let house = try await InspectionHouse.open()
        let lead = try await house.leadBrowser()
        let officer = try await house.browser(named: "kim", [.responseOfficer])
        _ = try await Self.bring(InspectionText.report2017, lead)
        let area = try await Self.firstArea(lead)
        let given = try await lead.post(
            area + "/actions",
            [
                "title": "Name an officer on each file", "owner": "kim", "due-day": "1", "due-month": "5",
                "due-year": "2030",
            ])
        #expect(given.status == 303)
        let home = try await officer.get("/").text
        let start = try #require(home.range(of: "href=\"/actions/"))
        let action = String(home[home.index(start.lowerBound, offsetBy: 6)...].prefix { $0 != "\"" })
        #expect(try await officer.get(area).status == 404)
        let done = try await officer.post(action, ["version": "1", "what": "done", "words": ""])
        #expect(done.status == 303)
        let stale = try await officer.post(
            action, ["version": "1", "what": "reopened", "words": "Two files were missed."])
        #expect(stale.status == 409 && stale.text.contains("Two files were missed."))
        #expect(try await lead.get(area).text.contains("Done"))
        try await house.store.remove()
    }

    @Test("an action that is sent twice is given once, and one whose words nobody can see is refused")
    func sentTwice() async throws {
        let house = try await InspectionHouse.open()
        let lead = try await house.leadBrowser()
        _ = try await Self.bring(InspectionText.report2017, lead)
        let area = try await Self.firstArea(lead)
        let form = try await lead.get(area + "/actions").text
        let start = try #require(form.range(of: "name=\"once\" value=\""))
        let once = String(form[start.upperBound...].prefix { $0 != "\"" })
        _ = try await house.browser(named: "kim", [.responseOfficer])
        for title in ["Light the path", "Light the path", "\u{200B}\u{202E}"] {
            let reply = try await lead.post(
                area + "/actions",
                [
                    "title": title, "owner": "kim", "due-day": "1", "due-month": "5", "due-year": "2030", "once": once,
                ])
            #expect(reply.status == (title.contains("L") ? 303 : 422))
        }
        #expect(try await lead.get(area).text.components(separatedBy: ">Light the path<").count == 2)
        try await house.store.remove()
    }

    @Test("evidence takes a document, gives it back as a file to keep, and logs who took it")
    func evidence() async throws {
        let house = try await InspectionHouse.open()
        let lead = try await house.leadBrowser()
        _ = try await Self.bring(InspectionText.report2017, lead)
        let area = try await Self.firstArea(lead)
        let day: KeyValuePairs = [
            "claim": "Files were read", "on-day": "1", "on-month": "3", "on-year": "2026", "marking": "OFFICIAL",
        ]
        let empty = try await lead.upload(area + "/evidence", day)
        #expect(empty.status == 422 && empty.text.contains("Files were read"))
        let wrong = try await lead.upload(
            area + "/evidence", day, file: ("document", "page.html", Array("<script>alert(1)</script>".utf8)))
        #expect(wrong.status == 422)
        let added = try await lead.upload(
            area + "/evidence", day, file: ("document", "audit.txt", Array("40 files".utf8)))
        #expect(added.status == 303)
        let page = try await lead.get(area).text
        let start = try #require(page.range(of: "href=\"\(area)/documents/"))
        let address = String(page[page.index(start.lowerBound, offsetBy: 6)...].prefix { $0 != "\"" })
        let document = try await lead.get(address)
        #expect(document.text == "40 files")
        #expect(document.disposition == "attachment; filename=\"audit.txt\"")
        let log = try await house.store.log()
        #expect(
            log.contains { $0.kind == "inspection.document" && $0.operation == .disclosure && $0.user == lead.user })
        try await house.store.remove()
    }

    @Test("measures that do not exist cannot be linked")
    func unknownMeasure() async throws {
        let house = try await InspectionHouse.open()
        let lead = try await house.leadBrowser()
        _ = try await Self.bring(InspectionText.report2017, lead)
        let area = try await Self.firstArea(lead)
        let reply = try await lead.post(
            area + "/measures", ["version": "1", "measure": "nothing-such", "step": "link"])
        #expect(reply.status == 404)
        let linked = try await lead.post(
            area + "/measures", ["version": "1", "measure": "recorded-crime", "step": "link"])
        #expect(linked.status == 303)
        #expect(try await lead.get(area).text.contains("No data yet."))
        try await house.store.remove()
    }

    @Test("a later report gives the grade that was carried, and says what became of an area")
    func later() async throws {
        let house = try await InspectionHouse.open()
        let lead = try await house.leadBrowser()
        let first = try await Self.bring(InspectionText.report2017, lead)
        let area = try await Self.firstArea(lead)
        #expect(try await lead.get(area + "/later").text.contains("No later report of this force is here."))
        let second = try await Self.bring(InspectionText.report2018, lead)
        let page = try await lead.get(second).text
        #expect(page.contains("What earlier reports asked for"))
        #expect(try await lead.get(first).text.contains("(later)"))
        let report = String(second.split(separator: "/").last ?? "")
        let statement = "Each investigation now has one named officer."
        let form = try await lead.get(area + "/later?report=\(report)").text
        #expect(form.contains(statement))
        let linked = try await lead.post(
            area + "/later", ["report": report, "statement": statement, "words": "It is met."])
        #expect(linked.status == 303)
        #expect(try await lead.get(second).text.contains(statement))
        let invented = try await lead.post(
            area + "/later", ["report": report, "statement": "All is well.", "words": ""])
        #expect(invented.status == 422)
        try await house.store.remove()
    }

    @Test("a finding can be followed up, once")
    func followed() async throws {
        let house = try await InspectionHouse.open()
        let lead = try await house.leadBrowser()
        let report = try await Self.bring(InspectionText.report2017, lead)
        let page = try await lead.get(report).text
        let start = try #require(page.range(of: "name=\"finding\" value=\""))
        let finding = String(page[start.upperBound...].prefix { $0.isNumber })
        let made = try await lead.post(report + "/followed", ["question": "0", "finding": finding])
        let again = try await lead.post(report + "/followed", ["question": "0", "finding": finding])
        #expect(made.status == 303 || made.status == 404)
        #expect(made.location == again.location)
        try await house.store.remove()
    }

    @Test("what was known on a day before it came is not shown, and a day to come is refused")
    func known() async throws {
        let house = try await InspectionHouse.open()
        let lead = try await house.leadBrowser()
        _ = try await Self.bring(InspectionText.report2017, lead)
        let area = try await Self.firstArea(lead)
        let before = try await lead.get(area + "?at-day=1&at-month=1&at-year=2020")
        #expect(before.status == 422 && before.text.contains("This area was not here yet on 1 January 2020."))
        #expect(try await lead.get(area + "?at-day=1&at-month=1&at-year=2099").status == 422)
        house.store.clock.advance(seconds: 2 * 86_400)
        let back = try await house.leadBrowser()
        let later = try await back.post(
            area + "/plan", ["version": "1", "owner": lead.user, "due-day": "", "due-month": "", "due-year": ""])
        #expect(later.location == area + "?done=saved")
        let day = LondonTime.day(of: TestClock.start)
        let past = try await back.get(area + "?at-day=\(day.day)&at-month=\(day.month)&at-year=\(day.year)")
        #expect(
            past.status == 200 && past.text.contains("This is what was known on") && past.text.contains("Nobody yet"))
        try await house.store.remove()
    }
}

@Suite("Who may do what with an inspection")
struct InspectionAccessTests {
    @Test("somebody who may not see an area gets the same bytes as for one that does not exist")
    func absent() async throws {
        let house = try await InspectionHouse.open()
        let lead = try await house.leadBrowser()
        let officer = try await house.browser(named: "kim", [.responseOfficer])
        _ = try await InspectionRouteTests.bring(InspectionText.report2017, lead)
        let area = try await InspectionRouteTests.firstArea(lead)
        for part in ["", "/history", "/plan", "/status/force", "/actions", "/measures", "/evidence", "/later", "/pack"]
        {
            let denied = try await officer.get(area + part)
            let nothing = try await officer.get("/areas/area-nothing\(part)")
            #expect(denied.status == 404 && denied.bytes == nothing.bytes, "\(part)")
        }
        let post = try await officer.post(area + "/plan", ["version": "1", "owner": "kim"])
        #expect(post.status == 404)
        #expect(try await officer.get("/inspections/new").status == 404)
        #expect(!(try await officer.get("/").text.contains("Areas that nobody owns")))
        try await house.store.remove()
    }

    @Test("an analyst sees an area and may not change it or take it out")
    func analyst() async throws {
        let house = try await InspectionHouse.open()
        let lead = try await house.leadBrowser()
        let analyst = try await house.browser(named: "ana", [.analyst])
        _ = try await InspectionRouteTests.bring(InspectionText.report2017, lead)
        let area = try await InspectionRouteTests.firstArea(lead)
        let page = try await analyst.get(area)
        #expect(page.status == 200 && !page.text.contains("Download the evidence pack"))
        for part in ["/plan", "/actions", "/measures", "/evidence", "/later", "/pack"] {
            #expect(try await analyst.get(area + part).status == 404, "\(part)")
        }
        try await house.store.remove()
    }

    @Test("a form without its token changes nothing")
    func token() async throws {
        let house = try await InspectionHouse.open()
        let lead = try await house.leadBrowser()
        _ = try await InspectionRouteTests.bring(InspectionText.report2017, lead)
        let area = try await InspectionRouteTests.firstArea(lead)
        let forged = InspectionBrowser(site: house.site, cookie: lead.cookie, formToken: "forged", user: lead.user)
        #expect(try await forged.post(area + "/plan", ["version": "1", "owner": lead.user]).status == 403)
        let upload = try await forged.upload(area + "/evidence", ["claim": "x"], file: ("document", "a.txt", [65]))
        #expect(upload.status == 403)
        #expect(try await lead.get(area).text.contains("Nobody yet"))
        try await house.store.remove()
    }
}
