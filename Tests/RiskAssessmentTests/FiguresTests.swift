import Access
import Instruments
import Kernel
import Ledger
import People
import TestKit
import Testing

@testable import RiskAssessment

@Suite("Figures of assessments", .onEveryEngine)
struct FiguresTests {
    private static let reason = "One injury, question 1, and no fear; she is with her sister now."

    /// One more about the same two, sent.
    private func send(
        _ scene: AssessmentScene, _ reference: String, words: String, grade: String = "standard",
        overriding reasons: [QualityStandard: String] = [:]
    ) async throws -> Identifier<Assessment> {
        let occurrence = try await AssessmentScene.occurrence(
            scene.people, [(scene.victim, .victim), (scene.suspect, .suspect)], daysAgo: 0, reference, scene.store)
        let id = try await scene.begin(occurrence)
        try await scene.fill(id, yes: ["injury": words])
        try await scene.graded(id, grade, reason: Self.reason, against: "Weighed: they live apart since June.")
        try await scene.desk.send(id, overriding: reasons, as: AssessmentScene.officer)
        return id
    }

    private func figures(_ scene: AssessmentScene, as actor: Actor = AssessmentScene.sergeant) async throws
        -> AssessmentFigures
    { try await scene.desk.figures("standards", as: actor) }

    @Test func `the share that meets a standard counts what was sent, and opens onto those that do not`() async throws {
        try await AssessmentScene.open { scene in
            let first = try await send(scene, "CR/1", words: "", overriding: [.context: "She left."])
            #expect(try await figures(scene).count == 1)
            _ = try await send(scene, "CR/2", words: "A bruise on her left arm this evening.")
            let figures = try await figures(scene)
            let share = figures.share(.standard(.context))
            #expect(share.count == 1 && share.of == 2)
            #expect(figures.toRead(.standard(.context)) == [first.text])
            // Wilson's interval for 1 of 2.
            #expect(abs((share.bounds?.low ?? 0) - 0.0945) < 0.0005)
            #expect(figures.share(.everyStandard).count == 1)
            let theirs = TestActor.practitioner("hal", agency: "housing", roles: [.supervisor])
            #expect(try await self.figures(scene, as: theirs).count == 0)
            await #expect(throws: Problem.absent) { try await self.figures(scene, as: AssessmentScene.officer) }
            let read = try await scene.desk.forms(figures.toRead(.standard(.context)), as: AssessmentScene.sergeant)
            #expect(read.map(\.id) == [first])
        }
    }

    @Test func `each standard is counted as the form itself is judged`() async throws {
        try await AssessmentScene.open { scene in
            _ = try await send(scene, "CR/1", words: "", overriding: [.context: "She left."])
            let id = try await send(scene, "CR/2", words: "A bruise on her left arm this evening.")
            try await scene.desk.review(id, .agreed, words: "Read with her.", as: AssessmentScene.sergeant)
            let figures = try await figures(scene)
            let bodies = try await scene.desk.about(victim: scene.victim, as: AssessmentScene.sergeant).map(\.body)
            for standard in QualityStandard.allCases {
                let outcomes = try bodies.map { try scene.desk.quality(of: $0, copied: $0.copied)[standard]?.outcome }
                let share = figures.share(.standard(standard))
                #expect(share.count == outcomes.count { $0 == .met }, "\(standard)")
                #expect(share.of == outcomes.count { $0 == .met || $0 == .notMet }, "\(standard)")
            }
        }
    }

    @Test func `a review that does not come is late by itself, and one that returns it is counted`() async throws {
        try await AssessmentScene.open { scene in
            let id = try await send(scene, "CR/1", words: "A bruise on her left arm this evening.")
            #expect(try await figures(scene).share(.standard(.supervision)).of == 0)
            scene.store.clock.advance(seconds: 40 * 86_400)
            let late = try await figures(scene)
            #expect(late.share(.standard(.supervision)).count == 0 && late.share(.standard(.supervision)).of == 1)
            #expect(late.share(.returned).of == 0 && late.hours(\.hoursToReview) == nil)
            try await scene.desk.review(id, .returned, words: "Say when.", as: AssessmentScene.sergeant)
            let returned = try await figures(scene)
            #expect(returned.share(.returned).count == 1 && returned.toRead(.returned) == [id.text])
            #expect(abs((returned.hours(\.hoursToReview)?.middle ?? 0) - 960) < 0.01)
        }
    }

    @Test func `months follow one another without a hole, and a choice takes its month alone`() async throws {
        try await AssessmentScene.open { scene in
            _ = try await send(scene, "CR/1", words: "A bruise on her left arm this evening.")
            scene.store.clock.advance(seconds: 70 * 86_400)
            _ = try await send(scene, "CR/2", words: "Her lip was split when we came in.")
            let figures = try await figures(scene)
            let months = figures.months()
            #expect(months.map(\.description) == ["2026-10", "2026-11", "2026-12", "2027-01"])
            let points = try figures.chart(.standard(.context), of: months)
            #expect(points.map(\.share.of) == [1, 0, 0, 1] && points.map(\.share.value) == [1, nil, nil, 1])
            #expect(figures.chosen(AssessmentChoice(month: months[3])).count == 1)
            #expect(figures.latest(months: 2).count == 1)
        }
    }

    @Test func `what came within a year is told by grade, once the year is over`() async throws {
        try await AssessmentScene.open { scene in
            _ = try await send(scene, "CR/1", words: "A bruise on her left arm this evening.")
            scene.store.clock.advance(seconds: 200 * 86_400)
            _ = try await send(scene, "CR/2", words: "Her lip was split when we came in.", grade: "high")
            #expect(try await figures(scene).later.isEmpty)
            scene.store.clock.advance(seconds: 200 * 86_400)
            let later = try await figures(scene).later
            #expect(later.map(\.grade) == ["standard"] && later.first?.followed == 1)
            #expect(later.first?.again.count == 1 && later.first?.gravest.count == 1)
            scene.store.clock.advance(seconds: 200 * 86_400)
            let all = try await figures(scene).later
            #expect(all.map(\.grade) == ["high", "standard"] && all.first?.again.count == 0)
        }
    }

    @Test func `officers are compared only for whoever leads the learning, and looking is logged`() async throws {
        try await AssessmentScene.open { scene in
            _ = try await send(scene, "CR/1", words: "A bruise on her left arm this evening.")
            await #expect(throws: Problem.absent) {
                try await scene.desk.officerFigures(as: AssessmentScene.sergeant)
            }
            let lead = TestActor.practitioner("lea", roles: [.safeguardingPractitioner])
            let officers = try await scene.desk.officerFigures(as: lead).officers
            let first = try #require(officers.groups.first)
            #expect(
                officers.groups.map(\.name) == [AssessmentScene.officer.user]
                    && officers.with(atLeast: 2).groups.isEmpty)
            #expect(first.forms == 1 && first.share.count == 1 && first.share.of > 20 && first.isAbove == nil)
            let looks = try await scene.store.log().filter { $0.kind == "risk.officers" }
            #expect(looks.map(\.user) == [AssessmentScene.sergeant.user, "lea"])
            #expect(looks.map(\.wasAllowed) == [false, true])
        }
    }
}
