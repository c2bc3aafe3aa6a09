import Dispatch
import Foundation
import Ledger

#if canImport(Glibc)
import Glibc
#endif

/// The threads that read, each with a read-only connection of its own.
///
/// A task that runs on them (`withTaskExecutorPreference`) reads where it stands: no hand-over to another thread, no
/// wait for a free connection. Anybody else's read waits in the same line. As many are at work as there are processors;
/// one that is kept by a long read or a long page is counted as away, and another takes its place.
final class ReaderCrew: TaskExecutor, @unchecked Sendable {
    enum Work {
        case task(UnownedJob)
        case read(@Sendable (CrewMember) -> Void)
    }

    private enum Standing: Equatable {
        case resting
        /// Since this beat of the watch.
        case working(since: Int)
        case away
    }

    private static let watch = DispatchTimeInterval.milliseconds(25)

    /// Everything below it is touched only while it is held.
    private let gate = NSLock()
    private var line = WorkLine()
    private var standing: [Standing]
    /// The last to rest is the first to be called: its cache is warm, and the others need no connection yet.
    private var resting: [CrewMember] = []
    private var atWork = 0
    private var beat = 0
    private var isWatched = false
    private var isClosed = false

    private let usual: Int
    private let watchman = DispatchQueue(label: "holdfast.readers.watch", qos: .userInitiated)
    fileprivate let threads = DispatchGroup()

    /// - Parameter usual: How many are at work at once; half of all, so that as many may be away.
    init(usual: Int, connect: @escaping @Sendable () throws -> ReadingConnection) {
        self.usual = usual
        standing = Array(repeating: .resting, count: usual * 2)
        let members = standing.indices.map { CrewMember(of: self, $0, connect) }
        resting = members.reversed()
        for member in members {
            threads.enter()
            member.begin()
        }
    }

    func enqueue(_ job: consuming ExecutorJob) { add(.task(UnownedJob(job))) }

    func read<Result: Sendable>(_ body: @escaping @Sendable (any Reading) throws -> Result) async throws -> Result {
        if let member = CrewMember.here(of: self) { return try member.read(body) }
        return try await withCheckedThrowingContinuation { continuation in
            add(.read { member in continuation.resume(with: Swift.Result { try member.read(body) }) })
        }
    }

    /// Returns when what was in the line is done and every connection is closed.
    func close() async {
        shut()
        await withCheckedContinuation { continuation in
            threads.notify(queue: .global()) { continuation.resume() }
        }
    }

    /// Nobody begins anything more; the threads go when what waits is done.
    func shut() {
        gate.withLock {
            isClosed = true
            resting.forEach { $0.call(nil) }
            resting = []
        }
    }

    private func add(_ work: Work) {
        gate.withLock {
            guard !isClosed else { return leaveOver(work) }
            line.append(work)
            callOthers()
            if !line.isEmpty { beginWatch() }
        }
    }

    /// Gives what waits to those who rest, as far as there are places.
    private func callOthers() {
        while atWork < usual, !line.isEmpty, let member = resting.popLast() { member.call(take(member.number)) }
    }

    /// The first of the line, for a member who is now at work.
    private func take(_ number: Int) -> Work? {
        guard let work = line.popFirst() else { return nil }
        atWork += 1
        standing[number] = .working(since: beat)
        return work
    }

    /// What comes after the crew has gone: tasks must still end, and reads must be told.
    private func leaveOver(_ work: Work) {
        DispatchQueue.global().async { [self] in
            switch work {
            case .task(let job): job.runSynchronously(on: asUnownedTaskExecutor())
            case .read(let read): read(CrewMember(of: self, 0) { throw StorageError.statement("the store is closed") })
            }
        }
    }
}

// The watch: whoever began before its last beat is away, and somebody resting takes the place.
extension ReaderCrew {
    private func beginWatch() {
        guard !isWatched else { return }
        isWatched = true
        watchman.asyncAfter(deadline: .now() + ReaderCrew.watch) { [self] in lookAround() }
    }

    private func lookAround() {
        gate.withLock {
            for number in standing.indices {
                guard case .working(let since) = standing[number], since < beat else { continue }
                standing[number] = .away
                atWork -= 1
            }
            beat += 1
            callOthers()
            isWatched = false
            if !line.isEmpty { beginWatch() }
        }
    }
}

// What a member does all day.
extension ReaderCrew {
    fileprivate func serve(_ member: CrewMember) {
        while let work = member.wait() {
            var next: Work? = work
            while let work = next {
                switch work {
                case .task(let job): job.runSynchronously(on: asUnownedTaskExecutor())
                case .read(let read): read(member)
                }
                next = finished(member)
            }
        }
    }

    /// Goes on with what waits, or rests.
    private func finished(_ member: CrewMember) -> Work? {
        gate.withLock {
            if standing[member.number] != .away { atWork -= 1 }
            standing[member.number] = .resting
            if atWork < usual, let work = take(member.number) { return work }
            if isClosed { member.call(nil) } else { resting.append(member) }
            return nil
        }
    }
}

/// First come, first served.
private struct WorkLine {
    private var arriving: [ReaderCrew.Work] = []
    /// Turned round, so that the first is at its end.
    private var leaving: [ReaderCrew.Work] = []

    var count: Int { arriving.count + leaving.count }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ work: ReaderCrew.Work) { arriving.append(work) }

    mutating func popFirst() -> ReaderCrew.Work? {
        if leaving.isEmpty {
            leaving = arriving.reversed()
            arriving.removeAll(keepingCapacity: true)
        }
        return leaving.popLast()
    }
}

/// One thread of the crew. Its connection is opened at its first read and closed when it goes.
final class CrewMember: @unchecked Sendable {
    fileprivate let number: Int
    private unowned let crew: ReaderCrew
    private let connect: @Sendable () throws -> ReadingConnection
    /// Used on this thread only.
    private var connection: ReadingConnection?
    private let bell = DispatchSemaphore(value: 0)
    /// Set before the bell rings, taken after.
    private var given: ReaderCrew.Work?

    fileprivate init(
        of crew: ReaderCrew, _ number: Int, _ connect: @escaping @Sendable () throws -> ReadingConnection
    ) {
        (self.crew, self.number, self.connect) = (crew, number, connect)
    }

    /// The member on whose thread this runs, when it is one of `crew`.
    static func here(of crew: ReaderCrew) -> CrewMember? {
        guard let pointer = pthread_getspecific(place) else { return nil }
        let member = Unmanaged<CrewMember>.fromOpaque(pointer).takeUnretainedValue()
        return member.crew === crew ? member : nil
    }

    fileprivate func begin() {
        let thread = Thread { [self, crew] in
            pthread_setspecific(CrewMember.place, Unmanaged.passUnretained(self).toOpaque())
            crew.serve(self)
            connection = nil
            crew.threads.leave()
        }
        thread.name = "reader \(number + 1)"
        thread.stackSize = 4 << 20
        thread.start()
    }

    /// Nothing given means that the day is over.
    fileprivate func call(_ work: ReaderCrew.Work?) {
        given = work
        bell.signal()
    }

    fileprivate func wait() -> ReaderCrew.Work? {
        bell.wait()
        defer { given = nil }
        return given
    }

    func read<Result>(_ body: (any Reading) throws -> Result) throws -> Result {
        let open = try connection ?? connect()
        connection = open
        return try open.snapshot(body)
    }

    private static let place: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        return key
    }()
}
