public import Access
public import Instruments
public import Ledger
import Statistics

/// How many of the assessments that were sent meet one standard.
public struct StandardShare: Sendable {
    public let standard: QualityStandard
    public let title: String
    public let met: Int
    /// Those to which it applies.
    public let judged: Int
    /// 95 % interval of the share; nil where none was judged.
    let interval: Interval?
    public var bounds: (low: Double, high: Double)? { interval.map { ($0.low, $0.high) } }
    /// Those that do not meet it, the latest first.
    public let unmet: [Record<Assessment>]
}

extension AssessmentDesk {
    /// Of the latest assessments that her agency sent and she may see, each standard by itself, as they stand now.
    /// - Parameter limit: at most so many, 1 to 500.
    public func shares(latest limit: Int = 200, as actor: Actor) async throws -> (of: Int, shares: [StandardShare]) {
        let sent = try await ledger.list(
            Assessment.self, index: Assessment.sentIndex, limit: limit, descending: true, as: actor
        ).records.filter { $0.owner == actor.agency && library.shelf.version($0.body.answers.instrument) != nil }
        var (met, titles): ([QualityStandard: Int], [QualityStandard: String]) = ([:], [:])
        var unmet: [QualityStandard: [Record<Assessment>]] = [:]
        for record in sent {
            for finding in try quality(of: record.body, copied: record.body.copied).findings {
                titles[finding.standard] = finding.title
                if finding.outcome == .met { met[finding.standard, default: 0] += 1 }
                if finding.outcome == .notMet { unmet[finding.standard, default: []].append(record) }
            }
        }
        let shares = try QualityStandard.allCases.compactMap { standard -> StandardShare? in
            guard let title = titles[standard] else { return nil }
            let (count, without) = (met[standard] ?? 0, unmet[standard] ?? [])
            let judged = count + without.count
            return StandardShare(
                standard: standard, title: title, met: count, judged: judged,
                interval: try WilsonInterval.around(Proportion(events: count, of: judged)), unmet: without)
        }
        return (sent.count, shares)
    }
}
