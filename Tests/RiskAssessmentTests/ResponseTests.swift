import Instruments
import Kernel
import Ledger
import People
import TestKit
import Testing

@testable import RiskAssessment

@Suite("What was found and done at the initial response", .onEveryEngine)
struct ResponseTests {
    @Test func `whatever is typed is kept, complete or not, and a second device does not write over it`() async throws {
        try await AssessmentScene.open { scene in
            let id = try await scene.begin()
            var response = InitialResponse()
            (response.household, response.arrest) = ("Her mother", .init(.no))
            try await scene.desk.respond(response, seen: 0, in: id, as: AssessmentScene.officer)
            try await scene.desk.respond(response, seen: 0, in: id, as: AssessmentScene.officer)
            var theirs = InitialResponse()
            theirs.household = "Nobody"
            await #expect(throws: Overtaken.self) {
                try await scene.desk.respond(theirs, seen: 0, in: id, as: AssessmentScene.other)
            }
            let body = try await scene.desk.assessment(id, as: AssessmentScene.officer).body
            #expect(body.response == response && body.responded.times == 1 && body.responded.by == "ola")
            theirs.household = String(repeating: "x", count: 4001)
            let long = await #expect(throws: Problem.self) {
                try await scene.desk.respond(theirs, seen: 1, in: id, as: AssessmentScene.officer)
            }
            #expect(long?.fields.map(\.name) == ["household"])
        }
    }

    @Test func `a person who is no party cannot be named as a child of the house`() async throws {
        try await AssessmentScene.open { scene in
            let id = try await scene.begin()
            var (response, child) = (InitialResponse(), InitialResponse.Child())
            (child.person, child.voice) = (scene.suspect, "She hid.")
            response.children = [child]
            let refused = await #expect(throws: Problem.self) {
                try await scene.desk.respond(response, seen: 0, in: id, as: AssessmentScene.officer)
            }
            #expect(refused?.code == .absent)
            #expect(try await scene.desk.assessment(id, as: AssessmentScene.officer).body.response.children == [])
        }
    }

    @Test func `what is open is said in sentences, and a reason closes it`() {
        var response = InitialResponse()
        #expect(response.gaps.count == 8)
        (response.injuries, response.photographs) = (.init(.yes, "A cut"), .init(.no))
        (response.video, response.arrest, response.notice) = (.init(.yes), .init(.no), .init(.yes))
        (response.safeContactAsked, response.consent, response.steps) = (.init(.yes), .init(.yes), ["advice"])
        #expect(
            response.gaps == [
                "Somebody was hurt, and no reason says why there are no photographs.",
                "There was no arrest, and no reason says why.",
            ])
        response.arrest.words = "He had gone; a search was made."
        response.photographs.words = "She did not want any."
        #expect(response.gaps.isEmpty)
        var child = InitialResponse.Child()
        (child.present, child.seen, child.spokenTo) = (.yes, .yes, .yes)
        response.children = [child]
        #expect(response.gaps == ["Child 1: nothing says what the child said or showed."])
    }

    @Test func `every list of the reference file holds today, and grades are known by how grave they are`() throws {
        let (words, day) = (try AssessmentWords.bundled(), try #require(Day("2026-11-26")))
        for list in [words.grades, words.reasons, words.steps, words.evidence, words.notices] {
            #expect(!list.holding(on: day).isEmpty)
            #expect(Set(list.map(\.value.code)).count == list.count)
        }
        #expect(words.gravity(of: "high", on: day) == .gravest && words.gravity(of: "none", on: day) == .unknown)
        for instrument in try InstrumentShelf.bundled().instruments {
            for grade in instrument.versions.flatMap(\.grades) {
                #expect(words.gravity(of: grade.id, on: day) != .unknown, "\(instrument.id) \(grade.id)")
            }
        }
    }
}
