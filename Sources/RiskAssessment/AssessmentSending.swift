public import Access
public import Instruments
public import Kernel
public import Ledger
import People

/// What stands between a draft and its being sent.
public struct Readiness: Sendable {
    /// Each standard, judged.
    public let ledger: QualityLedger
    /// Raised since the grade was given, or with no grade.
    public let unweighed: [Concern]
    public let copied: [CopiedPassage]

    public var isReady: Bool { ledger.isReadyToSend && unweighed.isEmpty }
}

extension AssessmentDesk {
    /// What the answers and the days of earlier occurrences raise. Of those days only what she may see counts.
    public func concerns(in assessment: Assessment, as actor: Actor) async throws -> [Concern] {
        var earlier: [Day] = []
        if let victim = assessment.victim {
            let suspects = Set(assessment.suspects)
            let last = assessment.happened.day ?? assessment.day
            earlier = try await people.occurrences(of: victim, as: actor).filter { record in
                record.id != assessment.occurrence
                    && record.body.involved.contains { suspects.contains($0.person) && $0.person != victim }
            }.compactMap(\.body.from.day).filter { $0 <= last }
        }
        return library.concerns.concerns(
            in: assessment.answers, try version(of: assessment), earlier: earlier,
            on: assessment.happened.day ?? assessment.day)
    }

    /// Each standard, judged now.
    /// - Parameter copied: with names of forms as they may be shown.
    public func quality(
        of assessment: Assessment, copied: [CopiedPassage], overrides: [QualityOverride]? = nil
    ) throws -> QualityLedger {
        let judge = judges.judge(for: try version(of: assessment), on: assessment.day)
        return judge.ledger(of: assessment.facts(copied: copied, overrides: overrides), at: ledger.now)
    }

    /// What it would take to send it now.
    public func readiness(
        of record: Record<Assessment>, overrides: [QualityOverride]? = nil, as actor: Actor
    ) async throws -> Readiness {
        let copied = try await copying.copies(in: record.body, of: record.id)
        return Readiness(
            ledger: try quality(
                of: record.body, copied: try await named(copied, as: actor), overrides: overrides),
            unweighed: record.body.unweighed(try await concerns(in: record.body, as: actor)), copied: copied)
    }

    /// Sends it for review.
    /// - Parameter reasons: why it is sent although a standard is not met.
    /// - Throws: `Problem.invalid` with fields `override-…`, `grade`, `against`; `.conflict` once it was sent.
    public func send(
        _ id: Identifier<Assessment>, overriding reasons: [QualityStandard: String], as actor: Actor
    ) async throws {
        let (record, now) = (try await assessment(id, as: actor), ledger.now)
        guard record.body.state.isOpen else { throw Assessment.moved(record.body.state) }
        let given = QualityStandard.allCases.compactMap { standard in
            reasons[standard].flatMap { QualityOverride(standard, reason: $0, at: now) }
        }
        let readiness = try await readiness(of: record, overrides: given, as: actor)
        var faults: [Problem.Field] = []
        if record.body.grading == nil { faults.append(.init("grade", "Give a grade before you send it.")) }
        if record.body.grading != nil, !readiness.unweighed.isEmpty {
            faults.append(.init("grade", "Something was raised after you graded. Look at your grade again."))
        }
        for finding in readiness.ledger.findings where finding.stopsSubmission && Self.isAskedFor(finding.standard) {
            faults.append(
                .init("override-\(finding.standard.rawValue)", "Add to it, or say why you send it as it is."))
        }
        for given in given where given.reason.unicodeScalars.count > Assessment.mostWords {
            faults.append(.init("override-\(given.standard.rawValue)", "Use 4,000 characters or fewer."))
        }
        guard faults.isEmpty else { throw Problem.fields(faults) }
        let kept = given.filter { given in readiness.ledger[given.standard]?.outcome == .notMet }
        // Whatever was answered in between was not judged.
        let next = try record.body.sent(kept, copied: readiness.copied, by: actor.user, at: now)
        do {
            try await ledger.commit([.amend(id, expecting: record.version, next)], as: actor)
        } catch is Conflict {
            throw Problem(
                .conflict, "Something was saved from another device while you were sending. It is not sent yet.",
                next: "Look through it and send it again.")
        }
    }

    /// Standards that can be met before it is sent.
    static func isAskedFor(_ standard: QualityStandard) -> Bool {
        ![.timeliness, .supervision].contains(standard)
    }

    /// Earlier forms by their number, where she may see them.
    public func named(_ copied: [CopiedPassage], as actor: Actor) async throws -> [CopiedPassage] {
        guard !copied.isEmpty else { return [] }
        let ids = Set(copied.map(\.form)).sorted().compactMap { Identifier<Assessment>($0) }
        let seen = try await ledger.list(Assessment.self, ids, shownIn: "copied", as: actor)
        let names = Dictionary(
            seen.map { ($0.id.text, $0.body.reference.isEmpty ? "of \($0.body.happened.words)" : $0.body.reference) },
            uniquingKeysWith: { first, _ in first })
        return copied.map {
            CopiedPassage(
                form: names[$0.form] ?? "(not open to you)", question: $0.question, passage: $0.passage,
                words: $0.words)
        }
    }

    // MARK: Review

    /// Agrees, returns or opens again.
    /// - Throws: `Problem.absent` for whoever may not review; `.invalid`; `.conflict`.
    public func review(
        _ id: Identifier<Assessment>, _ what: Assessment.Event.What, words: String, as actor: Actor
    ) async throws {
        let record = try await assessment(id, as: actor)
        let standing: Set<Relation> = record.owner == actor.agency ? [.ownAgency] : []
        guard decide(actor, .alteration, on: .riskReview, standing: standing).isAllowed,
            [.agreed, .returned, .reopened].contains(what)
        else {
            let tried = Consultation(
                kind: Assessment.kind.name, .riskReview, .alteration, about: "review", record: id.text)
            try await ledger.note(tried, as: actor, allowed: false)
            throw Problem.absent
        }
        _ = try await write(id, as: actor) { try $0.after(what, by: actor.user, words: words, at: ledger.now) }
    }
}

extension Assessment {
    func sent(
        _ overrides: [QualityOverride], copied: [CopiedPassage], by user: String, at now: Moment
    ) throws -> Assessment {
        var next = try after(.sent, by: user, words: "", at: now)
        (next.overrides, next.copied) = (overrides, copied)
        return next
    }
}
