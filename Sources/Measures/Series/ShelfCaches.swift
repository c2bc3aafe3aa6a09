import Ledger
import Synchronization

/// What is kept between requests. None of it is about who asked.
final class ShelfCaches: Sendable {
    let tallies = TallyCache()
    private static let mostPlans = 200
    private static let mostWords = 20_000
    private let areaMap = Mutex<(stamp: [Int64], map: AreaMap)?>(nil)
    private let words = Mutex<[Int64: StoredWord]>([:])
    private let stamps = Mutex<(generation: Int, stamp: [Int64])?>(nil)
    private let plans = Mutex<(stamp: [Int64], plans: [RowRequest: RowPlan])>(([], [:]))

    func areas(_ reading: any Reading) throws -> AreaMap {
        let stamp = try AreaMap.stamp(reading)
        if let kept = areaMap.withLock({ $0 }), kept.stamp == stamp { return kept.map }
        let fresh = try AreaMap.read(reading)
        areaMap.withLock { $0 = (stamp, fresh) }
        return fresh
    }

    var knownWords: [Int64: StoredWord] { words.withLock { $0 } }

    /// Words by number: those that are wanted, and others. A word never changes once it is stored.
    func words(_ wanted: Set<Int64>, _ reading: any Reading) throws -> [Int64: StoredWord] {
        var found = words.withLock { $0 }
        let missing = wanted.filter { found[$0] == nil }.sorted()
        guard !missing.isEmpty else { return found }
        let fresh = try reading.rows(
            "SELECT id, word, detail FROM feed_word WHERE id IN (\(Places.list(missing.count)))",
            missing.map { .integer($0) }
        ).reduce(into: [Int64: StoredWord]()) { $0[$1.integer(0)] = StoredWord($1.text(1), $1.optionalText(2)) }
        words.withLock { known in
            if known.count > ShelfCaches.mostWords { known = [:] }
            known.merge(fresh) { $1 }
        }
        found.merge(fresh) { $1 }
        return found
    }

    /// Where the rows behind a point are, the same for each of its pages until other files or areas count.
    func plan(_ request: RowRequest, _ reading: any Reading, make: () throws -> RowPlan) throws -> RowPlan {
        let stamp = try stamp(reading)
        var point = request
        (point.after, point.limit) = (nil, 0)
        if let kept = plans.withLock({ $0.stamp == stamp ? $0.plans[point] : nil }) { return kept }
        let fresh = try make()
        plans.withLock { [point] kept in
            if kept.stamp != stamp || kept.plans.count >= ShelfCaches.mostPlans { kept = (stamp, [:]) }
            kept.plans[point] = fresh
        }
        return fresh
    }

    /// What `HeldParts.stamp` and `AreaMap.stamp` tell, in one statement: each page of rows asks for it.
    private func stamp(_ reading: any Reading) throws -> [Int64] {
        let generation = reading.generation
        if let generation, let kept = stamps.withLock({ $0 }), kept.generation == generation { return kept.stamp }
        let fresh = try ShelfCaches.readStamp(reading)
        if let generation { stamps.withLock { $0 = (generation, fresh) } }
        return fresh
    }

    private static func readStamp(_ reading: any Reading) throws -> [Int64] {
        let found = try reading.row(
            """
            SELECT COUNT(*), MAX(id), COUNT(since), COUNT(until), MAX(cells), (SELECT MAX(id) FROM feed_word),
                (SELECT COUNT(*) FROM feed_population), (SELECT MAX(loaded) FROM feed_population),
                (SELECT COUNT(*) FROM feed_area), (SELECT COUNT(*) FROM feed_area_change)
            FROM feed_part
            """)
        return (0..<10).map { found?.integer($0) ?? 0 }
    }
}

/// A text of the source; `detail` is the name of the area that it is the code of.
struct StoredWord: Sendable {
    let word: String
    let detail: String?

    init(_ word: String, _ detail: String?) { (self.word, self.detail) = (word, detail) }
}
