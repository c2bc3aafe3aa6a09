import Access
import Foundation
import Kernel
import Ledger
import Pages
import TestKit
import Testing

@testable import Web

@Suite("Rows behind a point")
struct MeasureRowsTests {
    private static let march = "/measures/recorded-crime/rows?period=2025-03"

    @Test("fifty to a page, forwards and back, each row once, as many as the point says")
    func pages() async throws {
        try await MeasureHouse.open { house in
            let officer = try await house.browser(named: "oli", [.responseOfficer])
            var (path, seen, pages): (String, [String], [String]) = (Self.march, [], [])
            while pages.count < 5 {
                let page = try await officer.get(path).text
                #expect(page.contains("<strong>125 rows</strong>"))
                seen += Self.identifiers(page)
                pages.append(page)
                guard let next = MeasureBrowser.link("Next 50 →", in: page) else { break }
                path = next
            }
            #expect(pages.count == 3 && seen.count == 125 && Set(seen).count == 125)
            let back = try #require(MeasureBrowser.link("← Previous 50", in: pages[2]))
            #expect(try await officer.get(back).text == pages[1])
            let first = try #require(MeasureBrowser.link("← Previous 50", in: pages[1]))
            #expect(try await officer.get(first).text == pages[0])
            #expect(MeasureBrowser.link("← Previous 50", in: pages[0]) == nil)
        }
    }

    private static func identifiers(_ page: String) -> [String] {
        page.split(separator: "<code>").dropFirst().map { String($0.prefix { $0 != "<" }) }
    }

    @Test("a row names its file and line and nothing of the machine, and nothing in it becomes markup")
    func content() async throws {
        try await MeasureHouse.open { house in
            let officer = try await house.browser(named: "oli", [.responseOfficer])
            let page = try await officer.get(Self.march).text
            #expect(page.contains("2025-03-northshire-street.csv, line "))
            #expect(!page.contains(house.folder), "the folder is the business of whoever loaded it")
            #expect(page.contains("On or near &lt;b&gt;Mill&lt;/b&gt; Lane") && !page.contains("<b>Mill"))
            #expect(page.contains("<summary class=\"short\">aaaaaaaa…</summary>"))
            #expect(page.contains("Under investigation") && page.contains("Northport 001A"))
            #expect(!page.contains("Anti-social behaviour"))
        }
    }

    @Test("each page that is opened is one entry in the log, in identifiers")
    func audit() async throws {
        try await MeasureHouse.open { house in
            let officer = try await house.browser(named: "oli", [.responseOfficer])
            let page = try await officer.get(Self.march).text
            let next = try #require(MeasureBrowser.link("Next 50 →", in: page))
            let before = try await house.web.audit().count
            _ = try await officer.get(next)
            let added = try await house.web.audit().dropFirst(before)
            #expect(added.count == 1)
            let entry = try #require(added.first)
            #expect(entry.user == officer.user && entry.operation == .consultation && entry.kind == "feed.street")
            #expect(entry.about.hasPrefix("recorded-crime 2025-03 after ") && entry.wasAllowed)
            #expect(!entry.about.contains("Mill"))
        }
    }

    @Test("a group of an area or a type has exactly its rows, and the filter is said in words")
    func groups() async throws {
        try await MeasureHouse.open { house in
            let officer = try await house.browser(named: "oli", [.responseOfficer])
            let robbery = try await officer.get(
                "/measures/recorded-crime/rows?by=crime-type&from=2025-01&until=2025-03&period=2025-01%2F2025-03&group=Robbery"
            ).text
            #expect(robbery.contains("<strong>9 rows</strong>, only crime type Robbery"))
            #expect(!robbery.contains("<span>Burglary</span>"))
            let kept = try await officer.get("\(Self.march)&district=Northport&crime-type=Robbery").text
            #expect(kept.contains("<strong>2 rows</strong>, only district Northport, crime type Robbery"))
        }
    }

    @Test("an address that names no period, or a place that is gone, does not show other rows")
    func wrong() async throws {
        try await MeasureHouse.open { house in
            let officer = try await house.browser(named: "oli", [.responseOfficer])
            #expect(try await officer.get("/measures/recorded-crime/rows").status == 404)
            #expect(try await officer.get("/measures/recorded-crime/rows?period=soon").status == 404)
            #expect(try await officer.get("/measures/nothing/rows?period=2025-03").status == 404)
            #expect(try await officer.get("\(Self.march)&after=99999999999999").status == 422)
            let gap = try await officer.get("/measures/recorded-crime/rows?period=2024-06").text
            #expect(gap.contains("<strong>0 rows</strong>") && gap.contains("No rows here."))
        }
    }

    @Test("the way back is remembered for sixty pages, and beyond that leads to the first")
    func trail() {
        var trail = RowTrail("", at: nil)
        #expect(trail.previous("/measures/a/rows") == nil)
        for page in 1...100 {
            let next = trail.next(Int64(page), "/measures/a/rows").text
            let back = next.split(separator: "back=").last.map(String.init) ?? ""
            trail = RowTrail(back, at: Int64(page))
            #expect(next.utf8.count < 1500)
        }
        #expect(trail.places.count == 60 && trail.places.last == 99)
        #expect(RowTrail("", at: 7).previous("/measures/a/rows")?.text == "/measures/a/rows")
        #expect(RowTrail("0.x.-4", at: 7).places == [0])
    }
}
