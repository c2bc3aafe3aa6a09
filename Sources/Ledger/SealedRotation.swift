public import Access
import Kernel

/// How far a change of keys is.
public struct KeyRotation: Sendable, Equatable {
    /// The key that wraps from now on.
    public let number: Int
    /// Data keys moved so far by this run.
    public let moved: Int
    public let left: Int
}

/// A key and how much it holds.
public struct KeyUse: Sendable, Equatable {
    public let key: KeyState
    public let records: Int
}

extension Ledger {
    /// The keys, oldest first.
    public func keyUses(as actor: Actor) async throws -> [KeyUse] {
        let keys = try vault().keys
        let consultation = Consultation(kind: "key", .organisation, .consultation, about: "status")
        let counts = try await consult(consultation, as: actor) { try SealedRows.counts($0) }
        return try keys.all().map { KeyUse(key: $0, records: counts[$0.number] ?? 0) }
    }

    /// Makes a new key and moves every data key to it, a few at a time while others work; then the older keys are out of
    /// use. A run that was stopped is finished by the next, which makes no further key.
    /// - Parameter batch: data keys in one commit.
    public func rotateKeys(
        batch: Int = 64, as actor: Actor, progress: @Sendable (KeyRotation) -> Void = { _ in }
    ) async throws -> KeyRotation {
        let vault = try vault()
        let permit = try await permit(
            Consultation(kind: "key", .organisation, .alteration, about: "rotate"), as: actor)
        let number = try await presentKey(vault, permit)
        var moved = 0
        while true {
            try Task.checkCancellation()
            let (count, left) = try await permit.write { writing in
                (try vault.rewrap(to: number, limit: batch, writing), try SealedRows.left(number, writing))
            }
            moved += count
            progress(KeyRotation(number: number, moved: moved, left: left))
            if left == 0 { break }
        }
        // A commit that began under an older key came before the last of ours, which found none.
        for key in try vault.keys.all() where key.number != number && key.retiredAt == nil {
            try vault.keys.retire(key.number, at: now)
        }
        try await note(Consultation(kind: "key", .organisation, .alteration, about: "rotated to \(number)"), as: actor)
        return KeyRotation(number: number, moved: moved, left: 0)
    }

    /// A new key, or the newest one when a change to it was not finished.
    private func presentKey(_ vault: SealedVault, _ permit: Permit) async throws -> Int {
        let states = try vault.keys.all()
        let isUnfinished = states.filter { $0.retiredAt == nil }.count > 1
        if isUnfinished, let present = states.first(where: \.isPresent) { return present.number }
        return try vault.keys.add(at: now)
    }
}

extension SealedRows {
    static func left(_ number: Int, _ reading: any Reading) throws -> Int {
        Int(
            try reading.integer("SELECT COUNT(*) FROM sealed_key WHERE key_number <> $1", [.integer(Int64(number))])
                ?? 0)
    }
}
