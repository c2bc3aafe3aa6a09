public import Access
import Instruments
public import Kernel
public import Ledger
import People

extension CallDesk {
    /// As many calls, the newest, and as many assessments are looked through for a figure.
    public static let mostMeasured = 5000
    static let monthsShown = 24

    /// Of her agency's calls of the last 24 months that she may see.
    /// - Returns: each figure, how many calls there are, and whether there were more than are looked through.
    public func shares(as actor: Actor) async throws -> (shares: [CallShare], of: Int, isCut: Bool) {
        let this = LondonTime.day(of: ledger.now).monthOfYear
        let first = this.adding(months: 1 - CallDesk.monthsShown)
        let calls = try await calls(from: first, through: this, as: actor)
        let graver = try await graverOccurrences(since: first, as: actor)
        let judge = CallJudge(
            found: { findsVulnerability($0) }, isGraver: { graver.contains($0.occurrence.text) })
        let shown = calls.last.map { LondonTime.day(of: $0.body.reportedAt).monthOfYear }
        let months = shown.map { ($0.index...this.index).map { Month(index: $0) } } ?? []
        let shares = try CallFigure.allCases.map { figure in
            let judged = calls.compactMap { record in
                judge.counts(record.body, figure).map { JudgedCall(record: record, counts: $0) }
            }
            return try CallShare(figure, judged, months: months)
        }
        return (shares, calls.count, calls.count >= CallDesk.mostMeasured)
    }

    /// The newest first.
    func calls(from: Month, through: Month, as actor: Actor) async throws -> [Record<ReportedCall>] {
        let start = CallDesk.second(of: from)
        let end = IndexKey.number(ReportedCall.reportedIndex, CallDesk.second(of: through.adding(months: 1)))
        var (found, place) = ([Record<ReportedCall>](), ListPosition?(ListPosition(key: end.key, record: "")))
        while let after = place, found.count < CallDesk.mostMeasured {
            let page = try await ledger.list(
                ReportedCall.self, index: ReportedCall.reportedIndex, after: after, limit: 500, descending: true,
                as: actor)
            let inside = page.records.filter { Int($0.body.reportedAt.milliseconds / 1000) >= start }
            found += inside.filter { $0.owner == actor.agency }
            place = inside.count == page.records.count ? page.next : nil
        }
        return Array(found.prefix(CallDesk.mostMeasured))
    }

    /// The second at which a month begins in London, since 1970.
    static func second(of month: Month) -> Int {
        let plain = Moment(milliseconds: Int64(month.firstDay.daysSince1970) * 86_400_000)
        return Int((plain.milliseconds / 1000) - LondonTime.offsetSeconds(at: plain))
    }

    /// Occurrences of which an assessment was sent with a grade above the lowest.
    private func graverOccurrences(since: Month, as actor: Actor) async throws -> Set<String> {
        let words = try AssessmentWords.bundled()
        let start = CallDesk.second(of: since)
        var (found, place, count) = (Set<String>(), ListPosition?.none, 0)
        repeat {
            let page = try await ledger.list(
                Assessment.self, index: Assessment.sentIndex, after: place, limit: 500, descending: true, as: actor)
            for record in page.records where record.owner == actor.agency {
                guard words.gravity(of: record.body.grading?.given.grade, on: record.body.day) >= .middle else {
                    continue
                }
                found.insert(record.body.occurrence.text)
            }
            count += page.records.count
            let oldest = page.records.last?.body.firstSent.map { Int($0.milliseconds / 1000) } ?? 0
            place = oldest >= start && count < CallDesk.mostMeasured ? page.next : nil
        } while place != nil
        return found
    }

    // MARK: Review

    /// Calls of a month that are looked at again, as they were drawn: each call has a number that follows from the month
    /// and its own identifier, and the lowest are taken. One more call changes at most one of them.
    public func sample(of month: Month, as actor: Actor) async throws -> [Record<ReportedCall>] {
        let size = try CallWords.bundled().sampleSize(of: month)
        return Array(
            try await calls(from: month, through: month, as: actor)
                .sorted { CallDesk.lot($0.id, month) < CallDesk.lot($1.id, month) }.prefix(size))
    }

    /// FNV-1a of month and call, mixed: even over calls, and the same on every machine.
    static func lot(_ id: Identifier<ReportedCall>, _ month: Month) -> UInt64 {
        let hash = "\(month)/\(id)".utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
            ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3
        }
        var generator = SeededGenerator(seed: hash)
        return generator.next()
    }

    /// Says whether there should have been a flag.
    /// - Throws: `Problem.absent` for whoever may not review; see `ReportedCall.reviewed`.
    public func review(
        _ id: Identifier<ReportedCall>, _ should: FlagReview.Should?, words: String, as actor: Actor
    ) async throws {
        let record = try await call(id, as: actor)
        let standing: Set<Relation> = record.owner == actor.agency ? [.ownAgency] : []
        guard decide(actor, .alteration, on: .riskReview, standing: standing).isAllowed else {
            let tried = Consultation(
                kind: ReportedCall.kind.name, .riskReview, .alteration, about: "review", record: id.text)
            try await ledger.note(tried, as: actor, allowed: false)
            throw Problem.absent
        }
        let month = LondonTime.day(of: record.body.reportedAt).monthOfYear
        let isSampled = try await sample(of: month, as: actor).contains { $0.id == id }
        try await write(id, as: actor, joining: false) {
            try $0.reviewed(should, words: words, isSampled: isSampled, by: actor.user, at: ledger.now)
        }
    }
}
