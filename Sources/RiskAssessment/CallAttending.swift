import Kernel
import Ledger

/// Who attends, what they have seen, and the end of a call.
extension ReportedCall {
    /// - Throws: `Problem.conflict` once it is closed.
    func sending(_ sent: CallSent) throws -> ReportedCall {
        guard isOpen else { throw ReportedCall.closedProblem }
        if self.sent.contains(where: { $0.to == sent.to }) { return self }
        guard self.sent.count < 50 else {
            throw Problem.fields([.init("who", "At most 50 can be sent to one call.")])
        }
        var next = self
        next.sent.append(sent)
        return next
    }

    /// She has seen the flags up to this number: one that came after her page was shown stays unseen. Whoever was not
    /// sent attends by saying so.
    /// - Throws: `Problem.conflict` where no flag of these holds any more.
    func acknowledged(
        upTo number: Int, by user: String, called name: String, teams: Set<String>, at now: Moment
    ) throws -> ReportedCall {
        let shown = standing.filter { $0.number <= number }
        guard !shown.isEmpty else {
            throw Problem(.conflict, "This flag was withdrawn meanwhile.", next: "Look at the call as it stands now.")
        }
        var next = try attending(user, name, teams, now)
        let counts = [user] + next.sent(to: user, teams).map(\.to).filter { $0 != user }
        for flag in shown where !next.seen.contains(where: { $0.flag == flag.number && $0.by == user }) {
            next.seen.append(FlagSeen(flag: flag.number, by: user, counts: counts, at: now))
        }
        return next
    }

    private func attending(
        _ user: String, _ name: String, _ teams: Set<String>, _ now: Moment
    ) throws -> ReportedCall {
        guard sent(to: user, teams).isEmpty else { return self }
        return try sending(CallSent(to: user, name: name, by: user, at: now))
    }

    /// She is there herself.
    func arrived(_ user: String, called name: String, teams: Set<String>, at now: Moment) throws -> ReportedCall {
        if arrival(of: user) != nil { return self }
        var next = try attending(user, name, teams, now)
        next.arrivals.append(CallArrival(who: user, at: now, by: user, recorded: now))
        return next
    }

    /// As somebody else writes it down of one who was sent.
    /// - Throws: `Problem.invalid` with fields `arrived-who`, `arrived-time`.
    func arrived(_ who: String, at moment: Moment?, by user: String, recorded now: Moment) throws -> ReportedCall {
        var faults: [Problem.Field] = []
        if !sent.contains(where: { $0.to == who }) { faults.append(.init("arrived-who", "Choose who arrived.")) }
        if moment.map({ $0 > now || $0 < reportedAt }) ?? true {
            faults.append(.init("arrived-time", "Enter a time after the call, such as 21:40."))
        }
        guard let moment, faults.isEmpty else { throw Problem.fields(faults) }
        if arrival(of: who) != nil { return self }
        var next = self
        next.arrivals.append(CallArrival(who: who, at: moment, by: user, recorded: now))
        return next
    }

    /// - Parameter lacksFlag: somebody vulnerable was found and no flag holds: then it takes a reason.
    /// - Throws: `Problem.invalid` with field `closing-words`.
    func closed(_ isClosed: Bool, words: String, lacksFlag: Bool, by user: String, at now: Moment) throws
        -> ReportedCall
    {
        guard isOpen == isClosed else { return self }
        let words = words.trimmed()
        if words.isEmpty, !isClosed || lacksFlag {
            let sentence =
                isClosed ? "Somebody vulnerable was found: say why there is no flag." : "Say why you open it again."
            throw Problem.fields([.init("closing-words", sentence)])
        }
        if words.unicodeScalars.count > ReportedCall.mostWords {
            throw Problem.fields([.init("closing-words", "Use 4,000 characters or fewer.")])
        }
        var next = self
        next.closings.append(CallClosing(isClosed: isClosed, words: words, by: user, at: now))
        return next
    }

    /// - Throws: `Problem.invalid` with fields `should`, `review-words`; or where she had a part in it.
    func reviewed(
        _ should: FlagReview.Should?, words: String, isSampled: Bool, by user: String, at now: Moment
    ) throws -> ReportedCall {
        let words = words.trimmed()
        var faults: [Problem.Field] = []
        if should == nil { faults.append(.init("should", "Choose what you hold.")) }
        if words.isEmpty { faults.append(.init("review-words", "Say what in the call decides it.")) }
        if words.unicodeScalars.count > ReportedCall.mostWords {
            faults.append(.init("review-words", "Use 4,000 characters or fewer."))
        }
        guard let should, faults.isEmpty else { throw Problem.fields(faults) }
        if isWork(of: user) {
            throw Problem(
                .invalid, "You had a part in this call. Somebody else has to review it.",
                next: "It stays in the list for another supervisor.")
        }
        if let last = reviews.last, (last.should, last.words, last.by) == (should, words, user) { return self }
        var next = self
        next.reviews.append(FlagReview(should: should, words: words, isSampled: isSampled, by: user, at: now))
        return next
    }
}
