public import Instruments
public import Kernel

/// How many assessments meet each standard, and how many of them have a yes: counted, group by group.
public struct QualityTally: Sendable, Equatable {
    /// By what assessments are put together.
    public enum Grouping: String, Sendable, CaseIterable { case team, district, month, officer }

    public struct Counts: Sendable, Equatable {
        public fileprivate(set) var forms = 0
        /// By the place of the standard in `QualityStandard.allCases`.
        fileprivate var met = [Int](repeating: 0, count: QualityStandard.allCases.count)
        fileprivate var unmet = [Int](repeating: 0, count: QualityStandard.allCases.count)
        /// Forms of which something stands in an earlier form of the same officer.
        public fileprivate(set) var copied = 0
        /// Forms without any answer that tells of something, among those with an answer.
        public fileprivate(set) var withoutYes = 0
        public fileprivate(set) var answered = 0
        /// Answers that are yes, of those that are yes or no.
        public fileprivate(set) var yes = 0
        public fileprivate(set) var yesOrNo = 0

        public func met(_ standard: QualityStandard) -> Int { met[QualityTally.place(standard)] }
        /// Those to which it applies.
        public func judged(_ standard: QualityStandard) -> Int {
            met[QualityTally.place(standard)] + unmet[QualityTally.place(standard)]
        }

        fileprivate mutating func add(_ other: Counts) {
            forms += other.forms
            for place in met.indices {
                met[place] += other.met[place]
                unmet[place] += other.unmet[place]
            }
            (copied, withoutYes, answered) = (
                copied + other.copied, withoutYes + other.withoutYes, answered + other.answered
            )
            (yes, yesOrNo) = (yes + other.yes, yesOrNo + other.yesOrNo)
        }
    }

    public private(set) var all = Counts()
    /// By the group's name; empty where it is not known.
    public private(set) var groups: [Grouping: [String: Counts]] = [:]
    public private(set) var titles: [QualityStandard: String] = [:]

    public init() {}

    fileprivate static func place(_ standard: QualityStandard) -> Int { places[standard] ?? 0 }

    private static let places = Dictionary(
        uniqueKeysWithValues: QualityStandard.allCases.enumerated().map { ($1, $0) })

    /// Counts one that was read from a line: it has one answer to a question.
    mutating func add(_ assessment: Assessment, _ ledger: QualityLedger, copied: Bool) {
        var counts = Counts()
        counts.forms = 1
        for finding in ledger.findings {
            if titles[finding.standard] == nil { titles[finding.standard] = finding.title }
            switch finding.outcome {
            case .met: counts.met[QualityTally.place(finding.standard)] = 1
            case .notMet: counts.unmet[QualityTally.place(finding.standard)] = 1
            case .notApplicable: break
            }
        }
        counts.copied = copied ? 1 : 0
        for answer in assessment.answers.given {
            if answer.reply == .yes { counts.yes += 1 }
            if answer.reply == .yes || answer.reply == .no { counts.yesOrNo += 1 }
        }
        counts.answered = assessment.answers.given.isEmpty ? 0 : 1
        // No answer that counts is what the standard of context is not asked of.
        let hasYes = ledger[.context].map { $0.outcome != .notApplicable } ?? (counts.yes > 0)
        counts.withoutYes = counts.answered == 1 && !hasYes ? 1 : 0
        add(counts, of: assessment)
    }

    private mutating func add(_ counts: Counts, of assessment: Assessment) {
        all.add(counts)
        let month = LondonTime.day(of: assessment.firstSent ?? assessment.events.first?.at ?? assessment.reportedAt)
            .monthOfYear
        put(counts, .team, assessment.team ?? "")
        put(counts, .district, assessment.district ?? "")
        put(counts, .month, month.description)
        put(counts, .officer, assessment.officer)
    }

    private mutating func put(_ counts: Counts, _ grouping: Grouping, _ name: String) {
        groups[grouping, default: [:]][name, default: Counts()].add(counts)
    }

    /// Both together.
    public mutating func merge(_ other: QualityTally) {
        all.add(other.all)
        for (grouping, groups) in other.groups {
            for (name, counts) in groups { put(counts, grouping, name) }
        }
        titles.merge(other.titles) { mine, _ in mine }
    }
}
