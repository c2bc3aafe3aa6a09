import Access
import Foundation
import Kernel
import Ledger
import TestKit
import Testing

@testable import Web

@Suite("Taking the evidence pack out")
struct InspectionPackRouteTests {
    private static let hasPrinter =
        PackPrinter.find("weasyprint", path: ProcessInfo.processInfo.environment["PATH"] ?? "") != nil

    @Test(
        "the pack is a PDF of several pages and the log holds who took it",
        .enabled(if: hasPrinter, "WeasyPrint is not installed"))
    func pdf() async throws {
        let house = try await InspectionHouse.open()
        let lead = try await house.leadBrowser()
        _ = try await InspectionRouteTests.bring(InspectionText.report2017, lead)
        let area = try await InspectionRouteTests.firstArea(lead)
        let reply = try await lead.get(area + "/pack")
        #expect(reply.status == 200 && reply.bytes.starts(with: Array("%PDF-".utf8)))
        #expect(reply.disposition.hasPrefix("attachment; filename=\"evidence-pack-"))
        let log = try await house.store.log()
        #expect(
            log.contains {
                $0.kind == "inspection.pack" && $0.operation == .disclosure && $0.wasAllowed && $0.user == lead.user
            })
        try await house.store.remove()
    }

    @Test("the page for printing holds the words, the grade that stands and where it comes from")
    func page() async throws {
        let house = try await InspectionHouse.open()
        let lead = try await house.leadBrowser()
        _ = try await InspectionRouteTests.bring(InspectionText.report2017, lead)
        let area = try await InspectionRouteTests.firstArea(lead)
        let page = try await lead.get(area + "/pack?as=page").text
        for words in [
            "The force should give each investigation one named officer.", "The 2016 grade still stands.", "OFFICIAL",
            "r.txt",
        ] {
            #expect(page.contains(words), "\(words)")
        }
        try await house.store.remove()
    }

    @Test("for whom it is stands in the log, and only as a short name")
    func recipient() async throws {
        let house = try await InspectionHouse.open()
        let lead = try await house.leadBrowser()
        _ = try await InspectionRouteTests.bring(InspectionText.report2017, lead)
        let area = try await InspectionRouteTests.firstArea(lead)
        #expect(try await lead.get(area + "/pack?as=page&recipient=HMICFRS").status == 200)
        #expect(try await lead.get(area + "/pack?as=page&recipient=Jo%20Canary").status == 422)
        #expect(try await lead.get(area + "/pack?as=page").status == 200)
        let log = try await house.store.log()
        #expect(log.filter { $0.kind == "inspection.pack" }.map(\.recipient) == ["hmicfrs", nil])
        #expect(log.filter { $0.kind == "inspection.pack" }.allSatisfy { area.hasSuffix($0.record ?? "none") })
        #expect(!log.contains { $0.about.contains("Canary") })
        try await house.store.remove()
    }

    @Test("a program is found on the path only where it can be run")
    func finding() {
        #expect(PackPrinter.find("sh", path: "/nowhere:/bin") != nil)
        #expect(PackPrinter.find("sh", path: "/nowhere") == nil)
        #expect(PackPrinter.find("no-such-program", path: "/bin:/usr/bin") == nil)
    }

    @Test("at most two are printed at once, and a full queue is refused")
    func places() async throws {
        let places = PrintPlaces(atOnce: 1, waiting: 0)
        try await places.enter()
        await #expect(throws: Problem.self) { try await places.enter() }
        await places.leave()
        try await places.enter()
    }
}
