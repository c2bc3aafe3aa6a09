import Access
import Instruments
import Kernel
import Ledger
import People
import RiskAssessment

/// Assessments of the invented family: one agreed with care, one that waits and is thin, one being written.
struct SampleAssessments {
    let desk: AssessmentDesk
    let now: Moment
    let officer: Actor
    let supervisor: Actor

    init(_ house: OpenHouse) throws {
        desk = AssessmentDesk(ledger: house.ledger, library: try .bundled(), people: house.people, seed: 1)
        now = house.ledger.now
        let actor = { (user: String, role: Role) in
            Actor(user: user, agency: "police", roles: [role], purpose: .safeguarding)
        }
        (officer, supervisor) = (actor(house.keeper.user, .responseOfficer), actor("command-sample", .supervisor))
    }

    /// - Parameter occurrences: the oldest first; each names the victim and the suspect.
    func seed(
        _ victim: Identifier<Person>, _ suspect: Identifier<Person>, _ occurrences: [Identifier<Occurrence>]
    ) async throws {
        guard occurrences.count >= 3 else { return }
        try await agreed(victim, suspect, occurrences[0])
        try await waiting(victim, suspect, occurrences[1])
        let id = try await begin(victim, suspect, occurrences[2])
        for question in ["injury", "fear"] { try await answer(id, question, .no) }
    }

    private func begin(
        _ victim: Identifier<Person>, _ suspect: Identifier<Person>, _ occurrence: Identifier<Occurrence>
    ) async throws -> Identifier<Assessment> {
        try await desk.begin(
            .init(
                occurrence: occurrence, instrument: "dash-2009", victim: victim, suspect: suspect,
                reportedAt: now.adding(seconds: -7200)), as: officer)
    }

    private func answer(
        _ id: Identifier<Assessment>, _ question: String, _ reply: Answer.Reply, _ words: String = ""
    ) async throws {
        try await desk.answer(Answer(to: question, reply, words: words, at: now), seen: 0, in: id, as: officer)
    }

    private func fill(_ id: Identifier<Assessment>, yes: [String: String]) async throws {
        let version = try desk.version(of: try await desk.assessment(id, as: officer).body)
        for question in version.questions {
            if let words = yes[question.id] {
                try await answer(id, question.id, question.kind == .text ? .written : .yes, words)
            } else {
                try await answer(id, question.id, question.kind == .text ? .declined : .no)
            }
        }
    }

    private func asked(_ id: Identifier<Assessment>, _ history: String) async throws {
        var how = Circumstances()
        (how.victimAsked, how.alone, how.channel, how.interpreter) = (.yes, .yes, .inPerson, .notNeeded)
        (how.childrenSeen, how.historyChecked, how.history) = (.yes, .yes, history)
        try await desk.ask(how, seen: 0, in: id, as: officer)
    }

    private func agreed(
        _ victim: Identifier<Person>, _ suspect: Identifier<Person>, _ occurrence: Identifier<Occurrence>
    ) async throws {
        let id = try await begin(victim, suspect, occurrence)
        try await fill(
            id,
            yes: [
                "fear": "She said \"I keep my shoes on in the house now\" and looked at the door while she spoke.",
                "separation": "She left him for a week in the spring, two months ago, and came back for the child.",
            ])
        try await asked(id, "No earlier call from this address. No order and no bail.")
        try await desk.grade(
            GradeDraft(
                grade: "medium",
                reason: "Question 2: she fears him, and question 6: she left him two months ago and came back."),
            seen: 0, in: id, as: officer)
        var response = InitialResponse()
        (response.safeContactAsked, response.injuries, response.photographs) = (.init(.yes), .init(.no), .init(.no))
        (response.video, response.arrest) = (
            .init(.yes), .init(.no, "No offence was told; both were calm when we left.")
        )
        (response.notice, response.consent) = (
            .init(.yes, "Thought of with the inspector; not asked for."), .init(.yes)
        )
        (response.steps, response.evidence) = (["phone-999", "advice"], ["call", "video"])
        try await desk.respond(response, seen: 0, in: id, as: officer)
        try await desk.send(id, overriding: [:], as: officer)
        try await desk.review(
            id, .agreed, words: "Clear, and in her own words. I agree.", as: supervisor)
    }

    /// A threat without its words, sent with a reason.
    private func waiting(
        _ victim: Identifier<Person>, _ suspect: Identifier<Person>, _ occurrence: Identifier<Occurrence>
    ) async throws {
        let id = try await begin(victim, suspect, occurrence)
        try await fill(
            id,
            yes: [
                "injury": "A bruise on the left arm, from the edge of the door this evening.",
                "fear": "She shook while she spoke and asked twice when he would be back.",
                "separation": "She told him last week, on Sunday, that she will leave in the spring.",
                "threats-to-kill": "",
            ])
        try await asked(id, "One earlier call, graded medium.")
        try await desk.grade(
            GradeDraft(
                grade: "medium", reason: "Question 1, a bruise, and question 17, a threat to kill, told without words.",
                against: "The threat was mentioned once, and she would not say more with the child there."),
            seen: 0, in: id, as: officer)
        try await desk.send(
            id, overriding: [.context: "She would not repeat it while the child was in the room."], as: officer)
    }
}
