import Feeds
import Kernel
import Ledger
import Synchronization

/// Which parts hold rows behind a point, and what a row must meet. Worked out from the counted groups, so that no part
/// without such rows is opened.
struct RowPlan: Sendable {
    /// Rows of one part written together; their identifiers follow one another. An object, because each row found
    /// names its run.
    final class Run: Sendable {
        let number: Int64
        let part: HeldPart
        let file: String

        init(number: Int64, part: HeldPart, file: String) {
            (self.number, self.part, self.file) = (number, part, file)
        }

        var first: Int64 { number << RowPlan.positionBits }
        var end: Int64 { (number + 1) << RowPlan.positionBits }
    }

    static let positionBits: Int64 = 20

    let recipe: Recipe
    let side: RowRequest.Side
    let words: WordNumbers
    /// Accepted numbers by column.
    let numbers: [CellColumn: Set<Int64>]
    let total: Int
    /// In the order in which rows are shown: by month.
    let runs: [Run]
    let starts = RowStarts()

    init(_ request: RowRequest, _ data: SeriesData, _ reading: any Reading) throws {
        let scope = RowScope(data)
        recipe = data.definition.recipe
        side = request.side
        words = try WordNumbers.read(recipe, reading)
        numbers = scope.numbers(of: request.group)
        let isMine = scope.picker(of: request.group)
        var (total, parts) = (0, [HeldPart]())
        let months = request.period.first...request.period.last
        for (part, tallies) in data.tallies where months.contains(part.month) {
            let count = tallies.reduce(0) { sum, tally in
                isMine(tally, part) ? sum + RowPlan.count(tally, request.side, data.definition.recipe) : sum
            }
            total += count
            if count > 0 { parts.append(part) }
        }
        self.total = total
        runs = try RowPlan.runs(parts, reading)
    }

    var conditions: [Condition] {
        switch side {
        case .numerator: recipe.base + recipe.hit
        case .denominator: recipe.base
        case .apart: recipe.apart
        }
    }

    private static func count(_ tally: Tally, _ side: RowRequest.Side, _ recipe: Recipe) -> Int {
        switch (side, recipe.form) {
        case (.apart, _): tally.apart
        // A mean's numerator is months added up; its rows are those of the denominator.
        case (.denominator, _), (_, .mean): tally.base
        case (.numerator, _): tally.hit
        }
    }

    private static func runs(_ parts: [HeldPart], _ reading: any Reading) throws -> [Run] {
        try parts.flatMap { part in
            try reading.rows(
                """
                SELECT r.run, f.path FROM feed_run r JOIN feed_part p ON p.id = r.part JOIN feed_file f ON f.id = p.file
                WHERE r.part = $1 ORDER BY r.run
                """, [.integer(part.id)]
            ).map { Run(number: $0.integer(0), part: part, file: fileName($0.text(1))) }
        }
    }

    /// The folder is the business of whoever loaded it.
    private static func fileName(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}

/// The first row of each run that meets a plan, once it was found. Rows without an identifier stand first in a run, so
/// that thousands may come before it; and the rows of a run never change.
final class RowStarts: Sendable {
    private let known = Mutex<[Int64: Int64]>([:])

    /// The place to read after, given that nobody wants anything before `place`.
    func place(_ run: RowPlan.Run, after place: Int64) -> Int64 {
        known.withLock { known in known[run.number].map { max(place, $0 - 1) } ?? place }
    }

    /// - Parameter first: the first row found after `place`.
    func learn(_ first: Int64, of run: RowPlan.Run, after place: Int64) {
        guard place < run.first else { return }
        known.withLock { $0[run.number] = first }
    }
}
