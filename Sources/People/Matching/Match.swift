import Access
public import Kernel
public import Ledger
public import Retention

/// What people decided of two records: whether they are of one person. It changes neither record, so that taking a link
/// back puts everything where it was. The decisions are dated facts; the state follows from them.
public struct Match: RecordBody {
    public static let kind = RecordKind("people.match", .match)

    /// What somebody decided.
    public enum Step: String, Codable, Sendable, CaseIterable {
        case link, refuse, never, unlink
    }

    public enum State: String, Sendable, CaseIterable {
        /// Nothing is decided.
        case open
        /// One person linked them, and a second must agree.
        case waiting
        case linked, refused, never, unlinked
    }

    public struct Decision: Codable, Sendable, Hashable {
        public let step: Step
        public let reason: String
        public let user: String
        public let agency: String
        public let at: Moment
        /// A second person must agree before it counts.
        public let isFirstOfTwo: Bool
        /// What the two weighed for whoever decided; hundredths of bits.
        public let weight: Int
    }

    /// In the order of their text, so that a pair has one record.
    public let one: Identifier<Person>
    public let other: Identifier<Person>
    /// The agencies that hold the two.
    public let holders: Set<String>
    public private(set) var decisions: [Decision]

    public init(_ pair: PersonPair, holders: Set<String>) {
        (one, other, self.holders, decisions) = (pair.one, pair.other, holders, [])
    }

    public var pair: PersonPair { PersonPair(one, other) }
    public var state: State { Match.state(of: decisions) }

    public var subjects: [RecordSubject] {
        [one, other].map { RecordSubject(person: $0.text, capacity: .other) }
    }

    public var keys: [IndexKey] {
        [one, other].flatMap { person in
            [IndexKey("person", person.text)] + (state == .never ? [IndexKey("never", person.text)] : [])
        } + [IndexKey("state", state.rawValue)]
    }

    public func agencies(at moment: Moment) -> Set<String> { holders }

    static func state(of decisions: [Decision]) -> State {
        guard let last = decisions.last else { return .open }
        switch last.step {
        case .link: return last.isFirstOfTwo ? .waiting : .linked
        case .refuse: return .refused
        case .never: return .never
        case .unlink: return .unlinked
        }
    }

    /// What may be decided in a state. Never is for ever.
    public static func steps(from state: State) -> [Step] {
        switch state {
        case .open, .waiting: [.link, .refuse, .never]
        case .linked: [.unlink]
        case .refused, .unlinked: [.link, .never]
        case .never: []
        }
    }

    /// - Parameter needsSecond: whether two must agree to a link.
    /// - Throws: `Problem.invalid` without a reason; `.conflict` when it may not be decided so now; `.refused` when she is
    ///   the first of two.
    func deciding(
        _ step: Step, because reason: String, needsSecond: Bool, weight: Int, as actor: Actor, at moment: Moment
    ) throws -> Match {
        guard Match.steps(from: state).contains(step) else {
            throw Problem(
                .conflict, "Somebody decided this before you.", next: "Look at what was decided; it is shown below.")
        }
        guard (1...2_000).contains(reason.trimmed().count) else {
            throw Problem.fields([.init("reason", "Enter why, in 2,000 characters or fewer")])
        }
        let isSecond = state == .waiting && step == .link
        if isSecond, decisions.last?.user == actor.user {
            throw Problem(
                .refused, "You were the first of two. A second person must agree.", next: "Ask a colleague to open it.")
        }
        var match = self
        match.decisions.append(
            Decision(
                step: step, reason: reason.trimmed(), user: actor.user, agency: actor.agency, at: moment,
                isFirstOfTwo: step == .link && needsSecond && !isSecond, weight: weight))
        return match
    }
}

/// Two persons, in the order of their identifiers.
public struct PersonPair: Sendable, Hashable {
    public let one: Identifier<Person>
    public let other: Identifier<Person>

    public init(_ first: Identifier<Person>, _ second: Identifier<Person>) {
        (one, other) = first.text < second.text ? (first, second) : (second, first)
    }

    /// The same for everybody: two who decide at once meet in one record, and one of them is told.
    public var match: Identifier<Match> {
        let words = [one.text, other.text]
        var generator = PairGenerator(words)
        return Identifier(
            at: Moment(milliseconds: Int64(generator.next() & 0xFFFF_FFFF_FFFF)), using: &generator)
    }

    public func contains(_ person: Identifier<Person>) -> Bool { one == person || other == person }

    public func partner(of person: Identifier<Person>) -> Identifier<Person> { one == person ? other : one }
}

/// Numbers that follow from the names of two records: FNV-1a (Fowler, Noll and Vo) from a new start for each.
private struct PairGenerator: RandomNumberGenerator {
    private let bytes: [UInt8]
    private var round: UInt8 = 0

    init(_ words: [String]) { bytes = Array(words.joined(separator: " ").utf8) }

    mutating func next() -> UInt64 {
        round += 1
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in [round] + bytes + [round] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var mixer = SeededGenerator(seed: hash)
        return mixer.next()
    }
}

extension Match: Retained {
    public static var retainedAs: String { "match" }

    public func retention(writtenOn day: Day) -> RetentionFacts { RetentionFacts(group: "group-1", lastEvent: day) }

    public var retentionTitle: String { "Whether two records are of one person" }
}
