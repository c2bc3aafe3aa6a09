public import Access
public import Kernel
public import Ledger

/// Places: searched before one is added.
extension PeopleDesk {
    /// Places with this postcode, UPRN or every word; those she may not see are not there.
    /// - Throws: `Problem.invalid` when nothing is asked for.
    public func places(matching text: String, as actor: Actor) async throws -> [Record<Place>] {
        let words = NameWords.of(text)
        guard !words.isEmpty else { throw Problem.fields([.init("words", "Enter a name, a street or a postcode")]) }
        var found: [String: Record<Place>] = [:]
        let whole = Place.folded(text)
        for (index, key) in [("postcode", whole), ("uprn", UPRN.tidied(text) ?? whole)] {
            for record in try await ledger.list(Place.self, index: index, key: key, limit: 50, as: actor).records {
                found[record.id.text] = record
            }
        }
        let listed = try await ledger.list(Place.self, index: "word", key: words[0], limit: 200, as: actor).records
        for record in listed {
            let held = Set(NameWords.of("\(record.body.name) \(record.body.lines) \(record.body.postcode)"))
            if held.isSuperset(of: words) { found[record.id.text] = record }
        }
        return found.values.sorted { ($0.body.title, $0.id.text) < ($1.body.title, $1.id.text) }
    }

    /// Those of these that she may see, in this order.
    public func places(_ ids: [Identifier<Place>], as actor: Actor) async throws -> [Record<Place>] {
        ids.isEmpty ? [] : try await ledger.list(Place.self, ids, shownIn: "links", as: actor)
    }

    /// Places held already that may be the same: of the same UPRN, or the same postcode with a word in common.
    public func placesLike(_ place: Place, as actor: Actor) async throws -> [Record<Place>] {
        let words = Set(NameWords.of("\(place.name) \(place.lines)"))
        var found: [Record<Place>] = []
        if let uprn = place.uprn.flatMap(UPRN.tidied) {
            found = try await ledger.list(Place.self, index: "uprn", key: uprn, limit: 20, as: actor).records
        }
        let postcode = Place.folded(place.postcode)
        guard !postcode.isEmpty else { return found }
        let near = try await ledger.list(Place.self, index: "postcode", key: postcode, limit: 100, as: actor).records
        return found
            + near.filter { record in
                !found.contains { $0.id == record.id }
                    && !words.isDisjoint(with: NameWords.of("\(record.body.name) \(record.body.lines)"))
            }
    }

    /// Whoever writes a refuge down knows of it, and her teams.
    /// - Throws: `Problem.invalid` with field errors; `.absent` when she may not.
    public func create(_ place: Place, as actor: Actor) async throws -> Identifier<Place> {
        let id = ledger.newIdentifier(Place.self)
        try await ledger.commit([.create(id, try known(place, to: actor), owner: actor.agency)], as: actor)
        return id
    }

    /// - Throws: as above; `Conflict`.
    public func amend(_ id: Identifier<Place>, expecting version: Int, _ place: Place, as actor: Actor) async throws {
        try await ledger.commit([.amend(id, expecting: version, try known(place, to: actor))], as: actor)
    }

    private func known(_ place: Place, to actor: Actor) throws -> Place {
        var place = try place.checked(on: LondonTime.day(of: ledger.now))
        if place.isRefuge { place.given.formUnion(actor.teams.union([actor.user])) }
        return place
    }
}
