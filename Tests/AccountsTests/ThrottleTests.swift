import Kernel
import TestKit
import Testing

@testable import Accounts

@Suite("Guessing is slowed down", .onEveryEngine)
struct ThrottleTests {
    private func fail(_ desk: Desk, _ times: Int, from source: String = "10.0.0.1") async {
        for _ in 0..<times {
            #expect(
                await problem { _ = try await desk.begin("administrator", "a wrong password", from: source) }
                    == SignInProblem.wrong)
        }
    }

    @Test("The wait doubles from the first failure that is not free, up to its bound")
    func waits() {
        let rule = Throttle.Rule(free: 5, longest: 30)
        #expect((0...12).map { rule.wait(after: $0) } == [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30])
        #expect(rule.wait(after: .max) == 30)
    }

    @Test("After five failures she is told how long to wait, and the right password does not help before")
    func wait() async throws {
        try await Desk.open { desk in
            try await desk.setUp(desk.link)
            desk.clock.advance(seconds: 30)
            await fail(desk, 5)
            let held = await problem { _ = try await desk.begin() }
            #expect(held == Problem(.unavailable, "There were too many tries.", next: "Wait 1 second and try again."))
            desk.clock.advance(seconds: 1)
            await fail(desk, 1)
            #expect(await problem { _ = try await desk.begin() }?.next == "Wait 2 seconds and try again.")
            desk.clock.advance(seconds: 2)
            _ = try await desk.begin()
            await fail(desk, 4)
        }
    }

    @Test("Fifty tries at once gain no more than the free ones")
    func atOnce() async throws {
        try await Desk.open { desk in
            try await desk.setUp(desk.link)
            let looked = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        await problem { _ = try await desk.begin("administrator", "a wrong password") }
                            == SignInProblem.wrong
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(looked == 5)
        }
    }

    @Test("A stranger elsewhere cannot keep a person out: half a minute at most, and nothing at her usual address")
    func stranger() async throws {
        try await Desk.open { desk in
            try await desk.setUp(desk.link)
            desk.clock.advance(seconds: 30)
            _ = try await desk.begin(from: "10.0.0.1")
            for number in 0..<200 {
                _ = try? await desk.begin("administrator", "a wrong password", from: "203.0.113.\(number)")
                desk.clock.advance(seconds: 2)
            }
            _ = try await desk.begin(from: "10.0.0.1")
            for number in 0..<200 {
                _ = try? await desk.begin("administrator", "a wrong password", from: "203.0.113.\(number)")
            }
            #expect(await problem { _ = try await desk.begin(from: "10.9.9.9") }?.code == .unavailable)
            desk.clock.advance(seconds: 30)
            _ = try await desk.begin(from: "10.9.9.9")
        }
    }

    @Test("One address that tries many names is slowed as a whole")
    func address() async throws {
        try await Desk.open { desk in
            for number in 0..<30 {
                #expect(await problem { _ = try await desk.begin("name\(number)") } == SignInProblem.wrong)
            }
            #expect(await problem { _ = try await desk.begin("name31") }?.code == .unavailable)
            #expect(await problem { _ = try await desk.begin("name31", from: "10.0.0.2") } == SignInProblem.wrong)
        }
    }

    @Test("Codes are slowed too, and starting again with the password does not reset that")
    func codes() async throws {
        try await Desk.open { desk in
            try await desk.setUp(desk.link)
            desk.clock.advance(seconds: 30)
            for _ in 0..<5 {
                let pending = try await desk.begin()
                #expect(
                    await problem { _ = try await desk.signIn.complete(pending: pending, code: "x") }
                        == SignInProblem.wrongCode)
            }
            let (pending, code) = (try await desk.begin(), try await desk.code(desk.administrator))
            #expect(
                await problem { _ = try await desk.signIn.complete(pending: pending, code: code) }?.code == .unavailable
            )
            desk.clock.advance(seconds: 1)
            #expect(try await desk.isLive(try await desk.signIn.complete(pending: pending, code: code)))
        }
    }

    @Test("A clock put back makes nobody wait longer than the rule says")
    func clockBack() async throws {
        try await Desk.open { desk in
            try await desk.setUp(desk.link)
            desk.clock.advance(seconds: 86_400)
            await fail(desk, 5)
            desk.clock.advance(seconds: -86_400)
            #expect(await problem { _ = try await desk.begin() }?.code == .unavailable)
            desk.clock.advance(seconds: 1)
            await fail(desk, 1)
        }
    }
}
