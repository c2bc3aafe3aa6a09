import Access
import Actions
import Kernel
import Ledger
import TestKit
import Testing

@Suite("An action is owned, answered and done", .onEveryEngine)
struct ActionTests {
    let now = TestClock.start
    let owner = Assignee(id: "sam", name: "Sam Okoro")

    private func given() throws -> Action {
        try Action.give(
            "Write the plan", about: "case/1", to: owner, due: LondonTime.day(of: now).adding(days: 3), by: "ola",
            at: now)
    }

    @Test("Every state allows its own steps and no others", arguments: Action.State.allCases)
    func transitions(_ state: Action.State) throws {
        let paths: [Action.State: [Action.Event.What]] = [
            .given: [], .seen: [.seen], .accepted: [.accepted], .refused: [.refused], .done: [.done],
        ]
        let allowed: [Action.State: Set<Action.Event.What>] = [
            .given: [.seen, .accepted, .refused, .done], .seen: [.accepted, .refused, .done],
            .accepted: [.refused, .done], .refused: [.reopened], .done: [.reopened],
        ]
        var action = try given()
        for step in paths[state] ?? [] { action = try action.after(step, by: "sam", words: "a reason", at: now) }
        #expect(action.state == state)
        for step in Action.Event.What.allCases {
            let next = try? action.after(step, by: "sam", words: "a reason", at: now)
            #expect((next != nil) == (allowed[state]?.contains(step) == true), "\(state) \(step)")
        }
    }

    @Test("A refusal wants a reason, and only the owner or her team answers")
    func answers() throws {
        let action = try given()
        #expect(throws: Problem.self) { try action.after(.refused, by: "sam", at: now) }
        #expect(throws: Problem.self) { try action.after(.accepted, by: "kim", at: now) }
        #expect(try action.after(.accepted, by: "kim", teams: ["sam"], at: now).state == .accepted)
    }

    @Test("Title, owner and day are checked together")
    func fields() {
        let problem = #expect(throws: Problem.self) {
            try Action.give(
                "  ", about: "case/1", to: Assignee(id: "", name: ""), due: LondonTime.day(of: now).adding(days: -1),
                by: "ola", at: now)
        }
        #expect(problem?.fields.map(\.name) == ["title", "owner", "due"])
    }

    @Test("What is open for her is listed until it is done, and an overdue one says so")
    func openList() async throws {
        let store = try await TemporaryStore()
        let desk = ActionDesk(ledger: store.ledger)
        let lead = TestActor.police([.inspectionLead])
        let sam = Actor(user: "sam", agency: "housing", roles: [], purpose: .inspection)
        let today = LondonTime.day(of: now)
        let late = try await desk.give("Second", about: "case/1", to: owner, due: today.adding(days: 9), as: lead)
        _ = try await desk.give("First", about: "case/1", to: owner, due: today, as: lead)
        let open = try await desk.open(for: "sam", as: sam)
        #expect(open.map(\.body.title) == ["First", "Second"])
        #expect(open[0].body.isOverdue(on: today.adding(days: 1)))
        #expect(!open[0].body.isOverdue(on: today))
        try await desk.answer(late, expecting: 1, .done, words: "Sent", as: sam)
        #expect(try await desk.open(for: "sam", as: sam).map(\.body.title) == ["First"])
        #expect(try await desk.about("case/1", as: lead).count == 2)
        try await store.remove()
    }
}
