public import Access
import Kernel
import Ledger

/// What an import of reference data did.
public struct ReferenceReport: Sendable, Equatable, Codable {
    public struct File: Sendable, Equatable, Codable {
        public var path: String
        /// `population`, `area-changes` or `published-figures`; empty when refused.
        public var kind: String
        public var rows: Int
        public var notices: [String]
        public var error: String?
    }

    public var files: [File]

    public var isComplete: Bool { files.allSatisfy { $0.error == nil } }
}

/// Where an area lies, best fit: worked out from boundaries, or read from a table.
public struct AreaPlacement: Sendable, Hashable {
    public let code: String
    /// `lsoa`, `ward`, `district` or `force`.
    public let kind: String
    /// Year of the boundaries.
    public let vintage: Int
    public let name: String
    public let ward: String?
    public let district: String?
    public let force: String?

    public init(
        code: String, kind: String, vintage: Int, name: String, ward: String? = nil, district: String? = nil,
        force: String? = nil
    ) {
        (self.code, self.kind, self.vintage, self.name) = (code, kind, vintage, name)
        (self.ward, self.district, self.force) = (ward, district, force)
    }
}

extension FeedStore {
    /// Imports tables of people by area, of changes from the areas of 2011 to those of 2021, and of published figures.
    /// Which of them a file is, is told by its heading. A later file replaces what it names.
    public func importReference(_ inputs: [ImportInput], as actor: Actor) async throws -> ReferenceReport {
        let permit = try await ledger.permit(
            Consultation(kind: "feed.reference", .fact, .collection, about: "\(inputs.count) files"), as: actor)
        let discovery = try Discovery(inputs, limits: limits)
        var report = ReferenceReport(files: [])
        for found in discovery.files {
            var file = ReferenceReport.File(path: found.path, kind: "", rows: 0, notices: [], error: nil)
            do {
                let table = try ReferenceTable(found, limits: limits)
                (file.kind, file.rows, file.notices) = (table.kind.rawValue, table.rows.count, table.notices)
                let now = ledger.now
                for start in stride(from: 0, to: table.rows.count, by: 2000) {
                    let rows = Array(table.rows[start..<min(start + 2000, table.rows.count)])
                    try await permit.write { try table.store(rows, at: now, $0) }
                }
            } catch let problem as Problem {
                file.error = problem.description
            }
            report.files.append(file)
        }
        report.files += discovery.failures.map {
            ReferenceReport.File(path: $0.path, kind: "", rows: 0, notices: [], error: $0.problem.description)
        }
        return report
    }

    /// Keeps where areas lie; replaces what was known of the same code, kind and vintage.
    public func place(_ areas: [AreaPlacement], as actor: Actor) async throws {
        let permit = try await ledger.permit(
            Consultation(kind: "feed.reference", .fact, .collection, about: "\(areas.count) areas"), as: actor)
        for start in stride(from: 0, to: areas.count, by: 2000) {
            let some = areas[start..<min(start + 2000, areas.count)]
            try await permit.write { writing in
                for area in some { try FeedStore.store(area, writing) }
            }
        }
    }

    private static func store(_ area: AreaPlacement, _ writing: any Writing) throws {
        let optional = [area.ward, area.district, area.force].map { $0.map { Value.text($0) } ?? .null }
        try writing.run(
            """
            INSERT INTO feed_area (code, kind, vintage, name, ward, district, force) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (code, kind, vintage) DO UPDATE SET name = excluded.name, ward = excluded.ward,
                district = excluded.district, force = excluded.force
            """,
            [.text(area.code), .text(area.kind), .integer(Int64(area.vintage)), .text(area.name)] + optional)
    }
}
