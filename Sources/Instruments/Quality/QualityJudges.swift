public import Kernel
import Synchronization

/// Judges made once for each version of an instrument and each stretch of days in which no rule changes: making one
/// costs as much as judging many assessments.
public final class QualityJudges: Sendable {
    private struct Key: Hashable {
        let instrument: InstrumentVersion.Key
        /// How many days of change have passed.
        let stretch: Int
    }

    private let rules: QualityRules
    /// Days from which some rule holds, or no longer does, the earliest first.
    private let changes: [Day]
    private let made = Mutex<[Key: (version: InstrumentVersion, judge: QualityJudge)]>([:])

    public init(_ rules: QualityRules) {
        self.rules = rules
        changes = rules.daysOfChange
    }

    /// The judge of an assessment of that day.
    public func judge(for version: InstrumentVersion, on day: Day) -> QualityJudge {
        let key = Key(instrument: version.key, stretch: changes.count { $0 <= day })
        if let known = made.withLock({ $0[key] }), known.version == version { return known.judge }
        let judge = QualityJudge(rules, for: version, on: day)
        made.withLock { $0[key] = (version, judge) }
        return judge
    }
}

extension QualityRules {
    var daysOfChange: [Day] {
        func days<Value>(_ lines: [Dated<Value>]) -> [Day] {
            lines.flatMap { [$0.from] + ($0.until.map { [$0] } ?? []) }
        }
        let all =
            days(standards) + days(limits) + days(details) + days(boilerplate) + days(topicWords) + days(negations)
            + days(contradictions) + days(gradeChecks) + days(gradeWords) + days(deadlines)
        return Set(all).sorted()
    }
}
