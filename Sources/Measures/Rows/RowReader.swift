import Feeds
import Kernel
import Ledger

/// Reads one page of the rows behind a point, by walking the runs of its months from the place given. It never skips
/// over rows already shown, so that the thousandth page costs what the first does.
struct RowReader {
    let plan: RowPlan
    let limit: Int
    let caches: ShelfCaches
    let reading: any Reading

    private struct Found {
        let id: Int64
        let run: RowPlan.Run
        let crime: HeldCrimes.Crime?
    }

    func page(after: Int64?) throws -> RowPage {
        let start = after.flatMap { place in
            plan.runs.firstIndex { $0.number == place >> RowPlan.positionBits }
        }
        if after != nil && start == nil {
            throw Problem(.invalid, "That place in the list is not there any more.", next: "Go back to the first page.")
        }
        var found: [Found] = []
        for index in (start ?? 0)..<max(plan.runs.count, start ?? 0) where found.count <= limit {
            let run = plan.runs[index]
            let place = index == start ? after ?? run.first - 1 : run.first - 1
            found += try rows(run, after: place, count: limit + 1 - found.count)
        }
        let shown = Array(found.prefix(limit))
        let views = FactRowViews(feed: plan.recipe.feed, caches: caches, reading: reading)
        return RowPage(
            columns: views.columns, rows: try views.views(shown.map { ($0.id, $0.run, $0.crime) }), total: plan.total,
            next: found.count > limit ? shown.last?.id : nil)
    }

    private func rows(_ run: RowPlan.Run, after place: Int64, count: Int) throws -> [Found] {
        guard plan.recipe.feed == .outcomes else {
            return try identifiers(run, after: place, count: count).map { Found(id: $0, run: run, crime: nil) }
        }
        return try outcomes(run, after: place, count: count)
    }

    /// An outcome's crime is in another file. Where the point depends on it, more rows are read than are kept.
    private func outcomes(_ run: RowPlan.Run, after place: Int64, count: Int) throws -> [Found] {
        let isFiltered = !unstored.isEmpty
        let step = isFiltered ? max(200, count) : count
        let crimes = try HeldCrimes(before: run.part, reading)
        var (found, place) = ([Found](), place)
        while found.count < count {
            let batch = try identifiers(run, after: place, count: step)
            let known = try crimes.crimes(of: batch)
            found += batch.map { Found(id: $0, run: run, crime: known[$0]) }.filter {
                !isFiltered || meets($0.crime, run)
            }
            guard batch.count == step, let last = batch.last else { break }
            place = last
        }
        return Array(found.prefix(count))
    }

    /// Columns of outcomes that are counted and not stored.
    private var unstored: Set<CellColumn> {
        guard plan.recipe.feed == .outcomes else { return [] }
        return Set(plan.conditions.map(\.column)).union(plan.numbers.keys).intersection([.crimeType, .lag])
    }

    private func meets(_ crime: HeldCrimes.Crime?, _ run: RowPlan.Run) -> Bool {
        let type = crime?.type ?? 0
        let lag = crime.map { Int64(run.part.month.index - $0.month.index) } ?? -1
        guard plan.numbers[.crimeType].map({ $0.contains(type) }) ?? true else { return false }
        return plan.conditions.allSatisfy { condition in
            switch condition {
            case .isWithin(.lag, let range): range.contains(lag)
            case .isOneOf(.crimeType, let words): words.contains { plan.words.number($0, .crimeType) == type }
            case .isNoneOf(.crimeType, let words): !words.contains { plan.words.number($0, .crimeType) == type }
            default: true
            }
        }
    }

    private func identifiers(_ run: RowPlan.Run, after place: Int64, count: Int) throws -> [Int64] {
        let (unstored, start) = (unstored, plan.starts.place(run, after: place))
        var values: [Value] = [.integer(start), .integer(run.end), .integer(Int64(count))]
        var sql = plan.words.sql(plan.conditions.filter { !unstored.contains($0.column) })
        for (column, numbers) in plan.numbers.sorted(by: { $0.key.rawValue < $1.key.rawValue })
        where !unstored.contains(column) {
            let first = values.count + 1
            values += numbers.sorted().map { .integer($0) }
            let places = (first..<first + numbers.count).map { "$\($0)" }.joined(separator: ", ")
            sql += numbers.isEmpty ? " AND 1 = 0" : " AND \(column.rawValue) IN (\(places))"
        }
        let found = try reading.rows(
            "SELECT id FROM \(plan.recipe.feed.facts) WHERE id > $1 AND id < $2 AND \(sql) ORDER BY id LIMIT $3", values
        ).map { $0.integer(0) }
        if let first = found.first { plan.starts.learn(first, of: run, after: place) }
        return found
    }
}
