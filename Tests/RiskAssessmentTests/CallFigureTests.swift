import Access
import Kernel
import Ledger
import People
import TestKit
import Testing

@testable import RiskAssessment

@Suite("What share of calls was checked, flagged and seen", .onEveryEngine)
struct CallFigureTests {
    @Test func `the share flagged counts those where anybody found it, and a reviewer's word goes before`() async throws
    {
        try await CallScene.open { scene in
            // Found and flagged; found and not flagged; nothing found; flagged after it was closed.
            let flagged = try await scene.take("a")
            try await scene.check(flagged)
            try await scene.flag(flagged)
            let bare = try await scene.take("b")
            try await scene.check(bare)
            let quiet = try await scene.take("c")
            try await scene.check(quiet, .notVulnerable)
            let late = try await scene.take("d")
            try await scene.desk.close(late, true, words: "", as: CallScene.handler)
            scene.advance(minutes: 1)
            try await scene.desk.close(late, false, words: "Forgotten.", as: CallScene.handler)
            try await scene.flag(late)
            let checked = try await scene.share(.checked)
            #expect(checked.met == 3 && checked.of == 4)
            var share = try await scene.share(.flagged)
            #expect(share.met == 1 && share.of == 3)
            #expect(Set(share.judged.filter { !$0.counts }.map(\.record.id)) == [bare, late])
            try await scene.desk.review(quiet, .yes, words: "A child cried.", as: CallScene.sergeant)
            try await scene.desk.review(bare, .no, words: "It was the wrong house.", as: CallScene.sergeant)
            share = try await scene.share(.flagged)
            #expect(share.met == 1 && Set(share.judged.map(\.record.id)) == [flagged, quiet, late])
            let sampled = try await scene.share(.sampled)
            #expect(sampled.judged.map(\.record.id) == [quiet] && sampled.met == 0)
            let teams = (try share.of(team: "control"), try share.of(team: "other"))
            #expect(teams.0.of == 3 && teams.1.of == 0)
            #expect(try await scene.desk.shares(as: AssessmentScene.housing).of == 0)
        }
    }

    @Test func `an assessment at the scene graded above the lowest means that there should have been a flag`()
        async throws
    {
        try await CallScene.open { scene in
            let id = try await scene.take()
            let form = try await scene.base.begin()
            try await scene.base.fill(form, yes: ["injury": "A bruise on her left arm this evening."])
            try await scene.base.graded(
                form, "medium", reason: "One injury, question 1, and no fear; she is with her sister now.")
            #expect(try await scene.share(.flagged).of == 0, "not before it is sent")
            try await scene.base.desk.send(form, overriding: [:], as: CallScene.officer)
            let share = try await scene.share(.flagged)
            #expect(share.judged.map(\.record.id) == [id] && share.met == 0)
        }
    }

    @Test func `a flag counts as seen before arrival where everybody who came had seen it before she came`()
        async throws
    {
        try await CallScene.open { scene in
            let came = try await scene.take("came")
            try await scene.flag(came)
            try await scene.desk.acknowledge(came, upTo: 1, name: "Ola", as: CallScene.officer)
            scene.advance(minutes: 5)
            try await scene.desk.arrive(came, name: "Ola", as: CallScene.officer)
            let after = try await scene.take("after")
            try await scene.send(after)
            try await scene.desk.arrive(after, name: "Ola", as: CallScene.officer)
            scene.advance(minutes: 1)
            try await scene.flag(after)
            try await scene.desk.acknowledge(after, upTo: 1, name: "Ola", as: CallScene.officer)
            let nobody = try await scene.take("nobody")
            try await scene.flag(nobody)
            var share = try await scene.share(.seen)
            #expect(share.of == 2 && share.judged.filter(\.counts).map(\.record.id) == [came])
            // A second one comes who had not looked.
            try await scene.desk.arrive(came, name: "Otto", as: AssessmentScene.other)
            share = try await scene.share(.seen)
            #expect(share.of == 2 && share.met == 0)
            let odd = await #expect(throws: Problem.self) {
                try await scene.desk.record(arrivalOf: "nobody", at: nil, at: nobody, as: CallScene.handler)
            }
            #expect(odd?.fields.map(\.name) == ["arrived-who", "arrived-time"])
        }
    }

    @Test func `the interval is Wilson's, a month without calls is a gap, and a chart has a point for each month`()
        async throws
    {
        try await CallScene.open { scene in
            let ids = [try await scene.take("now"), try await scene.take("old", at: scene.now.adding(days: -70))]
            try await scene.check(ids[0])
            let share = try await scene.share(.checked)
            #expect(share.met == 1 && share.of == 2)
            #expect(abs((share.bounds?.low ?? 0) - 0.0945) < 0.0005)
            #expect(share.points.map(\.of) == [1, 0, 1] && share.points.map(\.met) == [0, 0, 1])
            #expect(share.explanation.contains("no limits yet"))
            #expect(try await scene.share(.seen).bounds == nil)
        }
    }

    @Test
    func `the lot draws the same calls for everybody, no more than the rule says, and one more moves at most one`()
        async throws
    {
        try await CallScene.open { scene in
            var ids: Set<String> = []
            for number in 1...13 { ids.insert(try await scene.take("call \(number)").text) }
            let month = LondonTime.day(of: scene.now).monthOfYear
            let drawn = try await scene.desk.sample(of: month, as: CallScene.sergeant).map(\.id.text)
            #expect(drawn.count == 10 && ids.isSuperset(of: drawn))
            #expect(try await scene.desk.sample(of: month, as: CallScene.officer).map(\.id.text) == drawn)
            _ = try await scene.take("one more")
            let again = try await scene.desk.sample(of: month, as: CallScene.sergeant).map(\.id.text)
            #expect(Set(again).subtracting(drawn).count <= 1)
            #expect(try await scene.desk.sample(of: month.adding(months: -1), as: CallScene.sergeant).isEmpty)
        }
    }

    @Test func `nobody reviews a call in which she had a part, and whoever may not review finds nothing to do`()
        async throws
    {
        try await CallScene.open { scene in
            let id = try await scene.take(as: CallScene.sergeant)
            let own = await #expect(throws: Problem.self) {
                try await scene.desk.review(id, .yes, words: "Mine", as: CallScene.sergeant)
            }
            #expect(own?.message.contains("Somebody else") == true)
            await #expect(throws: Problem.absent) {
                try await scene.desk.review(id, .yes, words: "x", as: CallScene.officer)
            }
            let refused = try await scene.store.log().filter { !$0.wasAllowed }
            #expect(refused.map(\.about) == ["review"])
            let other = TestActor.practitioner("sue", roles: [.supervisor])
            let empty = await #expect(throws: Problem.self) {
                try await scene.desk.review(id, nil, words: "", as: other)
            }
            #expect(empty?.fields.map(\.name) == ["should", "review-words"])
            try await scene.desk.review(id, .cannotTell, words: "Nothing was written.", as: other)
            #expect(try await scene.body(id, as: other).reviews.map(\.isSampled) == [true])
        }
    }
}
