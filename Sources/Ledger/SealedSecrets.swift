public import Kernel

/// Secrets of the house itself, such as the keys of authenticator apps: sealed like a person's fields, shown to nobody,
/// and so neither decided nor logged here. A record's sealed field cannot be reached through this door.
public struct SealedSecrets: Sendable {
    let keys: (any KeyKeeper)?
    let random: @Sendable (_ count: Int) -> [UInt8]

    private static let keeper = SealedAuthor(user: "holdfast", agency: "holdfast", purpose: "administration")

    /// Keeps `value` as the newest of that name.
    /// - Throws: `Problem.failed` when the store has no keys.
    public func keep(
        _ value: [UInt8], _ name: String, of owner: String, at now: Moment, _ writing: any Writing
    ) throws {
        try vault().put(value, SealedSecrets.place(name, owner), by: SealedSecrets.keeper, at: now, writing)
    }

    public func find(_ name: String, of owner: String, _ reading: any Reading) throws -> [UInt8]? {
        try SealedRows.envelope(SealedSecrets.place(name, owner), reading).map { try vault().open($0) }
    }

    public func forget(_ name: String, of owner: String, _ writing: any Writing) throws {
        try SealedRows.erase(record: owner, field: SealedSecrets.place(name, owner).field, writing)
    }

    private static func place(_ name: String, _ owner: String) -> SealedPlace {
        SealedPlace(record: owner, field: "secret.\(name)")
    }

    func vault() throws -> SealedVault {
        guard let keys else { throw SealedProblem.noKeys }
        return SealedVault(keys: keys, random: random)
    }
}

extension Ledger {
    public var secrets: SealedSecrets { SealedSecrets(keys: keys, random: random) }

    /// Opens the keys, and sees that they are those of this store.
    func unlock() async throws {
        guard let keys else { return }
        let probes = try await engine.read { try SealedRows.probes($0) }
        try keys.open(mayMake: probes.isEmpty)
        for (record, wrapped) in probes { _ = try keys.unwrap(wrapped, place: SealedPlace.key(record)) }
    }
}
