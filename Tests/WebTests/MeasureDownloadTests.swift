import Access
import Foundation
import HTTPTypes
import Kernel
import Ledger
import TestKit
import Testing

@testable import Web

@Suite("Figures that leave the house")
struct MeasureDownloadTests {
    private static let query = "by=district&from=2025-03&until=2025-03"

    @Test("small counts are withheld from CSV and JSON, and a page inside the house shows them")
    func suppressed() async throws {
        try await MeasureHouse.open { house in
            let analyst = try await house.browser(named: "ana", [.analyst])
            let csv = try await analyst.get("/measures/crime-robbery/csv?\(Self.query)")
            #expect(csv.status == 200)
            #expect(csv.headers[.contentDisposition] == "attachment; filename=\"crime-robbery-by-district.csv\"")
            let rows = csv.text.split(separator: "\r\n").filter { $0.contains("port") }
            #expect(rows.count == 2)
            for row in rows { #expect(row.contains("suppressed") && !row.contains(",2,") && !row.contains(",1,")) }
            let json = try await analyst.get("/measures/crime-robbery/json?\(Self.query)")
            let points = try Self.points(json.body)
            #expect(points.count == 2)
            for point in points {
                #expect(point["suppressed"] as? Bool == true && point["signal"] as? String == "suppressed")
                for name in ["numerator", "denominator", "value", "low", "high"] {
                    #expect(point[name] is NSNull, "\(name)")
                }
            }
            let page = try await analyst.get("/measures/crime-robbery?\(Self.query)").text
            #expect(page.contains("<td class=\"number\">2</td>"))
        }
    }

    @Test("limits are left out where a count is withheld: they could give it away")
    func limits() async throws {
        try await MeasureHouse.open { house in
            let analyst = try await house.browser(named: "ana", [.analyst])
            let bytes = try await analyst.get("/measures/crime-robbery/json").body
            let document = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
            let limits = try #require(document["limits"] as? [String: Any])
            for name in ["centre", "low", "high"] { #expect(limits[name] is NSNull, "\(name)") }
            #expect(limits["explanation"] as? String == "Limits are left out: a count is withheld.")
        }
    }

    @Test("counts that are not small leave whole, with their limits")
    func whole() async throws {
        try await MeasureHouse.open { house in
            let analyst = try await house.browser(named: "ana", [.analyst])
            let bytes = try await analyst.get("/measures/recorded-crime/json").body
            let points = try Self.points(bytes)
            #expect(points.count == 15)
            #expect(points.last?["numerator"] as? Int == 125 && points.last?["suppressed"] as? Bool == false)
            #expect(points[5]["numerator"] is NSNull && points[5]["signal"] as? String == "no data")
            let document = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
            let limits = try #require(document["limits"] as? [String: Any])
            #expect(limits["method"] as? String == "xmr-mean" && limits["centre"] is Double)
        }
    }

    private static func points(_ bytes: [UInt8]) throws -> [[String: Any]] {
        let document = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
        return try #require(document?["points"] as? [[String: Any]])
    }

    @Test("each download is in the log as a disclosure, with what was asked")
    func audit() async throws {
        try await MeasureHouse.open { house in
            let analyst = try await house.browser(named: "ana", [.analyst])
            _ = try await analyst.get("/measures/crime-robbery/csv?\(Self.query)")
            _ = try await analyst.get("/measures/crime-robbery/json?\(Self.query)")
            let log = try await house.web.audit().filter { $0.operation == .disclosure }
            #expect(
                log.map(\.user) == [analyst.user, analyst.user]
                    && log.allSatisfy { $0.kind == "measure" && $0.wasAllowed })
            #expect(
                log.map(\.about) == [
                    "crime-robbery by district from 2025-03 until 2025-03",
                    "crime-robbery by district from=2025-03 until=2025-03 as JSON",
                ])
        }
    }

    @Test("who may not disclose gets the answer of an address that does not exist, and the try is in the log")
    func refused() async throws {
        try await MeasureHouse.open { house in
            let officer = try await house.browser(named: "oli", [.responseOfficer])
            let nothing = try await officer.get("/measures/recorded-crime/no-such-page").body
            for kind in ["csv", "json"] {
                let reply = try await officer.get("/measures/recorded-crime/\(kind)")
                #expect(reply.status == 404 && reply.body == nothing)
            }
            let tries = try await house.web.audit().filter { !$0.wasAllowed }
            #expect(
                tries.map(\.operation) == [.disclosure, .disclosure]
                    && tries.map(\.user) == [officer.user, officer.user])
        }
    }
}
