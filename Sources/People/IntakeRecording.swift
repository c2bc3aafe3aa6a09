public import Access
public import Kernel
public import Ledger

/// What every load of a file has in common, whatever its rows are.
extension IntakeDesk {
    /// Runs a load, and no other beside it.
    /// - Throws: `Problem.unavailable` while another is under way; what `work` throws.
    public func alone(
        as actor: Actor, _ work: () async throws -> Record<Intake>
    ) async throws -> Record<Intake> {
        let done = try await ledger.aloneOrNot("people-intake") {
            try await close(as: actor)
            return try await work()
        }
        guard let done else {
            throw Problem(
                .unavailable, "Another file is being loaded.", next: "Wait until it is done, then try again.")
        }
        return done
    }

    /// Keeps a record of a load: begun before its first row, and finished with what became of its rows, also where it is
    /// stopped before the end.
    public func recorded(
        _ begun: Intake, as actor: Actor, _ work: (Identifier<Intake>, inout Intake) async throws -> Void
    ) async throws -> Record<Intake> {
        let id = ledger.newIdentifier(Intake.self)
        try await ledger.commit([.create(id, begun, owner: actor.agency)], as: actor)
        var intake = begun
        do {
            try await work(id, &intake)
        } catch {
            try? await finish(id, intake, .stopped, as: actor)
            throw error
        }
        try await finish(id, intake, .done, as: actor)
        return try await self.intake(id, as: actor)
    }

    /// The agreement under which an agency shares, which holds today and is that agency's; nil for what is one's own.
    /// - Throws: `Problem.invalid` with field `agreement`; `.absent`.
    public func agreement(
        _ id: Identifier<SharingAgreement>?, of agency: String, as actor: Actor
    ) async throws -> Record<SharingAgreement>? {
        guard let id else {
            guard agency == actor.agency else {
                throw Problem.fields([.init("agreement", "Choose the agreement under which the agency shares")])
            }
            return nil
        }
        let agreement = try await self.agreement(id, as: actor)
        guard agreement.body.agency == agency else {
            throw Problem.fields([.init("agreement", "This agreement is with another agency")])
        }
        guard agreement.body.isLive(on: today) else {
            let end = LondonTime.inWords(agreement.body.until)
            throw Problem.fields([.init("agreement", "This agreement ended on \(end). Enter the new one first")])
        }
        return agreement
    }

    private func finish(
        _ id: Identifier<Intake>, _ intake: Intake, _ state: Intake.State, as actor: Actor
    ) async throws {
        var next = intake
        next.state = state
        try await ledger.commit([.amend(id, expecting: 1, next)], as: actor)
    }

    /// Only one load runs at a time, so what another left running was stopped.
    private func close(as actor: Actor) async throws {
        let left = try await ledger.list(
            Intake.self, index: "state", key: Intake.State.running.rawValue, limit: 100, as: actor)
        for record in left.records where record.owner == actor.agency {
            var next = record.body
            next.state = .stopped
            try await ledger.commit([.amend(record.id, expecting: record.version, next)], as: actor)
        }
    }
}
