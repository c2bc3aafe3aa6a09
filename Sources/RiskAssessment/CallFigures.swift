public import Kernel
public import Ledger
import Statistics

/// A share of calls.
public enum CallFigure: String, Sendable, CaseIterable {
    /// Of all calls, those in which somebody asked whether anybody is vulnerable.
    case checked
    /// Of those that should be flagged, those that were.
    case flagged
    /// The same of those that were drawn and reviewed.
    case sampled
    /// Of those flagged to which somebody came, those where everybody who came had seen the flag before.
    case seen
}

/// What was judged of one call for one figure.
public struct JudgedCall: Sendable {
    public let record: Record<ReportedCall>
    public let counts: Bool
    var month: Month { LondonTime.day(of: record.body.reportedAt).monthOfYear }
}

/// One share, with its interval and its months.
public struct CallShare: Sendable {
    public let figure: CallFigure
    /// Those in the denominator, the newest first.
    public let judged: [JudgedCall]
    /// 95 % interval by Wilson; nil where there is none to judge.
    public let bounds: (low: Double, high: Double)?
    public let points: [Point]
    /// Which chart it is, or why it has no limits.
    public let explanation: String

    public var met: Int { judged.count { $0.counts } }
    public var of: Int { judged.count }

    /// A month; nothing was judged in a month without a share.
    public struct Point: Sendable {
        public let month: Month
        public let met: Int
        public let of: Int
        public let centre: Double?
        public let low: Double?
        public let high: Double?
        public let signal: String?
    }

    init(_ figure: CallFigure, _ judged: [JudgedCall], months: [Month]) throws {
        (self.figure, self.judged) = (figure, judged)
        bounds = try CallShare.bounds(judged)
        let byMonth = Dictionary(grouping: judged, by: \.month)
        let shares = try months.map { month in
            try byMonth[month].map { try Proportion(events: $0.count { $0.counts }, of: $0.count) }
        }
        let chart = try ControlChart.proportions(shares, rules: .fewest)
        points = zip(months, chart.points).enumerated().map { index, pair in
            let limits = shares[index] == nil ? nil : pair.1.limits
            let words = chart.signals(at: index).filter { $0.points.last == index }.map(\.explanation)
            return Point(
                month: pair.0, met: shares[index]?.events ?? 0, of: shares[index]?.total ?? 0, centre: limits?.centre,
                low: limits?.low, high: limits?.high, signal: words.isEmpty ? nil : words.joined(separator: " "))
        }
        explanation = months.isEmpty ? "" : chart.segments.first?.explanation ?? ""
    }

    static func bounds(_ judged: [JudgedCall]) throws -> (low: Double, high: Double)? {
        let share = try Proportion(events: judged.count { $0.counts }, of: judged.count)
        return try WilsonInterval.around(share).map { ($0.low, $0.high) }
    }

    /// The same for those that a team took; one taken by somebody in two teams counts for both.
    public func of(team: String) throws -> (met: Int, of: Int, bounds: (low: Double, high: Double)?) {
        let own = judged.filter { $0.record.body.teams.contains(team) }
        return (own.count { $0.counts }, own.count, try CallShare.bounds(own))
    }

    public var teams: Set<String> { Set(judged.flatMap(\.record.body.teams)) }
}

/// Whether a call counts, from its facts and from what came later.
struct CallJudge {
    /// A vulnerability was recorded at the call.
    let found: (ReportedCall) -> Bool
    /// Of the occurrence an assessment was sent with a grade above the lowest.
    let isGraver: (ReportedCall) -> Bool

    /// Nil where it is not in the denominator.
    func counts(_ call: ReportedCall, _ figure: CallFigure) -> Bool? {
        switch figure {
        case .checked: !call.checks.isEmpty
        case .flagged: shouldBeFlagged(call) ? !call.flagsInTime.isEmpty : nil
        case .sampled:
            call.reviews.last { $0.isSampled }.flatMap { $0.should == .yes ? !call.flagsInTime.isEmpty : nil }
        case .seen: call.isFlagged && !call.arrivals.isEmpty ? wasSeen(call) : nil
        }
    }

    /// A review decides where there is one; otherwise anybody's finding does.
    func shouldBeFlagged(_ call: ReportedCall) -> Bool {
        switch call.reviews.last?.should {
        case .yes: true
        case .no: false
        case .cannotTell, nil: call.isFlagged || found(call) || isGraver(call)
        }
    }

    /// Everybody who came had seen a flag that holds, before she came.
    private func wasSeen(_ call: ReportedCall) -> Bool {
        let holding = Set(call.standing.map(\.number))
        return call.arrivals.allSatisfy { arrival in
            call.seen.contains {
                holding.contains($0.flag) && $0.counts.contains(arrival.who) && $0.at <= arrival.at
            }
        }
    }
}
