/// Which patterns are looked for. Each rule added also adds false alarms, so a rule can be left out.
///
/// On 24 steady normal points that set their own XmR limits, the standard rules signal in 15% of charts and `fewest` in
/// 8%; on 36 points 25% and 15% (6,000 simulated charts each). So one signal is a question, not a finding.
///
/// A point beyond a limit is always a signal. The standard rules are of the four kinds that NHS England's "Making Data
/// Count" teaches; the lengths are those of the sources each rule names (a run of eight, where the NHS takes seven).
/// Every rule works within one segment, and no run, trend or three points reach across a gap.
public struct SignalRules: Equatable, Sendable {
    /// Points in a row on one side of the centre; nil leaves the rule out.
    public let run: Int?
    /// Points in a row that each go the same way; nil leaves the rule out.
    public let trend: Int?
    /// Two of three points in a row in the outer third of the limits.
    public let nearLimit: Bool
    /// A run longer than the series' length makes likely. It says much the same as `run`: ask for one of them.
    public let longestRun: Bool

    /// - Throws: `badRule` when a run or trend has fewer than three points.
    public init(
        run: Int? = 8, trend: Int? = 6, nearLimit: Bool = true, longestRun: Bool = false
    ) throws(StatisticsError) {
        for points in [run, trend].compactMap(\.self) where points < 3 { throw .badRule(points: points) }
        self.init(checkedRun: run, trend: trend, nearLimit: nearLimit, longestRun: longestRun)
    }

    private init(checkedRun run: Int?, trend: Int?, nearLimit: Bool, longestRun: Bool) {
        self.run = run
        self.trend = trend
        self.nearLimit = nearLimit
        self.longestRun = longestRun
    }

    /// Beyond a limit, run of eight, trend of six, two of three near a limit.
    public static let standard = SignalRules(checkedRun: 8, trend: 6, nearLimit: true, longestRun: false)

    /// Beyond a limit and run of eight: fewer false alarms.
    public static let fewest = SignalRules(checkedRun: 8, trend: nil, nearLimit: false, longestRun: false)

    /// The signals of one segment, in the order they were raised.
    func signals(in points: [ChartPoint], periods: Range<Int>) -> [Signal] {
        let stretches = Stretch.consecutive(in: points, periods: periods)
        var found = stretches.flatMap(BeyondLimit.signals)
        if let run { found += stretches.flatMap { OneSide.signals(in: $0, length: run) } }
        if let trend { found += stretches.flatMap { Trend.signals(in: $0, length: trend) } }
        if nearLimit { found += stretches.flatMap(NearLimit.signals) }
        if longestRun { found += LongestRun.signals(in: stretches) }
        // The sort is stable: signals of one period stay in the order of the rules.
        return found.sorted { $0.raisedAt < $1.raisedAt }
    }
}
