import Crypto
import Foundation
public import Kernel

/// Who somebody is, as far as a likeness can be told from it.
public struct PartyIdentity: Sendable, Equatable {
    public var given: String
    public var family: String
    public var born: Day?
    public var phones: [String]

    public init(given: String, family: String, born: Day?, phones: [String] = []) {
        (self.given, self.family, self.born, self.phones) = (given, family, born, phones)
    }

    /// What must be equal for two to be alike: a part of the family name, the first letter of the given name and the
    /// day of birth; or a telephone.
    var traits: [String] {
        var traits: [String] = []
        if let born, let initial = PartyIdentity.letters(given).first {
            traits = parts.map { "name \($0) \(initial) \(born)" }
        }
        return traits + phones.compactMap(PartyIdentity.phone).map { "phone \($0)" }
    }

    /// A double name is alike with either of its parts.
    private var parts: [String] {
        let parts = family.split { $0 == "-" || $0.isWhitespace }.map { PartyIdentity.letters(String($0)) }
        let whole = PartyIdentity.letters(family)
        return (Set(parts + [whole])).filter { $0.count > 1 }.sorted()
    }

    private static func letters(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
            .filter(\.isLetter)
    }

    /// The last ten digits: with or without the country's number before them.
    private static func phone(_ text: String) -> String? {
        let digits = text.filter { $0.isASCII && $0.isNumber }
        return digits.count >= 10 ? String(digits.suffix(10)) : nil
    }
}

extension Ledger {
    /// Keyed digests of who somebody is. Without the key, which is sealed, they tell nothing, and likeness can be asked
    /// of the store without anybody's name in it.
    /// - Parameter record: a person's own record, which an interest may name outright.
    /// - Throws: `Problem.failed` when the store has no keys.
    public func tags(of identities: [PartyIdentity], record: String? = nil) async throws -> [String] {
        Ledger.tags(identities, record, try await tagKey())
    }

    /// The same of many at once, each with her own record: the key is fetched once for all of them.
    public func tags(
        ofEach persons: [(identities: [PartyIdentity], record: String)]
    ) async throws -> [[String]] {
        guard !persons.isEmpty else { return [] }
        let key = try await tagKey()
        return persons.map { Ledger.tags($0.identities, $0.record, key) }
    }

    private static func tags(_ identities: [PartyIdentity], _ record: String?, _ key: SymmetricKey) -> [String] {
        let traits = identities.flatMap(\.traits) + (record.map { ["record \($0)"] } ?? [])
        return Set(traits).map { trait in
            let code = HMAC<SHA256>.authenticationCode(for: Array(trait.utf8), using: key)
            return Hexadecimal.text(Array(Array(code).prefix(16)))
        }.sorted()
    }

    private func tagKey() async throws -> SymmetricKey {
        let (secrets, name, owner) = (secrets, "party-tag", "holdfast")
        if let key = try await engine.read({ try secrets.find(name, of: owner, $0) }) { return SymmetricKey(data: key) }
        let (fresh, moment) = (random(32), now)
        let key = try await engine.write(.change) { writing in
            if let key = try secrets.find(name, of: owner, writing) { return key }
            try secrets.keep(fresh, name, of: owner, at: moment, writing)
            return fresh
        }
        return SymmetricKey(data: key)
    }
}
