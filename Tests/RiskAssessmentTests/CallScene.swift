import Access
import Instruments
import Kernel
import Ledger
import People
import TestKit
import Testing

@testable import RiskAssessment

/// The family of `AssessmentScene`, and the room that takes calls about them.
struct CallScene {
    let base: AssessmentScene
    let desk: CallDesk
    var store: TemporaryStore { base.store }
    var now: Moment { base.now }

    static let handler = TestActor.practitioner("hana", teams: ["control"])
    static let officer = AssessmentScene.officer
    static let sergeant = AssessmentScene.sergeant

    static func open(_ body: (CallScene) async throws -> Void) async throws {
        try await AssessmentScene.open { base in
            try await body(
                CallScene(
                    base: base,
                    desk: CallDesk(ledger: base.store.ledger, people: base.people, assessments: base.desk)))
        }
    }

    func advance(minutes: Int64) { store.clock.advance(seconds: minutes * 60) }

    func take(
        _ said: String = "She is shouting for help.", about occurrence: Identifier<Occurrence>? = nil,
        at moment: Moment? = nil, as actor: Actor = handler
    ) async throws -> Identifier<ReportedCall> {
        try await desk.take(
            .init(
                occurrence: occurrence ?? base.occurrence, reportedAt: moment ?? now, caller: "A neighbour", said: said),
            as: actor)
    }

    /// Six topics: nothing seen but what is named.
    func draft(
        _ grade: String = "priority", _ seen: [String: String] = [:], changed: String = ""
    ) throws -> ThriveDraft {
        let answers = try desk.instrument().topics.map { question in
            Answer(
                to: question.id, .chosen, choice: seen[question.id] == nil ? "none-seen" : "serious", from: .other,
                words: seen[question.id] ?? "", at: now)
        }
        return ThriveDraft(answers: answers, grade: grade, reason: "As it was told.", changed: changed)
    }

    func assess(
        _ id: Identifier<ReportedCall>, _ grade: String = "priority", _ seen: [String: String] = [:],
        changed: String = "", known: Int = 0
    ) async throws {
        try await desk.assess(
            id, try draft(grade, seen, changed: changed), known: known, as: CallScene.handler)
    }

    func check(_ id: Identifier<ReportedCall>, _ outcome: VulnerabilityCheck.Outcome = .vulnerable) async throws {
        try await desk.check(
            id, outcome, looked: ["caller", "history"], words: "She said that she is afraid.", as: CallScene.handler)
    }

    func flag(_ id: Identifier<ReportedCall>, words: String = "Speak to her alone.") async throws {
        try await desk.flag(id, ["domestic-abuse"], words: words, as: CallScene.handler)
    }

    func send(_ id: Identifier<ReportedCall>, _ actor: Actor = officer) async throws {
        try await desk.send(id, actor.user, name: actor.user, as: CallScene.handler)
    }

    func body(_ id: Identifier<ReportedCall>, as actor: Actor = handler) async throws -> ReportedCall {
        try await desk.call(id, as: actor).body
    }

    func share(_ figure: CallFigure, as actor: Actor = sergeant) async throws -> CallShare {
        try #require(try await desk.shares(as: actor).shares.first { $0.figure == figure })
    }
}
