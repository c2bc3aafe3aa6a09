public import Access
public import Kernel
public import Ledger
import Linkage

extension PeopleDesk {
    /// One who may be the person looked for, and why.
    public struct Likely: Sendable {
        /// As much of it as she may see.
        public let record: Record<Person>
        /// For example `same date of birth; surname sounds alike; moved from TS1 to TS3`.
        public let why: String
        /// log₂ of the odds, from what she sees; in bits.
        public let weight: Double
    }

    private static let shown = 50
    private static let patience = Duration.seconds(3)

    /// Whether every person held can be found yet. After a start the index is filled first; until then only whole words
    /// and whole dates find anybody.
    public func isFinding() async -> Bool { await finder.isFilled }

    /// Persons who may be the same as one that is not held yet, the likeliest first. Those she may not see are not there,
    /// and nothing that she may not see of one decides whether and where she stands in the list.
    public func alike(to person: Person, as actor: Actor) async throws -> [Likely] {
        let model = try await finder.model()
        let question = PersonFinder.Question(
            asked: person.linkageValues, words: person.names.flatMap(\.words),
            streets: person.streets(without: model.streetWords), isOpen: false)
        return try await likely(question, asked: person, words: [], model, shownIn: "alike", as: actor)
    }

    /// Persons who may be meant by some words: half a name, a nickname, a date of birth, a street or postcode in any
    /// spelling. The most alike first; those she may not see are not there.
    /// - Throws: `Problem.invalid` when nothing is asked for.
    public func find(name: String, born: Day? = nil, place: String = "", as actor: Actor) async throws -> [Likely] {
        let words = NameWords.of(name)
        guard !words.isEmpty || born != nil || !NameWords.of(place).isEmpty else {
            throw Problem.fields([.init("name", "Enter a name, a date of birth or a street")])
        }
        let model = try await finder.model()
        let asked = Person.asked(words, born, place)
        let question = PersonFinder.Question(
            asked: asked.linkageValues, words: words, streets: asked.streets(without: model.streetWords), isOpen: true)
        return try await likely(question, asked: asked, words: words, model, shownIn: "found", as: actor)
    }

    private func likely(
        _ question: PersonFinder.Question, asked: Person, words: [String], _ model: PersonModel,
        shownIn name: String, as actor: Actor
    ) async throws -> [Likely] {
        let isFilled = try await finder.catchUp(within: Self.patience)
        let ids =
            isFilled
            ? await finder.candidates(question, for: actor.agency) : try await exactly(question.words, asked.born?.day)
        let floor = try MatchRules.packaged(on: LondonTime.day(of: ledger.now)).lookFrom
        let choice = LikelyChoice(
            comparison: PersonComparison(model: model), asked: asked, words: words, floor: floor, most: Self.shown)
        return try await ledger.choose(
            Person.self, ids.compactMap { Identifier($0) }, shownIn: name, as: actor, choosing: choice.choose)
    }

    /// By whole words and dates from the index of the store, while the other is being filled.
    private func exactly(_ words: [String], _ born: Day?) async throws -> [String] {
        let keys = words.prefix(4).map { ("name", $0) } + (born.map { [("born", $0.description)] } ?? [])
        return try await ledger.glance { reading in
            let found = try keys.flatMap { try RecordUpkeep.records(Person.self, index: $0.0, key: $0.1, reading) }
            return Array(Set(found.map(\.id.text)).sorted().prefix(200))
        }
    }
}

extension Person {
    /// Somebody as a few words describe her: the last word, or the first, may be the family name.
    fileprivate static func asked(_ words: [String], _ born: Day?, _ place: String) -> Person {
        var names = [
            KnownName(given: words.dropLast().joined(separator: " "), family: words.last ?? ""),
            KnownName(given: words.dropFirst().joined(separator: " "), family: words.first ?? "", use: .alias),
        ]
        if words.count == 1 { names[1] = KnownName(given: words[0], family: "", use: .alias) }
        let isCode = place.contains(where: \.isNumber) && place.filter { !$0.isWhitespace }.count <= 7
        let address = PersonAddress(lines: isCode ? "" : place, postcode: isCode ? place : "")
        return Person(
            names: words.isEmpty ? [] : names, born: born.map { PartialDate($0) },
            addresses: place.isEmpty ? [] : [address])
    }
}

/// Which of the persons that somebody may see are shown to her, in what order and why: from what she sees of each.
struct LikelyChoice: Sendable {
    let comparison: PersonComparison
    let asked: Person
    let words: [String]
    let floor: Double
    let most: Int

    func choose(
        _ records: [Record<Person>]
    ) throws -> [(id: Identifier<Person>, chosen: PeopleDesk.Likely)] {
        let weights = comparison.weigh(asked.linkageValues, records.map(\.body.linkageValues))
        let ordered = zip(records, weights).filter { isHeavy($1) }
            .map { (record: $0, weight: $1, order: $1.total + gain($0.body)) }
            .sorted { ($1.order, $0.record.id.text) < ($0.order, $1.record.id.text) }
        var chosen: [(id: Identifier<Person>, chosen: PeopleDesk.Likely)] = []
        for one in ordered where chosen.count < most {
            if let likely = reasoned(one.record, one.weight) { chosen.append((one.record.id, likely)) }
        }
        return chosen
    }

    private func isHeavy(_ weight: MatchWeight) -> Bool {
        !words.isEmpty || asked.names.isEmpty || weight.total >= floor
    }

    private func reasoned(_ record: Record<Person>, _ weight: MatchWeight) -> PeopleDesk.Likely? {
        let reasons = PersonReasons(
            weight: weight, words: words, asked: asked, seen: record.body, common: comparison.model.streetWords)
        return reasons.isReason ? PeopleDesk.Likely(record: record, why: reasons.text, weight: weight.total) : nil
    }

    /// A search is for the words that were typed: whole ones come before beginnings, and these before the rest; in bits.
    private func gain(_ person: Person) -> Double {
        let held = Set(person.names.flatMap(\.words))
        return words.reduce(0) { sum, word in
            sum
                + (held.contains(word)
                    ? 8 : held.contains { $0.hasPrefix(word) } ? 5 : NameFit.fits(word, Array(held)) ? 2 : 0)
        }
    }
}
