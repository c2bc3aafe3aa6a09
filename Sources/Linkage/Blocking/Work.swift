import Dispatch
import Synchronization

/// Work on both cores: parts by number, answers in order.
enum Work {
    /// Whether parts are worked on one after the other, in order. Nothing but the time it takes hangs on it.
    @TaskLocal static var isAlone = false

    static func spread<Answer: Sendable>(_ count: Int, _ work: @Sendable (Int) -> Answer) -> [Answer] {
        var answers = [Answer?](repeating: nil, count: count)
        answers.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let places = buffer
            if isAlone { return (0..<count).forEach { places[$0] = work($0) } }
            DispatchQueue.concurrentPerform(iterations: count) { places[$0] = work($0) }
        }
        return answers.compactMap(\.self)
    }

    /// The same, and beside it what the next step needs, so that no core waits for that.
    static func spread<Answer: Sendable, Next: Sendable>(
        _ count: Int, beside next: @Sendable () -> Next, _ work: @Sendable (Int) -> Answer
    ) -> (answers: [Answer], next: Next?) {
        let both = spread(count + 1) { place -> (Answer?, Next?) in
            place == 0 ? (nil, next()) : (work(place - 1), nil)
        }
        return (both.compactMap(\.0), both.first?.1)
    }
}

/// What a piece of work needs and only one thread may use at a time; made when none is free, and used again.
final class Tools<Tool>: Sendable {
    private struct Shelf: @unchecked Sendable { var free: [Tool] = [] }

    private let shelf = Mutex(Shelf())
    private let make: @Sendable () -> Tool

    init(_ make: @escaping @Sendable () -> Tool) { self.make = make }

    func lent<Answer>(_ body: (Tool) -> Answer) -> Answer {
        let tool = shelf.withLock { shelf in Shelf(free: shelf.free.popLast().map { [$0] } ?? []) }.free.first ?? make()
        let answer = body(tool)
        let back = Shelf(free: [tool])
        shelf.withLock { $0.free += back.free }
        return answer
    }
}
