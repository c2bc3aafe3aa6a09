import Access
import Accounts
import Kernel
import Ledger

extension PeopleDesk {
    /// The person with everything tidied, and each new number held against its scheme and the agency that would keep it.
    /// - Parameter id: the record that is changed; nil for a new one. What stood in it before is not asked about again.
    /// - Throws: `Problem.invalid` with field errors.
    func checked(_ person: Person, over id: Identifier<Person>?, as actor: Actor) async throws -> Person {
        var (tidy, faults) = (person, [Problem.Field]())
        do { tidy = try person.checked() } catch let problem as Problem where problem.code == .invalid {
            faults = problem.fields
        }
        if !person.identifiers.isEmpty {
            let (kind, before) = try await holding(id, by: actor.agency)
            let checked = try IdentifierSchemes.bundled().checked(
                person.identifiers, before: before, keptBy: kind, on: LondonTime.day(of: ledger.now))
            tidy.identifiers = checked.tidy
            faults += checked.faults
        }
        guard faults.isEmpty else { throw Problem.fields(faults) }
        return tidy
    }

    /// What kind of agency would keep the numbers, and those it keeps of her already. Shown to nobody.
    private func holding(
        _ id: Identifier<Person>?, by agency: String
    ) async throws -> (kind: String?, before: [PersonIdentifier]) {
        try await ledger.glance { reading in
            let kind = try RecordUpkeep.current(Agency.self, agency, reading)?.body.agencyKind.rawValue
            let before = try id.flatMap { try RecordUpkeep.current(Person.self, $0.text, reading) }
            return (kind, before?.body.identifiers ?? [])
        }
    }
}
