import Ledger
import Synchronization

/// What is kept between requests. None of it is about who asked.
final class ShelfCaches: Sendable {
    let tallies = TallyCache()
    private static let mostPlans = 200
    private static let mostWords = 20_000
    private let areaMap = Mutex<(stamp: [Int64], map: AreaMap)?>(nil)
    private let words = Mutex<[Int64: StoredWord]>([:])
    private let plans = Mutex<(stamp: [Int64], plans: [RowRequest: RowPlan])>(([], [:]))

    func areas(_ reading: any Reading) throws -> AreaMap {
        let stamp = try AreaMap.stamp(reading)
        if let kept = areaMap.withLock({ $0 }), kept.stamp == stamp { return kept.map }
        let fresh = try AreaMap.read(reading)
        areaMap.withLock { $0 = (stamp, fresh) }
        return fresh
    }

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
        let stamp = try HeldParts.stamp(reading) + AreaMap.stamp(reading)
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
}

/// A text of the source; `detail` is the name of the area that it is the code of.
struct StoredWord: Sendable {
    let word: String
    let detail: String?

    init(_ word: String, _ detail: String?) { (self.word, self.detail) = (word, detail) }
}
