import Access
import Feeds
import Foundation
import Kernel
import Ledger
import TestKit

@testable import Web

/// A site with fifteen invented months of one force: burglaries that vary a little and then double, three robberies a
/// month, a place name that tries to be markup, and one month that is missing.
struct MeasureHouse: Sendable {
    static let missing = Month(index: 2024 * 12 + 5)

    let web: WebHouse

    static func open(isEmpty: Bool = false, _ body: (MeasureHouse) async throws -> Void) async throws {
        try await WebHouse.open { web in
            let house = MeasureHouse(web: web)
            if !isEmpty { try await house.load() }
            try await body(house)
        }
    }

    func browser(named name: String, _ roles: Set<Role>) async throws -> MeasureBrowser {
        MeasureBrowser(web: web, person: try await web.person(roles, name: "Person \(name)"))
    }

    var folder: String { web.store.folder.path }

    private func load() async throws {
        let folder = web.store.folder.appendingPathComponent("files", isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let months = (0..<15).map { Month(index: 2024 * 12 + $0) }.filter { $0 != MeasureHouse.missing }
        let inputs = try months.map { month in
            let name = "\(month)-northshire-street.csv"
            try Data(MeasureHouse.file(month).utf8).write(to: folder.appendingPathComponent(name))
            return ImportInput(path: folder.appendingPathComponent(name).path, name: "\(folder.path)/\(name)")
        }
        _ = try await web.site.feeds.importFiles(inputs, as: TestActor.police([.analyst], user: "loader"))
    }

    /// How many burglaries there are in a month.
    static func burglaries(_ month: Month) -> Int {
        let usual = 60 + [0, 3, 1, 4, 2][month.index % 5]
        return month.index >= 2024 * 12 + 14 ? usual * 2 : usual
    }

    private static func file(_ month: Month) -> String {
        var lines = [FeedKind.street.header.joined(separator: ",")]
        for index in 0..<burglaries(month) { lines.append(row(month, index, "Burglary")) }
        for index in 0..<3 { lines.append(row(month, 500 + index, "Robbery")) }
        for index in 0..<20 { lines.append(row(month, 900 + index, "Anti-social behaviour")) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row(_ month: Month, _ index: Int, _ type: String) -> String {
        let isAsb = type == "Anti-social behaviour"
        let digits = "\(month.index)\(1000 + index)"
        let identifier = isAsb ? "" : String(repeating: "a", count: 64 - digits.count) + digits
        let area = index % 2 == 0 ? "E01000001,Northport 001A" : "E01000002,Southport 002B"
        return
            "\(identifier),\(month),Northshire Police,Northshire Police,-1.2,54.6,On or near <b>Mill</b> Lane,\(area),"
            + "\(type),\(isAsb ? "" : "Under investigation"),"
    }
}

/// Somebody signed in, at her browser.
struct MeasureBrowser: Sendable {
    let web: WebHouse
    let person: WebPerson

    var user: String { person.id.text }

    func get(_ path: String) async throws -> Reply { try await web.get(path, as: person) }

    func post(_ path: String, _ fields: Pairs) async throws -> Reply { try await web.post(path, fields, as: person) }

    /// Where the link with these words leads, as the browser would follow it.
    static func link(_ words: String, in page: String) -> String? {
        guard let end = page.range(of: ">\(words)</a>"),
            let start = page[..<end.lowerBound].range(of: "href=\"", options: .backwards)
        else { return nil }
        return String(page[start.upperBound...].prefix { $0 != "\"" }).replacing("&amp;", with: "&")
    }
}
