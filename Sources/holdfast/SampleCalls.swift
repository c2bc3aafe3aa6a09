import Access
import Instruments
import Kernel
import Ledger
import People
import RiskAssessment

/// Calls about the invented family: one as it should be, one checked and never flagged, one that is open now.
struct SampleCalls {
    let desk: CallDesk
    let now: Moment
    let handler: Actor
    let officer: Actor
    /// Who signs in first: she is sent to the call that is open.
    let first: String?

    init(_ house: OpenHouse, _ assessments: AssessmentDesk, first: String?) {
        self.first = first
        desk = CallDesk(ledger: house.ledger, people: house.people, assessments: assessments)
        now = house.ledger.now
        let actor = { (user: String) in
            Actor(user: user, agency: "police", roles: [.responseOfficer], purpose: .safeguarding)
        }
        (handler, officer) = (actor("command-sample"), actor(house.keeper.user))
    }

    /// - Parameter occurrences: the oldest first.
    func seed(_ occurrences: [Identifier<Occurrence>]) async throws {
        guard occurrences.count >= 3 else { return }
        try await closed(occurrences[0])
        try await bare(occurrences[1])
        try await open(occurrences[2])
    }

    private func take(
        _ occurrence: Identifier<Occurrence>, daysAgo: Int64, _ caller: String, _ said: String
    ) async throws -> Identifier<ReportedCall> {
        try await desk.take(
            .init(
                occurrence: occurrence, reportedAt: now.adding(days: -daysAgo).adding(seconds: -1800), caller: caller,
                said: said), as: handler)
    }

    private func assess(
        _ id: Identifier<ReportedCall>, _ grade: String, _ seen: [String: String], changed: String = "",
        known: Int = 0
    ) async throws {
        let answers = try desk.instrument().topics.map { question in
            Answer(
                to: question.id, .chosen, choice: seen[question.id] == nil ? "none-seen" : "serious", from: .other,
                words: seen[question.id] ?? "", at: now)
        }
        let draft = ThriveDraft(
            answers: answers, grade: grade, reason: "By what was said and what is known of them.", changed: changed)
        try await desk.assess(id, draft, known: known, as: handler)
    }

    private func check(
        _ id: Identifier<ReportedCall>, _ outcome: VulnerabilityCheck.Outcome, _ words: String
    ) async throws {
        try await desk.check(id, outcome, looked: ["caller", "history", "warnings"], words: words, as: handler)
    }

    private func closed(_ occurrence: Identifier<Occurrence>) async throws {
        let id = try await take(occurrence, daysAgo: 90, "A neighbour", "Shouting and glass from number 17.")
        try await assess(id, "priority", ["harm": "Glass was heard breaking."])
        try await check(id, .vulnerable, "She is alone with him, and he is known for an earlier call.")
        try await desk.flag(
            id, ["domestic-abuse"], words: "Speak to her alone, out of the house.", as: handler)
        try await desk.find(
            id, order: "none", words: "Looked in the force's own system: no order, no bail.", until: nil, as: handler)
        try await desk.acknowledge(id, upTo: 1, name: "The first crew", as: officer)
        try await desk.arrive(id, name: "The first crew", as: officer)
        try await desk.close(id, true, words: "Attended; an assessment was made.", as: handler)
    }

    /// What the inspectorate found: checked, and whoever went was not told.
    private func bare(_ occurrence: Identifier<Occurrence>) async throws {
        let id = try await take(occurrence, daysAgo: 41, "Ama Castlewick", "He pushed me. My son is here.")
        try await assess(
            id, "priority", ["harm": "She was pushed against a door.", "vulnerability": "A child is there."])
        try await check(id, .vulnerable, "A child of nine is in the house.")
        try await desk.arrive(id, name: "The second crew", as: officer)
        try await desk.close(
            id, true, words: "Attended. The flag was forgotten in a busy hour.", as: handler)
    }

    private func open(_ occurrence: Identifier<Occurrence>) async throws {
        let id = try await take(occurrence, daysAgo: 0, "A man who gave no name", "They are at it again at number 17.")
        try await assess(id, "scheduled", ["risk": "Two earlier calls."])
        try await assess(
            id, "immediate", ["risk": "Two earlier calls.", "vulnerability": "A child cries in the background."],
            changed: "A second caller hears a child.", known: 1)
        try await check(id, .vulnerable, "A child of the family is known to live there.")
        try await desk.flag(
            id, ["domestic-abuse", "child"], words: "A boy of nine is there. Do not leave a message on the telephone.",
            as: handler)
        if let first { try await desk.send(id, first, name: "First administrator", as: handler) }
    }
}
