import Access
import Instruments
import Kernel
import Ledger
import People
import TestKit
import Testing

@testable import RiskAssessment

/// A store with a victim, a suspect, a child and an occurrence that names them.
struct AssessmentScene {
    let store: TemporaryStore
    let people: PeopleDesk
    let desk: AssessmentDesk
    let victim: Identifier<Person>
    let suspect: Identifier<Person>
    let child: Identifier<Person>
    let occurrence: Identifier<Occurrence>

    static let officer = TestActor.practitioner()
    static let other = TestActor.practitioner("otto")
    static let sergeant = TestActor.practitioner("sam", roles: [.supervisor])
    static let housing = TestActor.practitioner("hal", agency: "housing", roles: [.partnerPractitioner])

    static func open(_ body: (AssessmentScene) async throws -> Void) async throws {
        let store = try await TemporaryStore(PeopleSchema.migrations)
        do {
            try await body(try await AssessmentScene(store))
        } catch {
            try await store.remove()
            throw error
        }
        try await store.remove()
    }

    private init(_ store: TemporaryStore) async throws {
        self.store = store
        people = PeopleDesk(ledger: store.ledger)
        desk = AssessmentDesk(ledger: store.ledger, library: try .bundled(), people: people, seed: 7)
        victim = try await AssessmentScene.person("Ama", people)
        suspect = try await AssessmentScene.person("Tom", people)
        child = try await AssessmentScene.person("Kofi", people)
        occurrence = try await AssessmentScene.occurrence(
            people, [(victim, .victim), (suspect, .suspect), (child, .child)], daysAgo: 0, "CR/1042/26", store)
    }

    private static func person(_ name: String, _ people: PeopleDesk) async throws -> Identifier<Person> {
        try await people.create(Person(names: [KnownName(given: name, family: "Mensah")]), as: officer)
    }

    static func occurrence(
        _ people: PeopleDesk, _ parts: [(Identifier<Person>, RecordSubject.Capacity)], daysAgo: Int,
        _ reference: String, _ store: TemporaryStore
    ) async throws -> Identifier<Occurrence> {
        let day = LondonTime.day(of: store.clock.source.now()).adding(days: -daysAgo)
        let involved = parts.map { Involvement(person: $0.0, capacity: $0.1, since: day, recordedBy: officer.user) }
        return try await people.create(
            Occurrence(
                what: "domestic-abuse", reference: reference, from: PartialDate(day), summary: "A neighbour called.",
                involved: involved), as: officer)
    }

    var now: Moment { store.clock.source.now() }

    func begin(
        _ occurrence: Identifier<Occurrence>? = nil, as actor: Actor = officer, instrument: String = "dash-2009"
    ) async throws -> Identifier<Assessment> {
        try await desk.begin(
            .init(
                occurrence: occurrence ?? self.occurrence, instrument: instrument, victim: victim, suspect: suspect,
                reportedAt: now), as: actor)
    }

    func answer(
        _ id: Identifier<Assessment>, _ question: String, _ reply: Answer.Reply, words: String = "", seen: Int = 0,
        round: Int = 1, as actor: Actor = officer
    ) async throws {
        try await desk.answer(
            Answer(to: question, round: round, reply, words: words, at: now), seen: seen, in: id, as: actor)
    }

    /// Every question is answered, and nothing is a yes but these.
    func fill(_ id: Identifier<Assessment>, yes: [String: String] = [:], as actor: Actor = officer) async throws {
        let version = try desk.version(of: try await desk.assessment(id, as: actor).body)
        for question in version.questions {
            if question.kind == .text {
                try await answer(id, question.id, .declined, as: actor)
            } else if let words = yes[question.id] {
                try await answer(id, question.id, .yes, words: words, as: actor)
            } else {
                try await answer(id, question.id, .no, as: actor)
            }
        }
        var how = Circumstances()
        (how.victimAsked, how.alone, how.channel, how.interpreter) = (.yes, .yes, .inPerson, .notNeeded)
        (how.historyChecked, how.history) = (.yes, "Nothing was found in two years.")
        try await desk.ask(how, seen: 0, in: id, as: actor)
    }

    /// Ready to be sent.
    func graded(
        _ id: Identifier<Assessment>, _ grade: String = "standard", reason: String? = nil, against: String = "",
        as actor: Actor = officer
    ) async throws {
        let reason = reason ?? "No injury and no fear was told, she feels safe with her sister tonight."
        try await desk.grade(
            GradeDraft(grade: grade, reason: reason, against: against),
            seen: try await desk.assessment(id, as: actor).body.graded.times, in: id, as: actor)
    }

    func state(_ id: Identifier<Assessment>) async throws -> Assessment.State {
        try await desk.assessment(id, as: AssessmentScene.officer).body.state
    }
}
