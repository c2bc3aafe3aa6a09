import Ledger
import Synchronization

/// What is kept between requests. None of it is about who asked.
final class ShelfCaches: Sendable {
    let tallies = TallyCache()
    private static let mostPlans = 200
    private let areaMap = Mutex<(stamp: [Int64], map: AreaMap)?>(nil)
    private let plans = Mutex<(stamp: [Int64], plans: [RowRequest: RowPlan])>(([], [:]))

    func areas(_ reading: any Reading) throws -> AreaMap {
        let stamp = try AreaMap.stamp(reading)
        if let kept = areaMap.withLock({ $0 }), kept.stamp == stamp { return kept.map }
        let fresh = try AreaMap.read(reading)
        areaMap.withLock { $0 = (stamp, fresh) }
        return fresh
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
