import Kernel
import Ledger

/// A small table that gives other figures their meaning, read whole.
struct ReferenceTable: Sendable {
    enum Kind: String, Sendable {
        case population
        case areaChanges = "area-changes"
        case published = "published-figures"
    }

    static let mostRows = 500_000

    let kind: Kind
    let header: [String]
    let rows: [[String]]
    let notices: [String]
    private let source: String

    init(_ found: FoundFile, limits: ImportLimits) throws {
        let source = CSVSource(try MemberFinder(limits: limits).input(found))
        let scanner = CSVScanner(lineLimit: limits.lineBytes, source: source.read)
        guard try scanner.next() else { throw Problem(.invalid, "This file is empty.", next: "Download it again.") }
        let header = ReferenceTable.values(scanner).map { $0.lowercased() }
        guard let kind = ReferenceTable.recognise(header) else {
            throw Problem(
                .invalid,
                "The heading is not one that is known: a table of people by LSOA (with a column such as pop_2022), of "
                    + "changes (LSOA11CD, LSOA21CD) or of published figures (force, crime_type, count_2024_25) was "
                    + "expected.", next: "Check the file.")
        }
        (self.kind, self.header, self.source) = (kind, header, found.path)
        (rows, notices) = try ReferenceTable.read(scanner, width: header.count) { row in
            ReferenceTable.isUsable(row, kind, header)
        }
    }

    private static func read(
        _ scanner: CSVScanner, width: Int, isUsable: ([String]) -> Bool
    ) throws -> ([[String]], [String]) {
        var (rows, bad): ([[String]], [Int]) = ([], [])
        while try scanner.next() {
            let row = values(scanner)
            guard scanner.flaw == nil, row.count == width, isUsable(row) else {
                bad.append(scanner.line)
                continue
            }
            rows.append(row)
            guard rows.count <= mostRows else {
                throw Problem(.tooLarge, "The table has more than \(mostRows) rows.", next: "Check the file.")
            }
        }
        guard bad.count <= rows.count else {
            throw Problem(.refused, "Most rows cannot be used, so nothing of it was loaded.", next: "Check the file.")
        }
        let lines = bad.prefix(10).map(String.init).joined(separator: ", ")
        return (
            rows, bad.isEmpty ? [] : ["\(bad.count) rows cannot be used: line \(lines)\(bad.count > 10 ? "…" : "")."]
        )
    }

    private static func values(_ scanner: CSVScanner) -> [String] {
        (0..<min(scanner.fieldCount, CSVScanner.maximumFields)).map(scanner.text)
    }

    private static func recognise(_ header: [String]) -> Kind? {
        if header.contains("lsoa11cd"), header.contains("lsoa21cd") { return .areaChanges }
        if header.contains("force"), header.contains("crime_type"), column(header, starting: "count_") != nil {
            return .published
        }
        let hasArea = areaColumns.contains { header.contains($0) }
        return hasArea && column(header, starting: "pop_") != nil ? .population : nil
    }

    private static let areaColumns = ["lsoa21_code", "lsoa21cd", "lsoa11_code", "lsoa11cd", "lsoa_code"]

    private static func column(_ header: [String], starting start: String) -> Int? {
        header.firstIndex { $0.hasPrefix(start) }
    }

    private static func isUsable(_ row: [String], _ kind: Kind, _ header: [String]) -> Bool {
        let value = { (start: String) in column(header, starting: start).flatMap { Double(row[$0]) } }
        switch kind {
        case .population: return value("pop_").map { $0.isFinite && $0 >= 0 } ?? false
        case .published: return value("count_").map { $0.isFinite && $0 >= 0 && $0 < 1e12 } ?? false
        case .areaChanges: return row.allSatisfy { $0.utf8.count < 200 }
        }
    }
}

extension ReferenceTable {
    func store(_ rows: [[String]], at now: Moment, _ writing: any Writing) throws {
        for row in rows {
            switch kind {
            case .population: try population(row, now, writing)
            case .areaChanges: try change(row, writing)
            case .published: try published(row, writing)
            }
        }
    }

    private func text(_ row: [String], _ names: String...) -> String {
        for name in names {
            if let index = header.firstIndex(of: name) { return row[index] }
        }
        return ""
    }

    private func number(_ row: [String], starting start: String) -> Double? {
        header.firstIndex { $0.hasPrefix(start) }.flatMap { Double(row[$0]) }
    }

    /// The four digits of a column name such as `pop_2022_derived`.
    private func year(_ start: String) -> String {
        let name = header.first { $0.hasPrefix(start) } ?? ""
        return String(name.dropFirst(start.count).prefix { $0.isNumber })
    }

    private func population(_ row: [String], _ now: Moment, _ writing: any Writing) throws {
        let area = text(row, "lsoa21_code", "lsoa21cd", "lsoa11_code", "lsoa11cd", "lsoa_code")
        let name = text(row, "lsoa21nm", "lsoa11nm", "lsoa_name")
        let district = text(row, "ladcd", "lad_code", "lad22cd", "lad23cd", "lad24cd", "lad25cd")
        try writing.run(
            """
            INSERT INTO feed_population (area, vintage, name, district, people, households, basis, source, loaded)
            VALUES ($1, $2, $3, $4, $5, $6, 'estimate', $7, $8)
            ON CONFLICT (area, vintage) DO UPDATE SET name = excluded.name, district = excluded.district,
                people = excluded.people, households = excluded.households, source = excluded.source,
                loaded = excluded.loaded
            """,
            [
                .text(area), .text(year("pop_")), .text(name), .text(district),
                .real(number(row, starting: "pop_") ?? 0),
                number(row, starting: "households").map { .real($0) } ?? .null, .text(source),
                .integer(now.milliseconds),
            ])
    }

    private func change(_ row: [String], _ writing: any Writing) throws {
        let share = number(row, starting: "share") ?? 1
        try writing.run(
            """
            INSERT INTO feed_area_change (earlier, later, earlier_name, later_name, change, share)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (earlier, later) DO UPDATE SET earlier_name = excluded.earlier_name,
                later_name = excluded.later_name, change = excluded.change, share = excluded.share
            """,
            [
                .text(text(row, "lsoa11cd")), .text(text(row, "lsoa21cd")), .text(text(row, "lsoa11nm")),
                .text(text(row, "lsoa21nm")), .text(text(row, "chngind_derived", "chngind")), .real(share),
            ])
    }

    /// `count_2024_25` counts the year from April 2024 to March 2025.
    private func published(_ row: [String], _ writing: any Writing) throws {
        let first = Int(year("count_")) ?? 0
        try writing.run(
            """
            INSERT INTO feed_published (force, crime_type, period, n, source) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (force, crime_type, period) DO UPDATE SET n = excluded.n, source = excluded.source
            """,
            [
                .text(text(row, "force")), .text(text(row, "crime_type")), .text("\(first)-04/\(first + 1)-03"),
                .integer(Int64(number(row, starting: "count_") ?? 0)), .text(source),
            ])
    }
}
