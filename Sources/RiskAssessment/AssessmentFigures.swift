public import Access
public import Instruments
public import Kernel
public import Ledger
public import Statistics

/// Which assessments are counted.
public struct AssessmentChoice: Sendable, Hashable {
    public var team: String?
    public var district: String?
    /// In which they were sent first.
    public var month: Month?

    public init(team: String? = nil, district: String? = nil, month: Month? = nil) {
        (self.team, self.district, self.month) = (team, district, month)
    }

    func holds(_ line: JudgedAssessment) -> Bool {
        (team == nil || team == line.team) && (district == nil || district == line.district)
            && (month == nil || month == line.month)
    }

    var about: String {
        let named = [("team", team), ("district", district), ("month", month?.description)]
        return named.compactMap { name, value in value.map { "\(name) \($0)" } }.joined(separator: ", ")
    }
}

/// The assessments that one agency sent, as figures.
public struct AssessmentFigures: Sendable {
    private let lines: [JudgedAssessment]
    private let now: Moment

    init(_ lines: [JudgedAssessment], at now: Moment) { (self.lines, self.now) = (lines, now) }

    public var count: Int { lines.count }
    public var teams: [String] { Set(lines.map(\.team)).filter { !$0.isEmpty }.sorted() }
    public var districts: [String] { Set(lines.map(\.district)).filter { !$0.isEmpty }.sorted() }

    /// From the first with one to the last, none left out; at most the latest `limit`.
    public func months(latest limit: Int = 36) -> [Month] {
        guard let first = lines.map(\.month).min(), let last = lines.map(\.month).max() else { return [] }
        return (max(first.index, last.index - limit + 1)...last.index).map(Month.init(index:))
    }

    public func chosen(_ choice: AssessmentChoice) -> AssessmentFigures {
        AssessmentFigures(lines.filter(choice.holds), at: now)
    }

    /// Those of the latest months that have any.
    public func latest(months: Int) -> AssessmentFigures {
        guard let last = lines.map(\.month).max() else { return self }
        return AssessmentFigures(lines.filter { $0.month.index > last.index - months }, at: now)
    }

    public func share(_ measure: AssessmentMeasure) -> AssessmentShare { AssessmentShare(measure, lines, at: now) }

    /// By month, and the chart of it (p, with Laney's correction where months differ by more than chance).
    public func chart(
        _ measure: AssessmentMeasure, of months: [Month]
    ) throws -> (shares: [AssessmentShare], chart: ControlChart) {
        let byMonth = Dictionary(grouping: lines, by: \.month)
        let shares = months.map { AssessmentShare(measure, byMonth[$0] ?? [], at: now) }
        return (shares, try .proportions(shares.map(\.proportion)))
    }

    /// Each team or district by itself, held against all of them.
    public func groups(
        _ measure: AssessmentMeasure, by group: KeyPath<JudgedAssessment, String>
    ) -> [(name: String, share: AssessmentShare)] {
        Dictionary(grouping: lines) { $0[keyPath: group] }.filter { !$0.key.isEmpty }
            .map { (name: $0.key, share: AssessmentShare(measure, $0.value, at: now)) }.sorted { $0.name < $1.name }
    }

    /// Half were faster, and nine of ten; nil where none says.
    public func hours(_ time: KeyPath<JudgedAssessment, Double?>) -> (of: Int, middle: Double, ninth: Double)? {
        let hours = lines.compactMap { $0[keyPath: time] }.sorted()
        guard !hours.isEmpty else { return nil }
        let at = { (share: Double) in hours[min(hours.count - 1, Int((Double(hours.count) * share).rounded(.down)))] }
        return (hours.count, at(0.5), at(0.9))
    }

    /// Those to read: that do not meet it, or that were returned.
    public func toRead(_ measure: AssessmentMeasure) -> [String] {
        lines.filter { measure.counts($0, at: now) == measure.isOfFault }.map(\.id).sorted(by: >)
    }

    /// How often each officer's answers were yes, of those that were yes or no.
    public var officers: [(officer: String, forms: Int, yes: Int, of: Int)] {
        Dictionary(grouping: lines, by: \.officer).map { officer, lines in
            (officer, lines.count, lines.reduce(0) { $0 + $1.yes }, lines.reduce(0) { $0 + $1.answered })
        }.sorted { $0.officer < $1.officer }
    }
}

