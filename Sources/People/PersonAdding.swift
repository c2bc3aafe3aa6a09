public import Access
public import Kernel
public import Ledger

extension PeopleDesk {
    /// Adds a person under an identifier that was chosen before, so that a request that is sent twice makes one.
    /// - Throws: as `create`; `Conflict` when she is there already.
    public func add(_ person: Person, id: Identifier<Person>, as actor: Actor) async throws {
        let body = try await tagged(try person.checked(), id)
        try await ledger.commit([.create(id, body, owner: actor.agency)], as: actor)
    }
}
