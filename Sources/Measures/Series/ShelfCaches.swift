import Ledger
import Synchronization

/// What is kept between requests. None of it is about who asked.
final class ShelfCaches: Sendable {
    let tallies = TallyCache()
    private let areaMap = Mutex<(stamp: [Int64], map: AreaMap)?>(nil)

    func areas(_ reading: any Reading) throws -> AreaMap {
        let stamp = try AreaMap.stamp(reading)
        if let kept = areaMap.withLock({ $0 }), kept.stamp == stamp { return kept.map }
        let fresh = try AreaMap.read(reading)
        areaMap.withLock { $0 = (stamp, fresh) }
        return fresh
    }
}
