public import Access
public import Kernel

extension Ledger {
    /// Where somebody who works for her agency seems to be, or to be close to, a person in a record: what the compartment of
    /// professional standards is told. Those that concern the reader herself do not exist for her.
    /// - Throws: `Problem.absent` when she may not know.
    public func likenesses(as actor: Actor) async throws -> [Likeness] {
        let consultation = Consultation(
            kind: RecordKind.interestRuling.name, .interestRuling, .consultation, about: "likenesses")
        return try await consult(consultation, as: actor, standing: [.ownAgency]) { reading in
            let parties = Parties(reading: reading)
            return try parties.persons().sorted().map { try parties.likenesses($0) }
                .filter { try !$0.contains { try parties.concerns($0, actor) } }.joined()
                .filter { try parties.owner(of: $0.interest) == actor.agency }
        }
    }

    /// Persons of any agency with one of these tags, and who owns each, for access in an emergency. Whoever is a party
    /// finds nobody.
    public func persons(tagged tags: [String], as actor: Actor) async throws -> [String: String] {
        let consultation = Consultation(kind: RecordKind.glass.name, .glass, .collection, about: "search")
        return try await consult(consultation, as: actor) { reading in
            let parties = Parties(reading: reading)
            var found: [String: String] = [:]
            for person in try parties.persons(tagged: tags)
            where try !parties.likenesses(person).contains(where: { try parties.concerns($0, actor) }) {
                found[person] = try parties.owner(of: person)
            }
            return found
        }
    }

    /// Whether one of the two manages the other.
    public func isManaging(_ user: String, _ other: String) async throws -> Bool {
        try await engine.read { reading in
            let parties = Parties(reading: reading)
            return try parties.isManaged(user, by: other) || parties.isManaged(other, by: user)
        }
    }
}
