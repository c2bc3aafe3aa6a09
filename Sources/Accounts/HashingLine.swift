import Dispatch
public import Kernel
import Synchronization

/// Where passwords are hashed: apart from the threads that serve pages, a few at a time, with a short line before it.
/// A flood of sign-ins fills this line and nothing else.
public final class HashingLine: Sendable {
    private struct State {
        var running = 0
        var waiting: [@Sendable () -> Void] = []
    }

    private let slots: Int
    private let places: Int
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "holdfast.passwords", qos: .utility, attributes: .concurrent)

    /// - Parameters:
    ///   - slots: How many hashes run at once, each taking the memory of `PasswordCost`.
    ///   - places: How many may wait. At 40 ms a hash and two slots, 64 wait for about a second.
    public init(slots: Int = 2, places: Int = 64) {
        (self.slots, self.places) = (slots, places)
    }

    /// - Throws: `Problem.unavailable` when the line is full, or what `work` threw.
    public func run<Answer: Sendable>(_ work: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            let isTaken = submit { continuation.resume(with: Result { try work() }) }
            if !isTaken { continuation.resume(throwing: HashingLine.full) }
        }
    }

    public static let full = Problem(
        .unavailable, "Too many people are signing in at once.", next: "Wait a minute and try again.")

    /// How many wait now.
    var waiting: Int { state.withLock { $0.waiting.count } }

    private func submit(_ job: @escaping @Sendable () -> Void) -> Bool {
        let (isTaken, mustStart) = state.withLock { state -> (Bool, Bool) in
            if state.running < slots {
                state.running += 1
                return (true, true)
            }
            guard state.waiting.count < places else { return (false, false) }
            state.waiting.append(job)
            return (true, false)
        }
        if mustStart { queue.async { self.work(job) } }
        return isTaken
    }

    private func work(_ first: @escaping @Sendable () -> Void) {
        var job: (@Sendable () -> Void)? = first
        while let current = job {
            current()
            job = state.withLock { state in
                guard !state.waiting.isEmpty else {
                    state.running -= 1
                    return nil
                }
                return state.waiting.removeFirst()
            }
        }
    }
}
