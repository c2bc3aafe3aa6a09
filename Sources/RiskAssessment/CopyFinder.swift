public import Instruments
public import Kernel
import Ledger

/// Finds what of a form was said in earlier forms of the same officer. Hashes in memory, filled once from the store and
/// kept true by following the log, so that each server sees what the others wrote. It shows nobody anything: which form
/// it was is read again through the gateway before anybody is told.
public actor CopyFinder {
    private let ledger: Ledger
    private let follower: RecordFollower<Assessment>
    private let rules: QualityRules
    /// Of this process is enough: nothing of the index is kept.
    private let seed: UInt64
    private var index: ShingleIndex?
    /// Of the log; nil until it is filled.
    private var position: Int64?
    private var officers: [String: String] = [:]
    private var filling: Task<Void, any Error>?

    init(ledger: Ledger, rules: QualityRules, seed: UInt64) {
        (self.ledger, self.rules, self.seed) = (ledger, rules, seed)
        follower = RecordFollower(ledger, index: Assessment.sentIndex, batch: 200)
    }

    /// How many forms it remembers.
    public var count: Int { officers.count }

    /// - Parameter id: is not compared with itself.
    public func copies(in assessment: Assessment, of id: Identifier<Assessment>) async throws -> [CopiedPassage] {
        try await catchUp()
        return index?.copies(in: assessment.texts, by: assessment.officer, of: id.text) ?? []
    }

    /// What of one that is brought in was said in earlier forms, also in those that are written together with it. It is
    /// remembered at once; what is not written after all has to be forgotten.
    func bringing(_ assessment: Assessment, as id: Identifier<Assessment>) async throws -> [CopiedPassage] {
        if position == nil { try await catchUp() }
        guard assessment.firstSent != nil else { return [] }
        let found = index?.copies(in: assessment.texts, by: assessment.officer, of: id.text) ?? []
        put(id.text, assessment)
        return found
    }

    /// Forgets what was to be brought in and was not written. One that was there before is found in the store again.
    func forget(_ ids: [Identifier<Assessment>]) async throws {
        for id in ids {
            let held = try await ledger.glance { try RecordUpkeep.current(Assessment.self, id.text, $0) }
            put(id.text, held?.body)
        }
    }

    /// Fills it, or brings it up to what is in the store now.
    public func catchUp() async throws {
        if position == nil {
            let task = filling ?? Task { try await self.fill() }
            filling = task
            defer { filling = nil }
            try await task.value
        }
        while let start = position {
            let (changed, through, isDone) = try await follower.changes(after: start)
            // Another call may have come first while this one waited.
            guard position == start else { continue }
            for (id, record) in changed { put(id, record?.body) }
            position = through
            if isDone { return }
        }
    }

    /// In the order in which they were sent.
    private func fill() async throws {
        guard position == nil else { return }
        position = try await follower.all { for record in $0 { put(record.id.text, record.body) } }
    }

    /// A form that is still being written is compared, and not compared with.
    private func put(_ id: String, _ assessment: Assessment?) {
        if let officer = officers.removeValue(forKey: id) { index?.erase([id], by: officer) }
        guard let assessment, !assessment.state.isOpen else { return }
        if index == nil {
            index = ShingleIndex(
                seed: seed, boilerplate: rules.boilerplate(on: LondonTime.day(of: ledger.now)))
        }
        index?.add(id, by: assessment.officer, assessment.texts)
        officers[id] = assessment.officer
    }
}

extension Assessment {
    /// Its words by the question under which they stand.
    var texts: [FormText] { Assessment.texts(of: answers.standing) }

    static func texts(of answers: [Answer]) -> [FormText] {
        var texts: [FormText] = []
        for answer in answers {
            if !answer.words.isEmpty { texts.append(FormText(question: answer.question, text: answer.words)) }
            if !answer.observation.isEmpty {
                texts.append(FormText(question: answer.question, text: answer.observation))
            }
        }
        return texts
    }
}
