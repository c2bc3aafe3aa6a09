import Crypto
import Foundation
public import Kernel

/// A text with signatures under it, as c2sp.org/signed-note has it.
public struct SignedNote: Sendable, Equatable {
    /// What is signed; ends with a line end.
    public let body: String
    public var signatures: [NoteSignature]

    public init(body: String, signatures: [NoteSignature]) {
        (self.body, self.signatures) = (body, signatures)
    }

    /// Nil unless it is a note: at most 64 KB and 64 signatures, no control characters but line ends.
    public init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard text.utf8.count <= 1 << 16, !text.utf8.contains(where: { $0 < 0x20 && $0 != 0x0A }), lines.last == "",
            let blank = lines.dropLast().lastIndex(of: ""), blank > 0
        else { return nil }
        let signed = lines[(blank + 1)..<(lines.count - 1)]
        let signatures = signed.compactMap { NoteSignature(line: String($0)) }
        guard !signatures.isEmpty, signatures.count == signed.count, signatures.count <= 64 else { return nil }
        body = lines[..<blank].joined(separator: "\n") + "\n"
        self.signatures = signatures
    }

    public var text: String { body + "\n" + signatures.map { $0.line + "\n" }.joined() }

    /// Whether `key` signed it, and every signature that names the key holds.
    public func isSigned(by key: NoteKey) -> Bool {
        let own = signatures.filter { key.isNamed(in: $0) }
        return !own.isEmpty && own.allSatisfy { key.verifies($0, body) }
    }
}

/// One line under a note: who signed, with which key, and the signature.
public struct NoteSignature: Sendable, Hashable {
    public let name: String
    /// Four bytes that tell keys of one name apart.
    let keyID: [UInt8]
    let signature: [UInt8]

    init(name: String, keyID: [UInt8], signature: [UInt8]) {
        (self.name, self.keyID, self.signature) = (name, keyID, signature)
    }

    init?(line: String) {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "\u{2014}", NoteKey.isName(String(parts[1])),
            let bytes = Data(base64Encoded: String(parts[2])), bytes.count > 4
        else { return nil }
        (name, keyID, signature) = (String(parts[1]), Array(bytes.prefix(4)), Array(bytes.dropFirst(4)))
    }

    public var line: String { "\u{2014} \(name) \(Data(keyID + signature).base64EncodedString())" }

    /// When a countersignature was made, as it says itself; nil for a signature without time.
    public var time: Moment? {
        guard signature.count == 72 else { return nil }
        let seconds = signature.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return seconds < 1 << 40 ? Moment(milliseconds: Int64(seconds) * 1000) : nil
    }
}

/// What a key may sign. The number stands in the text of the key.
public enum NoteKeyKind: UInt8, Sendable {
    /// The log itself, over the note alone (c2sp.org/signed-note, type 1).
    case log = 1
    /// A partner, over the note and the time (c2sp.org/tlog-cosignature, `cosignature/v1`, type 4).
    case countersignature = 4
}

/// The public key of a log or of a partner, written `name+12345678+…`.
public struct NoteKey: Sendable, Hashable {
    public let name: String
    public let kind: NoteKeyKind
    let bytes: [UInt8]

    init(name: String, kind: NoteKeyKind, bytes: [UInt8]) {
        (self.name, self.kind, self.bytes) = (name, kind, bytes)
    }

    /// Nil unless it is a key of one of the two kinds, and its checksum is right.
    public init?(_ text: String) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 3, NoteKey.isName(parts[0]), let data = Data(base64Encoded: parts[2]), data.count == 33,
            let kind = data.first.flatMap({ NoteKeyKind(rawValue: $0) })
        else { return nil }
        self.init(name: parts[0], kind: kind, bytes: Array(data.dropFirst()))
        guard Hexadecimal.text(id) == parts[1] else { return nil }
    }

    public var text: String {
        "\(name)+\(Hexadecimal.text(id))+\(Data([kind.rawValue] + bytes).base64EncodedString())"
    }

    /// Name and number together say which key signed.
    var reference: String { "\(name)+\(Hexadecimal.text(id))" }

    var id: [UInt8] { Array(SHA256.hash(data: Array("\(name)\n".utf8) + [kind.rawValue] + bytes).prefix(4)) }

    static func isName(_ text: String) -> Bool {
        (1...120).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2B }
    }

    func isNamed(in signature: NoteSignature) -> Bool { signature.name == name && signature.keyID == id }

    func verifies(_ signature: NoteSignature, _ body: String) -> Bool {
        guard isNamed(in: signature), let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes),
            let message = NoteKey.message(kind, body, signature)
        else { return false }
        return key.isValidSignature(signature.signature.suffix(64), for: message)
    }

    private static func message(_ kind: NoteKeyKind, _ body: String, _ signature: NoteSignature) -> [UInt8]? {
        switch kind {
        case .log: return signature.signature.count == 64 ? Array(body.utf8) : nil
        case .countersignature: return signature.time.map { countersigned(body, at: $0) }
        }
    }

    fileprivate static func countersigned(_ body: String, at time: Moment) -> [UInt8] {
        Array("cosignature/v1\ntime \(time.milliseconds / 1000)\n\(body)".utf8)
    }
}

/// A private key, written `PRIVATE+KEY+name+12345678+…` in a file of its owner's.
public struct NoteSigner: Sendable {
    public let key: NoteKey
    private let seed: [UInt8]

    /// - Parameter seed: 32 random bytes.
    /// - Throws: `Problem.invalid` for a name that cannot stand in a note.
    public init(name: String, kind: NoteKeyKind, seed: [UInt8]) throws {
        guard NoteKey.isName(name) else {
            throw Problem(
                .invalid, "A key is named like an address: holdfast.example/log.",
                next: "Use letters, digits, dots, slashes and hyphens.")
        }
        let secret = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        (key, self.seed) = (NoteKey(name: name, kind: kind, bytes: Array(secret.publicKey.rawRepresentation)), seed)
    }

    /// Nil unless it is a private key.
    public init?(_ text: String) {
        let parts = text.trimmed().split(separator: "+", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == "PRIVATE", parts[1] == "KEY",
            let data = Data(base64Encoded: String(parts[4])), data.count == 33,
            let kind = data.first.flatMap({ NoteKeyKind(rawValue: $0) }),
            let signer = try? NoteSigner(name: String(parts[2]), kind: kind, seed: Array(data.dropFirst())),
            Hexadecimal.text(signer.key.id) == parts[3]
        else { return nil }
        self = signer
    }

    public var text: String {
        "PRIVATE+KEY+\(key.reference)+\(Data([key.kind.rawValue] + seed).base64EncodedString())"
    }

    /// - Parameter time: When, in whole seconds; only a countersignature says it.
    public func sign(_ body: String, at time: Moment) throws -> NoteSignature {
        let secret = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        switch key.kind {
        case .log:
            let signature = try secret.signature(for: Array(body.utf8))
            return NoteSignature(name: key.name, keyID: key.id, signature: Array(signature))
        case .countersignature:
            let seconds = withUnsafeBytes(of: (time.milliseconds / 1000).bigEndian) { Array($0) }
            let signature = try secret.signature(for: NoteKey.countersigned(body, at: time))
            return NoteSignature(name: key.name, keyID: key.id, signature: seconds + Array(signature))
        }
    }
}
