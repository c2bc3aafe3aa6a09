/// Which points set the limits, and where the limits start again.
public struct Baseline: Equatable, Sendable {
    /// The first so many recorded values of each segment set its limits; nil for all of them. A gap is not counted.
    /// While fewer are recorded, the limits rest on those there are.
    public let firstPoints: Int?
    public let rebases: [Rebase]
    /// The fewest values that limits are worked out from. Eight is our rule: with seven moving ranges, the standard
    /// error of the estimated standard deviation is already a third of it (√(0.8264/7); Cryer and Ryan, see
    /// `Dispersion`).
    public let minimum: Int

    /// - Throws: `badBaseline`.
    public init(firstPoints: Int? = nil, rebases: [Rebase] = [], minimum: Int = 8) throws(StatisticsError) {
        guard minimum >= 3, firstPoints.map({ $0 >= minimum }) ?? true else { throw .badBaseline }
        self.firstPoints = firstPoints
        self.rebases = rebases
        self.minimum = minimum
    }

    private init() {
        firstPoints = nil
        rebases = []
        minimum = 8
    }

    /// Every value of the one segment, eight at least.
    public static let all = Baseline()

    /// The periods of each segment and the reason it started.
    func segments(of count: Int) throws(StatisticsError) -> [(periods: Range<Int>, reason: String?)] {
        var segments: [(periods: Range<Int>, reason: String?)] = []
        var start = 0
        var reason: String?
        for rebase in rebases {
            guard rebase.start > start, rebase.start < count else { throw .badRebase(start: rebase.start) }
            segments.append((start..<rebase.start, reason))
            (start, reason) = (rebase.start, rebase.reason)
        }
        return segments + [(start..<count, reason)]
    }

    /// The periods in this segment whose values set its limits.
    func periods(in segment: Range<Int>, of values: [Double?]) -> [Int] {
        let recorded = segment.filter { values[$0] != nil }
        return Array(recorded.prefix(firstPoints ?? recorded.count))
    }
}

/// A logged decision that from here on the process is another one.
public struct Rebase: Equatable, Sendable {
    /// The first period of the new limits, counted from 0.
    public let start: Int
    public let reason: String

    /// - Throws: `rebaseWithoutReason` when the reason is blank; `badRebase` before the second period.
    public init(start: Int, reason: String) throws(StatisticsError) {
        guard start > 0 else { throw .badRebase(start: start) }
        guard reason.contains(where: { !$0.isWhitespace }) else { throw .rebaseWithoutReason(start: start) }
        self.start = start
        self.reason = reason
    }
}
