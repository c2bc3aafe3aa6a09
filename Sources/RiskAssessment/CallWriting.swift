import Instruments
import Kernel
import Ledger

/// Each step of a call: the call after it, or what is wrong. One that comes twice is taken once.
extension ReportedCall {
    private func mustBeOpen() throws {
        guard isOpen else { throw ReportedCall.closedProblem }
        let facts = thrives.count + checks.count + flags.count + orders.count + sent.count + closings.count
        guard facts < ReportedCall.mostFacts else {
            throw Problem(.refused, "This call is full.", next: "Take a new one from the same occurrence.")
        }
    }

    private static func long(_ texts: [(String, String)]) -> [Problem.Field] {
        texts.filter { $0.1.unicodeScalars.count > mostWords }.map { .init($0.0, "Use 4,000 characters or fewer.") }
    }

    /// - Parameter known: how many there were when the form was shown.
    /// - Throws: `Overtaken`; `Problem.invalid` with fields `answer-…`, `words-…`, `grade`, `reason`, `changed`.
    func assessed(
        _ draft: ThriveDraft, in version: InstrumentVersion, known: Int, by user: String, at now: Moment
    ) throws -> ReportedCall {
        try mustBeOpen()
        let (reason, changed) = (draft.reason.trimmed(), draft.changed.trimmed())
        var faults = version.questions.flatMap { question in
            ReportedCall.faults(draft.answers.last { $0.question == question.id }, question, version)
        }
        let grade = version.grade(draft.grade)
        if grade == nil { faults.append(.init("grade", "Choose the grade that you judge to be right.")) }
        if reason.isEmpty { faults.append(.init("reason", "Say why, in a sentence.")) }
        if known > 0, changed.isEmpty { faults.append(.init("changed", "Say what is different from the last time.")) }
        faults += ReportedCall.long([("reason", reason), ("changed", changed)])
        guard let grade, faults.isEmpty else { throw Problem.fields(faults) }
        let answers = draft.answers.filter { version.question($0.question) != nil }
        let made = CallThrive(
            answers: AnswerSet(to: version.key, in: version.language, answers), grade: grade.id,
            label: grade.label.text, reason: reason, changed: known == 0 ? "" : changed, by: user, at: now)
        if thrives.indices.contains(known), thrives[known].says(made) { return self }
        guard thrives.count == known else { throw Overtaken() }
        var next = self
        next.thrives.append(made)
        return next
    }

    private static func faults(
        _ answer: Answer?, _ question: Question, _ version: InstrumentVersion
    ) -> [Problem.Field] {
        guard let answer else {
            return question.number == nil ? [] : [.init("answer-\(question.id)", "Choose one for each of the six.")]
        }
        if let refusal = version.refusal(of: answer) { return [.init("answer-\(question.id)", refusal.sentence)] }
        if question.number != nil, version.counts(answer, question), answer.words.isEmpty {
            return [.init("words-\(question.id)", "Say what, in your own words.")]
        }
        return long([("words-\(question.id)", answer.words)])
    }

    /// - Throws: `Problem.invalid` with fields `outcome`, `looked`, `check-words`.
    func checked(
        _ outcome: VulnerabilityCheck.Outcome?, looked: [String], words: String, by user: String, at now: Moment
    ) throws -> ReportedCall {
        try mustBeOpen()
        let (words, known) = (words.trimmed(), try CallWords.bundled().looked.holding(on: LondonTime.day(of: now)))
        let codes = known.map(\.code).filter(looked.contains)
        var faults: [Problem.Field] = []
        if outcome == nil { faults.append(.init("outcome", "Choose what you found.")) }
        if codes.isEmpty { faults.append(.init("looked", "Choose what you looked at.")) }
        if words.isEmpty { faults.append(.init("check-words", "Say what you found, or why you could not tell.")) }
        faults += ReportedCall.long([("check-words", words)])
        guard let outcome, faults.isEmpty else { throw Problem.fields(faults) }
        if let check, (check.outcome, check.words, check.by) == (outcome, words, user), check.looked == codes {
            return self
        }
        var next = self
        next.checks.append(VulnerabilityCheck(outcome: outcome, looked: codes, words: words, by: user, at: now))
        return next
    }

    /// - Throws: `Problem.invalid` with fields `kinds`, `flag-words`.
    func flagged(_ kinds: [String], words: String, by user: String, at now: Moment) throws -> ReportedCall {
        try mustBeOpen()
        let (words, known) = (words.trimmed(), try CallWords.bundled().kinds.holding(on: LondonTime.day(of: now)))
        let codes = known.map(\.code).filter(kinds.contains)
        var faults: [Problem.Field] = []
        if codes.isEmpty { faults.append(.init("kinds", "Choose at least one.")) }
        if words.isEmpty {
            faults.append(.init("flag-words", "Say who is vulnerable and what to do or not to do at the door."))
        }
        faults += ReportedCall.long([("flag-words", words)])
        guard faults.isEmpty else { throw Problem.fields(faults) }
        if standing.contains(where: { ($0.kinds, $0.words) == (codes, words) }) { return self }
        var next = self
        next.flags.append(
            VulnerabilityFlag(number: flags.count + 1, kinds: codes, words: words, by: user, at: now))
        return next
    }

    /// - Throws: `Problem.invalid` with field `withdraw-reason`; `.absent` for a flag that is not there.
    func withdrawing(_ number: Int, because reason: String, by user: String, at now: Moment) throws -> ReportedCall {
        try mustBeOpen()
        guard let place = flags.firstIndex(where: { $0.number == number }) else { throw Problem.absent }
        if flags[place].withdrawn != nil { return self }
        let reason = reason.trimmed()
        if reason.isEmpty { throw Problem.fields([.init("withdraw-reason", "Say why it does not hold.")]) }
        let faults = ReportedCall.long([("withdraw-reason", reason)])
        guard faults.isEmpty else { throw Problem.fields(faults) }
        var next = self
        next.flags[place].withdrawn = .init(reason: reason, by: user, at: now)
        return next
    }

    /// - Throws: `Problem.invalid` with fields `order`, `order-words`.
    func found(
        _ kind: String, words: String, until: Day?, by user: String, at now: Moment
    ) throws -> ReportedCall {
        try mustBeOpen()
        let (words, known) = (words.trimmed(), try CallWords.bundled().orders.holding(on: LondonTime.day(of: now)))
        var faults = ReportedCall.long([("order-words", words)])
        if !known.contains(where: { $0.code == kind }) { faults.append(.init("order", "Choose what you found.")) }
        if words.isEmpty { faults.append(.init("order-words", "Say where you looked, and what it forbids to whom.")) }
        guard faults.isEmpty else { throw Problem.fields(faults) }
        let until = kind == CallWords.noOrder ? nil : until
        if orders.contains(where: { ($0.kind, $0.words, $0.until, $0.by) == (kind, words, until, user) }) {
            return self
        }
        var next = self
        next.orders.append(KnownOrder(kind: kind, words: words, until: until, by: user, at: now))
        return next
    }
}
