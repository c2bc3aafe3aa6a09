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

    func page(after: Int64?) throws -> RowPage {
        let start = after.flatMap { place in
            plan.runs.firstIndex { $0.number == place >> RowPlan.positionBits }
        }
        if after != nil && start == nil {
            throw Problem(.invalid, "That place in the list is not there any more.", next: "Go back to the first page.")
        }
        let views = FactRowViews(feed: plan.recipe.feed, caches: caches, reading: reading)
        var found: [FoundFact] = []
        for index in (start ?? 0)..<max(plan.runs.count, start ?? 0) where found.count <= limit {
            let run = plan.runs[index]
            let place = index == start ? after ?? run.first - 1 : run.first - 1
            found += try rows(run, after: place, count: limit + 1 - found.count, views)
        }
        let hasMore = found.count > limit
        if hasMore { found.removeLast(found.count - limit) }
        return RowPage(
            columns: views.columns, rows: try views.views(found), total: plan.total,
            next: hasMore ? found.last?.id : nil)
    }

    private func rows(
        _ run: RowPlan.Run, after place: Int64, count: Int, _ views: FactRowViews
    ) throws -> [FoundFact] {
        guard plan.recipe.feed == .outcomes else { return try facts(run, after: place, count: count, views) }
        return try outcomes(run, after: place, count: count, views)
    }

    /// An outcome's crime is in another file. Where the point depends on it, more rows are read than are kept.
    private func outcomes(
        _ run: RowPlan.Run, after place: Int64, count: Int, _ views: FactRowViews
    ) throws -> [FoundFact] {
        let isFiltered = !unstored.isEmpty
        let step = isFiltered ? max(200, count) : count
        let crimes = try HeldCrimes(before: run.part, reading)
        var (found, place) = ([FoundFact](), place)
        while found.count < count {
            var batch = try facts(run, after: place, count: step, views)
            let known = try crimes.crimes(of: batch.map { $0.id })
            for index in batch.indices { batch[index].crime = known[batch[index].id] }
            found += batch.filter { !isFiltered || meets($0.crime, run) }
            guard batch.count == step, let last = batch.last else { break }
            place = last.id
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

    private func facts(
        _ run: RowPlan.Run, after place: Int64, count: Int, _ views: FactRowViews
    ) throws -> [FoundFact] {
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
        var found: [FoundFact] = []
        found.reserveCapacity(count)
        try reading.each(
            """
            SELECT \(views.selected) FROM \(plan.recipe.feed.facts)
            WHERE id > $1 AND id < $2 AND \(sql) ORDER BY id LIMIT $3
            """, values
        ) { cursor in
            found.append(views.fact(cursor, run))
            return true
        }
        if let first = found.first { plan.starts.learn(first.id, of: run, after: place) }
        return found
    }
}
