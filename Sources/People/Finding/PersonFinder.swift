import Kernel
public import Ledger
import Linkage

/// All persons of all agencies as a look-up reads them: in memory, filled once from the store and kept true by following
/// the log, so that each server of a cluster sees what the others wrote. It shows nobody anything: whom it names is read
/// again through the gateway before anybody sees her. Nothing sealed is in it.
public actor PersonFinder {
    private static let batch = 500
    private static let others = 20
    private static let own = 80

    private let ledger: Ledger
    private let follower: RecordFollower<Person>
    private var held: PersonModel?
    private var shelves: [String: PersonShelf] = [:]
    /// Which agency's shelf has a person.
    private var owners: [String: String] = [:]
    /// Of the log; nil until it is filled.
    private var position: Int64?
    private var filling: Task<Void, any Error>?
    private var failure: (any Error)?

    public init(ledger: Ledger) {
        self.ledger = ledger
        follower = RecordFollower(ledger, index: "sort", batch: Self.batch)
    }

    /// How many persons can be found.
    public var count: Int { owners.count }
    public var isFilled: Bool { position != nil }

    /// Fills it, or brings it up to what is in the store now.
    /// - Parameter patience: how long to wait for the first filling; nil for as long as it takes.
    /// - Returns: false when it is still being filled.
    @discardableResult
    public func catchUp(within patience: Duration? = nil) async throws -> Bool {
        try await fill(within: patience)
        while let start = position {
            let (changed, through, isDone) = try await follower.changes(after: start)
            // Another call may have come first while this one waited.
            guard position == start else { continue }
            for (id, record) in changed { try apply(id, record) }
            position = through
            if shelves.values.contains(where: \.isWorn) { clear() }
            if isDone { break }
        }
        return position != nil
    }

    private func fill(within patience: Duration?) async throws {
        guard position == nil else { return }
        if filling == nil {
            failure = nil
            filling = Task { await self.walk() }
        }
        guard let patience else {
            try await filling?.value
            if let failure { throw failure }
            return
        }
        var (pause, waited) = (Duration.milliseconds(1), Duration.zero)
        while filling != nil, waited < patience {
            try await Task.sleep(for: pause)
            waited += pause
            pause = min(pause * 2, .milliseconds(100))
        }
        if let failure { throw failure }
    }

    private func walk() async {
        defer { filling = nil }
        do {
            position = try await follower.all { for record in $0 { try apply(record.id.text, record) } }
        } catch {
            failure = error
        }
    }

    private func clear() { (shelves, owners, position) = ([:], [:], nil) }

    private func apply(_ id: String, _ record: Record<Person>?) throws {
        guard let record else {
            if let owner = owners.removeValue(forKey: id) { shelves[owner]?.remove(id) }
            return
        }
        let model = try model()
        let shelf = shelves[record.owner] ?? PersonShelf(model.linkage)
        (shelves[record.owner], owners[id]) = (shelf, record.owner)
        shelf.put(id, record.body, streets: record.body.streets(without: model.streetWords))
    }

    func model() throws -> PersonModel {
        if let held { return held }
        let model = try PersonModel.packaged(on: LondonTime.day(of: ledger.now))
        held = model
        return model
    }

    /// What is looked for.
    struct Question: Sendable {
        /// Rows of values, as `Person.linkageValues` has them.
        var asked: [[String]]
        /// Words of a name.
        var words: [String]
        var streets: Set<String>
        /// Whether a beginning of a name is enough.
        var isOpen: Bool
    }

    /// Persons who may be meant, those of one agency first. Some that nobody may see are among them.
    func candidates(_ question: Question, for agency: String) -> [String] {
        var found: [String] = []
        let order = shelves.keys.sorted { ($0 != agency ? 1 : 0, $0) < ($1 != agency ? 1 : 0, $1) }
        for owner in order {
            guard let shelf = shelves[owner] else { continue }
            found += shelf.likely(question.asked, limit: owner == agency ? Self.own : Self.others).map(\.id)
            if question.isOpen { found += shelf.beginning(question.words) }
            found += shelf.living(in: question.streets, question.words)
        }
        var seen: Set<String> = []
        return found.filter { seen.insert($0).inserted }
    }

    /// Others of any agency who weigh at least `floor` bits, best first.
    func likely(to id: String, _ asked: [[String]], from floor: Double, limit: Int) -> [(id: String, weight: Double)] {
        shelves.values.flatMap { $0.likely(asked, limit: limit) }.filter { $0.id != id && $0.weight >= floor }
            .sorted { ($1.weight, $0.id) < ($0.weight, $1.id) }.prefix(limit).map(\.self)
    }
}
