import Access
import Kernel
import Ledger
import TestKit
import Testing

@testable import Accounts

@Suite("Proving anew who she is")
struct StepUpTests {
    @Test func `password and a fresh code are wanted, each once, and both are in the log`() async throws {
        try await Desk.open { desk in
            let opened = try await desk.setUp(desk.link)
            let user = desk.administrator
            let again = { (password: String, code: String) in
                try await desk.signIn.proveAgain(session: opened.token, password: password, code: code)
            }
            desk.clock.advance(seconds: 30)
            let code = try await desk.code(user)
            let wrong = await #expect(throws: Problem.self) { try await again("seven grey herons", code) }
            #expect(wrong?.fields.first?.name == "current")
            let guess = await #expect(throws: Problem.self) { try await again(Desk.password, "000000") }
            #expect(guess?.fields.first?.name == "code")
            try await again(Desk.password, code)
            let used = await #expect(throws: Problem.self) { try await again(Desk.password, code) }
            #expect(used?.fields.first?.message == "That code was used before")
            let log = try await desk.store.log().filter { $0.about.hasPrefix("proved anew") }
            #expect(log.count == 1 && log.first?.user == user.text)
        }
    }

    @Test func `guesses are slowed as at the door`() async throws {
        try await Desk.open { desk in
            let opened = try await desk.setUp(desk.link)
            var last: Problem?
            for _ in 0..<8 {
                last = await #expect(throws: Problem.self) {
                    try await desk.signIn.proveAgain(session: opened.token, password: "wrong", code: "000000")
                }
            }
            #expect(last?.code == .unavailable)
        }
    }
}
