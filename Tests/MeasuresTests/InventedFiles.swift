import Access
import Feeds
import Foundation
import Kernel
import Ledger
import TestKit

@testable import Measures

/// A store with invented files of an invented force, and the shelf over it.
struct InventedHouse {
    static let analyst = TestActor.police([.analyst], user: "ana")

    let store: TemporaryStore
    let feeds: FeedStore
    let shelf: MeasureShelf
    let folder: URL

    init() async throws {
        store = try await TemporaryStore(FeedsSchema.migrations)
        feeds = FeedStore(ledger: store.ledger)
        shelf = MeasureShelf(ledger: store.ledger)
        folder = store.folder.appendingPathComponent("files")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func load(_ name: String, _ text: String) async throws {
        let file = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        let report = try await feeds.importFiles([ImportInput(path: file.path)], as: InventedHouse.analyst)
        guard report.files.allSatisfy({ $0.error == nil }) else {
            throw Problem(.failed, "The invented file was refused: \(report.files.compactMap(\.error))")
        }
    }

    func loadReference(_ name: String, _ text: String) async throws {
        let file = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        _ = try await feeds.importReference([ImportInput(path: file.path)], as: InventedHouse.analyst)
    }
}

/// Rows of an invented street file.
struct InventedCrimes {
    static let header =
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
        + "Last outcome category,Context\n"
    static let areas = [
        ("E01900001", "Northby 001A"), ("E01900002", "Northby 001B"), ("E01900003", "Southby 001A"),
        // Of 2011: one that was split into the first two, one that was merged into the third; and one elsewhere.
        ("E01800009", "Northby 001Z"), ("E01800003", "Southby 001X"), ("E01700000", "Elsewhere 001A"),
    ]

    static func identifier(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "a", count: 64 - digits.count) + digits
    }

    /// - Parameter counts: how many crimes of a type in the area of that number.
    static func street(_ month: String, _ counts: [(type: String, area: Int, count: Int)], from first: Int = 0)
        -> String
    {
        var (text, number) = (header, first)
        for (type, area, count) in counts {
            for _ in 0..<count {
                number += 1
                let isAsb = type == "Anti-social behaviour"
                let (code, name) = area < 0 ? ("", "") : areas[area]
                text += "\(isAsb ? "" : identifier(number)),\(month),Testshire Police,Testshire Police,-1.2,54.5,"
                text +=
                    "On or near Test Street \(number),\(code),\(name),\(type),\(isAsb ? "" : "Under investigation"),\n"
            }
        }
        return text
    }

    static func outcomes(_ month: String, _ rows: [(crime: Int, outcome: String)]) -> String {
        let head = header.split(separator: ",").prefix(9).joined(separator: ",") + ",Outcome type\n"
        return rows.reduce(into: head) { text, row in
            text +=
                "\(identifier(row.crime)),\(month),Testshire Police,Testshire Police,-1.2,54.5,On or near Test Street,"
            text += "E01900001,Northby 001A,\(row.outcome)\n"
        }
    }
}

extension MeasureSeries {
    func point(_ period: String, _ group: String? = nil) -> MeasurePoint? {
        points.first { $0.period.label == period && $0.group == group }
    }
}
