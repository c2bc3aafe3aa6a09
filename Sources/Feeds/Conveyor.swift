import Foundation
import Synchronization

/// Carries elements from a thread that makes them to a task that uses them. The thread waits when it is too far ahead,
/// and holds no thread of the cooperative pool while it waits.
final class Conveyor<Element: Sendable>: Sendable {
    private struct State {
        var ready: [Element] = []
        var outcome: Result<Void, any Error>?
        var waiting: CheckedContinuation<Element?, any Error>?
        var isCancelled = false
    }

    private let state = Mutex(State())
    private let room: DispatchSemaphore

    /// - Parameters:
    ///   - ahead: Elements made and not yet taken.
    ///   - make: Runs on a thread of its own; gives each element to the closure it receives, which throws once
    ///     nobody wants more.
    init(ahead: Int, make: @escaping @Sendable (_ give: (Element) throws -> Void) throws -> Void) {
        room = DispatchSemaphore(value: ahead)
        let thread = Thread { [self] in
            do {
                try make { try give($0) }
                finish(.success(()))
            } catch {
                finish(.failure(error))
            }
        }
        thread.stackSize = 4 << 20
        thread.name = "holdfast-feed"
        thread.start()
    }

    /// The next element; nil at the end.
    /// - Throws: what `make` threw, once all that it gave before was taken.
    func next() async throws -> Element? {
        try await withCheckedThrowingContinuation { continuation in
            let answer: Result<Element?, any Error>? = state.withLock { state in
                if !state.ready.isEmpty { return .success(state.ready.removeFirst()) }
                if let outcome = state.outcome { return outcome.map { nil } }
                state.waiting = continuation
                return nil
            }
            guard let answer else { return }
            if case .success(.some) = answer { room.signal() }
            continuation.resume(with: answer)
        }
    }

    /// Lets the thread end at its next element.
    func cancel() {
        state.withLock {
            $0.isCancelled = true
            $0.ready = []
        }
        room.signal()
    }

    private func give(_ element: Element) throws {
        room.wait()
        let (waiting, isCancelled) = state.withLock { state in
            defer { state.waiting = nil }
            if state.waiting == nil, !state.isCancelled { state.ready.append(element) }
            return (state.waiting, state.isCancelled)
        }
        guard !isCancelled else {
            room.signal()
            throw CancellationError()
        }
        guard let waiting else { return }
        room.signal()
        waiting.resume(returning: element)
    }

    private func finish(_ outcome: Result<Void, any Error>) {
        let waiting = state.withLock { state in
            defer { state.waiting = nil }
            state.outcome = outcome
            return state.waiting
        }
        waiting?.resume(with: outcome.map { nil })
    }
}
