import Feeds
import Kernel
import Ledger

/// Everything a series is made of, read in one snapshot.
struct SeriesData: Sendable {
    let definition: MeasureDefinition
    let request: SeriesRequest
    let held: HeldParts
    /// Forces whose files are held and left out, because none was asked for: sums of several forces help nobody.
    let otherForces: [String]
    /// The months asked for, within those held; nil when there are none.
    let range: ClosedRange<Month>?
    let columns: [CellColumn]
    let tallies: [(part: HeldPart, tallies: [Tally])]
    /// Texts of the words in the columns, by number.
    let words: [Int64: String]
    /// Of the same words: what each is a word of.
    let kinds: [Int64: Int64]
    let areas: AreaMap
    /// The first month of street files, where the measure needs to know.
    let firstStreet: Month?
}

/// Reads what a series is made of.
struct SeriesReader: Sendable {
    let definition: MeasureDefinition
    let request: SeriesRequest
    let caches: ShelfCaches

    private var recipe: Recipe { definition.recipe }
    private var force: String? { request.filter.keeping[.force].map(slug) }

    func read(_ reading: any Reading) throws -> SeriesData {
        let columns = try columns()
        let everything = try HeldParts.read(
            recipe.feed, force: force, asKnownAt: request.filter.asKnownAt, reading)
        let held = kept(everything)
        let firstStreet =
            recipe.warmUp == 0
            ? nil
            : try HeldParts.read(
                .street, force: held.forces.count == 1 ? held.forces.first : force,
                asKnownAt: request.filter.asKnownAt, reading
            ).first
        let range = months(held, firstStreet)
        let source = TallySource(recipe, by: columns, words: try WordNumbers.read(recipe, reading))
        let tallies = try (range.map(held.within) ?? []).map { part in
            (part: part, tallies: try source.tallies(part, caches.tallies, reading))
        }
        let (texts, kinds) = try words(columns, reading)
        let needsAreas = recipe.form == .perThousandPeople || columns.contains(.lsoa)
        return SeriesData(
            definition: definition, request: request, held: held,
            otherForces: everything.forces.subtracting(held.forces).sorted(), range: range, columns: columns,
            tallies: tallies,
            words: texts, kinds: kinds, areas: needsAreas ? try caches.areas(reading) : AreaMap(),
            firstStreet: firstStreet)
    }

    /// One force, unless several were asked for: by name, side by side, or by an area, which belongs to one anyway.
    private func kept(_ held: HeldParts) -> HeldParts {
        let areas = request.filter.keeping.keys.contains { $0.isArea }
        guard held.forces.count > 1, request.by != .force, !areas, let main = held.mainForce else { return held }
        return held.kept(to: main)
    }

    /// At most three, which is what a tally has room for.
    private func columns() throws -> [CellColumn] {
        var columns: [CellColumn] = []
        let dimensions = [request.by] + request.filter.keeping.keys.sorted { $0.rawValue < $1.rawValue }
        for column in dimensions.compactMap(recipe.column) where !columns.contains(column) { columns.append(column) }
        guard columns.count <= 3 else {
            throw Problem(.invalid, "That is too many conditions at once.", next: "Keep the series to two things.")
        }
        return columns
    }

    private func months(_ held: HeldParts, _ firstStreet: Month?) -> ClosedRange<Month>? {
        guard let first = held.first, let last = held.last else { return nil }
        let end = min(request.filter.until ?? last, last)
        var start = max(request.filter.from ?? first, first)
        if !request.by.isTime {
            if request.filter.from == nil { start = max(first, end.adding(months: -11)) }
            if let firstStreet { start = max(start, firstStreet.adding(months: recipe.warmUp)) }
        }
        return start <= end ? start...end : nil
    }

    private func words(
        _ columns: [CellColumn], _ reading: any Reading
    ) throws -> (texts: [Int64: String], kinds: [Int64: Int64]) {
        var (texts, kinds) = ([Int64: String](), [Int64: Int64]())
        for kind in columns.compactMap(recipe.wordKind) {
            for row in try reading.rows("SELECT id, word FROM feed_word WHERE kind = $1", [.integer(kind)]) {
                texts[row.integer(0)] = row.text(1)
                kinds[row.integer(0)] = kind
            }
        }
        return (texts, kinds)
    }
}
