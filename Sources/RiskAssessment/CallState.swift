public import Instruments
public import Kernel
public import Ledger

/// What follows from the facts of a call.
extension ReportedCall {
    public var isOpen: Bool { closings.last?.isClosed != true }
    public var thrive: CallThrive? { thrives.last }
    public var check: VulnerabilityCheck? { checks.last }
    /// Flags that hold.
    public var standing: [VulnerabilityFlag] { flags.filter { $0.withdrawn == nil } }
    public var isFlagged: Bool { !standing.isEmpty }

    /// Somebody found a vulnerability at the call, whether or not there is a flag. The last word of each counts.
    public func findsVulnerability(in version: (InstrumentVersion.Key) -> InstrumentVersion?) -> Bool {
        if check?.outcome == .vulnerable { return true }
        guard let thrive, let version = version(thrive.answers.instrument),
            let question = version.question(CallThrive.vulnerability),
            let answer = thrive.answers.answer(to: question.id)
        else { return false }
        return version.counts(answer, question)
    }

    /// Flags that hold and that this user or team has not seen.
    public func unseen(by who: String) -> [VulnerabilityFlag] {
        standing.filter { flag in !seen.contains { $0.flag == flag.number && $0.counts.contains(who) } }
    }

    /// Those who attend and have not seen a flag that holds.
    public var unaware: [CallSent] { sent.filter { !unseen(by: $0.to).isEmpty } }

    public func arrival(of who: String) -> CallArrival? { arrivals.first { $0.who == who } }

    public var firstArrival: Moment? { arrivals.map(\.at).min() }

    /// The user or her teams, as they were sent.
    public func sent(to user: String, _ teams: Set<String>) -> [CallSent] {
        sent.filter { $0.to == user || teams.contains($0.to) }
    }

    /// Flags set while the call was open for the first time and not taken back: one that came when all was over helped
    /// nobody at the door.
    var flagsInTime: [VulnerabilityFlag] {
        let closed = closings.first { $0.isClosed }?.at
        return standing.filter { flag in closed.map { flag.at <= $0 } ?? true }
    }

    /// The user has a part in how it was handled.
    func isWork(of user: String) -> Bool {
        let others = [handler] + thrives.map(\.by) + checks.map(\.by) + flags.map(\.by) + sent.map(\.to)
        return others.contains(user) || seen.contains { $0.by == user } || arrivals.contains { $0.who == user }
    }

    static let mostWords = Assessment.mostWords
    static let mostFacts = 200

    static let closedProblem = Problem(
        .conflict, "This call is closed. Nothing of yours was saved.",
        next: "Open it again with a reason, and save once more. Keep what you typed until then.")
}

/// One line of the list of calls.
public struct ListedCall: Sendable {
    public let record: Record<ReportedCall>
    /// Found and not flagged.
    public let lacksFlag: Bool
    /// By when it asks to be assessed again; before there is a first, when it was reported.
    public let due: Moment?

    /// Flagged and not seen by somebody who attends, or nobody attends.
    public var isUnseen: Bool {
        record.body.isFlagged && (record.body.sent.isEmpty || !record.body.unaware.isEmpty)
    }

    public func isLate(at now: Moment) -> Bool { due.map { $0 < now } ?? false }

    /// What nobody at the door knows yet comes first; then what was found and not flagged; then the clock.
    var order: (Int, Int64) {
        let level = isUnseen ? 0 : lacksFlag ? 1 : record.body.isFlagged ? 2 : 3
        return (level, due?.milliseconds ?? .max)
    }
}
