import Feeds
public import Kernel
import Ledger

/// What the street files add up to in a financial year, beside the figures that the Home Office published.
public struct Reconciliation: Sendable, Equatable {
    public struct Line: Sendable, Equatable {
        public let crimeType: String
        public let ours: Int
        /// Nil where none is loaded.
        public let published: Int?

        public var difference: Int? { published.map { ours - $0 } }
        /// Of the published figure, in percent; nil without one or where it is 0.
        public var percent: Double? {
            published.flatMap { $0 == 0 ? nil : Double(ours - $0) / Double($0) * 100 }
        }
    }

    public let force: String
    public let period: Period
    /// By crime type, in the order of the alphabet.
    public let lines: [Line]
    /// `published` only when every type we have is published.
    public let total: Line
    /// Months of the year for which no street file is held.
    public let missing: [Month]
    /// Where the published figures come from.
    public let sources: [String]
    public let notes: [String]
}

struct ReconciliationReader: Sendable {
    let force: String
    let period: Period
    let caches: ShelfCaches

    func read(_ reading: any Reading) throws -> Reconciliation {
        let ours = try counts(reading)
        let (published, sources) = try publishedFigures(reading)
        let types = Set(ours.counts.keys).union(published.keys).sorted()
        let lines = types.map {
            Reconciliation.Line(crimeType: $0, ours: ours.counts[$0] ?? 0, published: published[$0])
        }
        let isWhole = !lines.isEmpty && lines.allSatisfy { $0.published != nil }
        let total = Reconciliation.Line(
            crimeType: "Total", ours: lines.reduce(0) { $0 + $1.ours },
            published: isWhole ? lines.compactMap(\.published).reduce(0, +) : nil)
        return Reconciliation(
            force: force, period: period, lines: lines, total: total, missing: ours.missing, sources: sources,
            notes: notes(isPublished: !published.isEmpty, missing: ours.missing))
    }

    private func counts(_ reading: any Reading) throws -> (counts: [String: Int], missing: [Month]) {
        guard let definition = CrimeMeasures.fixed.first else { return ([:], period.months) }
        let request = SeriesRequest(by: .crimeType, filter: .only(period, keeping: [.force: force]))
        let data = try SeriesReader(definition: definition, request: request, caches: caches).read(reading)
        let counts = RowScope(data).sums().reduce(into: [String: Int]()) { $0[$1.key.code] = $1.value.base }
        let held = data.held.whole
        return (counts, period.months.filter { !held.contains($0) })
    }

    private func publishedFigures(_ reading: any Reading) throws -> ([String: Int], [String]) {
        let span = "\(period.first)/\(period.last)"
        let rows = try reading.rows(
            "SELECT force, crime_type, n, source FROM feed_published WHERE period = $1", [.text(span)]
        ).filter { slug($0.text(0)) == force && !$0.text(1).lowercased().hasPrefix("total") }
        return (rows.reduce(into: [:]) { $0[$1.text(1)] = Int($1.integer(2)) }, Set(rows.map { $0.text(3) }).sorted())
    }

    private func notes(isPublished: Bool, missing: [Month]) -> [String] {
        var notes = ["Street files without anti-social behaviour are counted; months are revised after publication."]
        if !isPublished {
            notes.append("No published figures are loaded for this force and year. Load them to compare.")
        }
        if !missing.isEmpty {
            notes.append(
                "No file is held for \(missing.map(\.inWords).joined(separator: ", ")), so our figures are too low.")
        }
        return notes
    }
}