extension AssessmentFigures {
    /// What came after assessments of one grade that were followed for a year.
    public struct Later: Sendable {
        public let grade: String
        public let followed: Int
        /// Assessed again within twelve months.
        public let again: AssessmentShare
        /// And given the gravest grade then.
        public let gravest: AssessmentShare
    }

    /// By the grade that was given, for those whose year is over.
    public var later: [Later] {
        let byVictim = Dictionary(grouping: lines.filter { !$0.victim.isEmpty }, by: \.victim)
            .mapValues { $0.sorted { $0.sent < $1.sent } }
        var followed: [String: [(again: Bool, gravest: Bool)]] = [:]
        for line in lines where !line.victim.isEmpty {
            guard let grade = line.grade, line.yearAfter <= now else { continue }
            let next = (byVictim[line.victim] ?? []).filter { $0.sent > line.sent && $0.sent <= line.yearAfter }
            followed[grade, default: []].append((!next.isEmpty, next.contains(where: \.isGravest)))
        }
        return followed.map { grade, cases in
            Later(
                grade: grade, followed: cases.count,
                again: AssessmentShare(count: cases.count { $0.again }, of: cases.count),
                gravest: AssessmentShare(count: cases.count { $0.gravest }, of: cases.count))
        }.sorted { $0.grade < $1.grade }
    }
}

extension AssessmentDesk {
    /// Figures of what her agency sent. A record that does not exist for her is in none of them.
    /// - Parameter name: of the page, for the log.
    public func figures(
        _ name: String, _ choice: AssessmentChoice = AssessmentChoice(), as actor: Actor
    ) async throws -> AssessmentFigures {
        let about = [name, choice.about].filter { !$0.isEmpty }.joined(separator: " ")
        return try await figures(Consultation(kind: "risk.figures", .riskReview, .consultation, about: about), actor)
    }

    /// What a measure is called.
    public func title(_ measure: AssessmentMeasure) -> String {
        switch measure {
        case .standard(let standard):
            return library.quality.title(of: standard, on: LondonTime.day(of: ledger.now))
        case .everyStandard: return "Every standard that applies is met"
        case .returned: return "Returned at the first review"
        }
    }

    /// The same for comparing officers, which not everybody may who reviews.
    public func officerFigures(as actor: Actor) async throws -> AssessmentFigures {
        try await figures(Consultation(kind: "risk.officers", .riskReview, .combination, about: "officers"), actor)
    }

    private func figures(_ consultation: Consultation, _ actor: Actor) async throws -> AssessmentFigures {
        let judged = try await board.judged()
        let hidden = try await ledger.consult(consultation, as: actor, standing: [.ownAgency]) {
            try RecordUpkeep.hidden(from: actor, $0)
        }
        let own = judged.filter { $0.agency == actor.agency && !hidden.contains($0.id) }
        return AssessmentFigures(own, at: ledger.now)
    }

    /// Some of those to read, as she may see them.
    public func forms(_ ids: some Collection<String>, as actor: Actor) async throws -> [Record<Assessment>] {
        try await ledger.list(
            Assessment.self, ids.compactMap { Identifier<Assessment>($0) }, shownIn: "figures", as: actor)
    }

    static func board(_ ledger: Ledger, _ library: InstrumentLibrary, _ judges: QualityJudges) -> QualityBoard {
        QualityBoard(ledger: ledger) { record in
            let body = record.body
            guard let version = library.shelf.version(body.answers.instrument) else { return nil }
            let quality = judges.judge(for: version, on: body.day)
                .ledger(of: body.facts(copied: body.copied), at: ledger.now)
            let due = body.lastSent.flatMap {
                library.quality.reviewDue(
                    sentAt: body.firstSent ?? $0.at, grade: body.grading?.given.grade, on: LondonTime.day(of: $0.at))
            }
            let gravity = (try? AssessmentWords.bundled())?.gravity(of: body.grading?.given.grade, on: body.day)
            return JudgedAssessment(
                record, quality, reviewDue: due, isGravest: gravity == .gravest,
                isReported: body.imported?.saysReported != false)
        }
    }
}
